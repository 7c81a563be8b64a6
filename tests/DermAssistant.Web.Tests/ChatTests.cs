using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace DermAssistant.Web.Tests;

/// <summary>The chat with the built-in model pack, as the page has it.</summary>
public sealed class ChatTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("derm-chat-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_conversation_goes_on_after_the_server_was_restarted()
    {
        string cookie;
        JsonNode session;
        await using (var host = new WebHost { Folder = _folder })
        {
            using var browser = await BrowserAsync(host, null);
            (session, cookie) = await SessionAsync(browser);
            await browser.PostAsJsonAsync("/api/page/consent", new { agreed = true });
            await BeginAsync(browser, session);
            await UploadAsync(browser, session, "What could this be?");
            var answer = (await AnswersAsync(browser, session, 1))[0];
            Assert.NotEmpty((string)answer["channelData"]!["answerId"]!);
            var evidence = (await browser.GetFromJsonAsync<JsonNode>($"/api/page/answers/{(string)answer["channelData"]!["answerId"]!}"))!;
            Assert.NotEmpty(evidence["photos"]!.AsArray());
            using var photo = await browser.GetAsync((string)evidence["photos"]![0]!["url"]!);
            Assert.Equal("image/jpeg", photo.Content.Headers.ContentType?.MediaType);
        }

        await using (var host = new WebHost { Folder = _folder })
        {
            using var browser = await BrowserAsync(host, cookie);
            var (resumed, _) = await SessionAsync(browser);
            Assert.True((bool)resumed["resumed"]!);
            Assert.Equal((string?)session["conversationId"], (string?)resumed["conversationId"]);
            Assert.Equal(2, (await PollAsync(browser, resumed)).Count);

            await SayAsync(browser, resumed, "What do you see?");
            var answer = (await AnswersAsync(browser, resumed, 2))[1];

            Assert.DoesNotContain("no photo in this conversation", (string)answer["text"]!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_page_has_a_policy_and_a_nonce_of_its_own_each_time()
    {
        await using var host = new WebHost { Folder = _folder };
        using var client = host.CreateClient();

        var policies = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var response = await client.GetAsync("/");
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                // Built without the page.
                Assert.Contains("BuildPage", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
                return;
            }

            var page = await response.Content.ReadAsStringAsync();
            var policy = response.Headers.GetValues("Content-Security-Policy").Single();
            var nonce = policy.Split("'nonce-")[1].Split('\'')[0];
            Assert.Contains($"nonce=\"{nonce}\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain("{nonce}", page, StringComparison.Ordinal);
            policies.Add(policy);
        }

        Assert.NotEqual(policies[0], policies[1]);
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_to_wait()
    {
        await using var host = new WebHost { Folder = _folder, Settings = { ["Limits:RequestBurst"] = "5", ["Limits:RequestsPerMinute"] = "1" } };
        using var client = host.CreateClient();
        HttpResponseMessage response;
        var asked = 0;
        do response = await client.GetAsync("/api/page/about");
        while (response.IsSuccessStatusCode && ++asked < 20);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(5, asked);
        Assert.True(response.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/healthz")).StatusCode);
    }

    [Fact]
    public async Task What_proxies_say_is_believed_only_of_those_that_are_named()
    {
        foreach (var (trusted, secure) in new[] { ("127.0.0.1", true), ("10.0.0.1", false) })
        {
            await using var host = new WebHost { Folder = _folder, Settings = { ["Proxy:Trusted:0"] = trusted } };
            using var client = host.CreateClient();
            var request = new HttpRequestMessage(HttpMethod.Post, "/api/page/session") { Content = JsonContent.Create(new { }) };
            request.Headers.Add("X-Forwarded-Proto", "https");
            request.Headers.Add("X-Forwarded-Host", "localhost");
            request.Headers.Add("Origin", "https://localhost");

            using var response = await client.SendAsync(request);

            Assert.Equal(secure ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
            if (secure) Assert.StartsWith("__Host-derm-session=", response.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        }
    }

    private static async Task<HttpClient> BrowserAsync(WebHost host, string? cookie)
    {
        (await host.ReadyAsync()).Dispose();
        var browser = host.CreateDefaultClient();
        browser.DefaultRequestHeaders.Add("Origin", browser.BaseAddress!.GetLeftPart(UriPartial.Authority));
        if (cookie is not null) browser.DefaultRequestHeaders.Add("Cookie", cookie);
        return browser;
    }

    private static async Task<(JsonNode Session, string Cookie)> SessionAsync(HttpClient browser)
    {
        using var response = await browser.PostAsJsonAsync("/api/page/session", new { });
        response.EnsureSuccessStatusCode();
        var cookie = response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        browser.DefaultRequestHeaders.Remove("Cookie");
        browser.DefaultRequestHeaders.Add("Cookie", cookie);
        return ((await response.Content.ReadFromJsonAsync<JsonNode>())!, cookie);
    }

    private static Task<JsonNode> BeginAsync(HttpClient browser, JsonNode session) => SendAsync(browser, session, HttpMethod.Post, "/v3/directline/conversations", JsonContent.Create(new { }));

    private static Task<JsonNode> SayAsync(HttpClient browser, JsonNode session, string text) => SendAsync(browser, session, HttpMethod.Post, $"{Base(session)}/activities", JsonContent.Create(new { type = "message", text }));

    private static Task<JsonNode> UploadAsync(HttpClient browser, JsonNode session, string text)
    {
        var form = new MultipartFormDataContent();
        var activity = new StringContent(new JsonObject { ["type"] = "message", ["text"] = text }.ToJsonString());
        activity.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.microsoft.activity");
        form.Add(activity, "activity", "blob");
        form.Add(new ByteArrayContent(TestPhotos.Lesion()), "file", "lesion.jpg");
        return SendAsync(browser, session, HttpMethod.Post, $"{Base(session)}/upload", form);
    }

    private static async Task<IReadOnlyList<JsonNode>> PollAsync(HttpClient browser, JsonNode session) =>
        [.. (await SendAsync(browser, session, HttpMethod.Get, $"{Base(session)}/activities", null))["activities"]!.AsArray().Select(activity => activity!)];

    private static async Task<IReadOnlyList<JsonNode>> AnswersAsync(HttpClient browser, JsonNode session, int count)
    {
        for (var i = 0; i < 600; i++)
        {
            var said = (await PollAsync(browser, session)).Where(activity => (string?)activity["from"]!["role"] == "bot").ToList();
            if (said.Count >= count) return said;
            await Task.Delay(100);
        }

        throw new TimeoutException("There was no answer.");
    }

    private static string Base(JsonNode session) => $"/v3/directline/conversations/{(string)session["conversationId"]!}";

    private static async Task<JsonNode> SendAsync(HttpClient browser, JsonNode session, HttpMethod method, string path, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (string)session["token"]!);
        using var response = await browser.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }
}
