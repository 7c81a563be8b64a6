using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DermAssistant.Channels.DirectLine;
using DermAssistant.Imaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DermAssistant.Channels.Tests.DirectLine;

public sealed class UploadTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private DirectLineHost _host = null!;

    public async Task InitializeAsync() => _host = await DirectLineHost.StartAsync(time: _time);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_photo_comes_back_with_an_address_that_shows_it()
    {
        var client = await _host.BeginAsync();

        (await client.UploadAsync("what is it?", ("mole.jpg", "image/jpeg", TestFiles.Jpeg()))).EnsureSuccessStatusCode();
        await client.AnswersAsync();

        var echo = (await client.PollAsync()).Activities[0];
        Assert.Equal("upload-1", (string?)echo["channelData"]!["clientActivityID"]);
        var attachment = Assert.Single(echo["attachments"]!.AsArray())!;
        Assert.Equal("mole.jpg", (string?)attachment["name"]);
        using var shown = await _host.Http.GetAsync(new Uri((string)attachment["contentUrl"]!));
        Assert.Equal("image/jpeg", shown.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", shown.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("no-store", shown.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.True(new PhotoGate().Admit(await shown.Content.ReadAsByteArrayAsync(), "shown.jpg").Report.Accepted);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(TestFiles.Jpeg())), _host.Assistant.Asked.Single().Photos.Single().Photo!.Sha256);
    }

    [Fact]
    public async Task An_address_of_a_photo_is_good_for_that_photo_and_for_a_while()
    {
        var client = await _host.BeginAsync();
        await client.UploadAsync(null, ("a.jpg", "image/jpeg", TestFiles.Jpeg(10)), ("b.jpg", "image/jpeg", TestFiles.Jpeg(90)));
        var urls = (await client.PollAsync()).Activities[0]["attachments"]!.AsArray().Select(attachment => (string)attachment!["contentUrl"]!).ToList();

        using var swapped = await _host.Http.GetAsync(new Uri(urls[0].Split('?')[0] + "?" + urls[1].Split('?')[1]));
        using var unsigned = await _host.Http.GetAsync(new Uri(urls[0].Split('&')[0]));
        _time.Advance(TimeSpan.FromMinutes(61));
        using var old = await _host.Http.GetAsync(new Uri(urls[0]));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (swapped.StatusCode, unsigned.StatusCode, old.StatusCode));
    }

    [Fact]
    public async Task Several_photos_reach_the_assistant_in_order()
    {
        var client = await _host.BeginAsync();

        await client.UploadAsync("compare", ("1.jpg", "image/jpeg", TestFiles.Jpeg(10)), ("2.jpg", "image/jpeg", TestFiles.Jpeg(60)), ("3.jpg", "image/jpeg", TestFiles.Jpeg(110)));
        await client.AnswersAsync();

        Assert.Equal(["1.jpg", "2.jpg", "3.jpg"], _host.Assistant.Asked.Single().Photos.Select(photo => photo.Photo!.Name));
    }

    [Theory]
    [InlineData("report.pdf", "application/pdf")]
    [InlineData("phone.heic", "image/heic")]
    [InlineData("cut.jpg", "image/jpeg")]
    [InlineData("big.jpg", "image/jpeg")]
    [InlineData("empty.jpg", "image/jpeg")]
    public async Task A_file_that_cannot_be_used_is_said_in_the_chat_not_as_an_error(string name, string type)
    {
        byte[] bytes = name switch
        {
            "report.pdf" => TestFiles.Pdf(),
            "phone.heic" => TestFiles.Heic(),
            "cut.jpg" => TestFiles.Jpeg()[..2_000],
            "big.jpg" => new byte[30_000_000],
            _ => [],
        };
        var client = await _host.BeginAsync();

        using var response = await client.UploadAsync("what is it?", (name, type, bytes));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = (await client.AnswersAsync())[0];
        Assert.Contains(name, (string)answer["text"]!, StringComparison.Ordinal);
        var echo = (await client.PollAsync()).Activities[0];
        Assert.Null(echo["attachments"]![0]!["contentUrl"]);
        Assert.Null(_host.Assistant.Asked.Single().Photos.Single().Photo);
    }

    [Fact]
    public async Task A_large_file_is_said_with_its_size()
    {
        var client = await _host.BeginAsync();
        await client.UploadAsync(null, ("big.jpg", "image/jpeg", new byte[30_000_000]));

        Assert.Contains("has 30 MB, more than the 20 MB allowed", (string)(await client.AnswersAsync())[0]["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_photo_may_come_inside_the_activity_but_never_from_an_address()
    {
        var client = await _host.BeginAsync();

        await _host.SendAsync(HttpMethod.Post, $"{client.Base}/activities", client.Token, new JsonObject
        {
            ["type"] = "message",
            ["text"] = "x",
            ["attachments"] = new JsonArray(
                new JsonObject { ["contentType"] = "image/jpeg", ["name"] = "inline.jpg", ["contentUrl"] = "data:image/jpeg;base64," + Convert.ToBase64String(TestFiles.Jpeg(side: 64)) },
                new JsonObject { ["contentType"] = "image/jpeg", ["name"] = "far.jpg", ["contentUrl"] = "http://169.254.169.254/latest" }),
        });
        await client.AnswersAsync();

        Assert.Equal([true, false], _host.Assistant.Asked.Single().Photos.Select(photo => photo.Photo is not null));
    }

    [Fact]
    public async Task A_form_that_breaks_off_is_refused()
    {
        var client = await _host.BeginAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, $"{client.Base}/upload") { Content = new ByteArrayContent("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\nabc"u8.ToArray()) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        request.Headers.Authorization = new("Bearer", client.Token);

        using var response = await _host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty((await client.PollAsync()).Activities);
    }

    [Fact]
    public async Task A_bare_file_is_a_message_too()
    {
        var client = await _host.BeginAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, $"{client.Base}/upload") { Content = new ByteArrayContent(TestFiles.Jpeg()) };
        request.Content.Headers.ContentType = new("image/jpeg");
        request.Content.Headers.ContentDisposition = new("attachment") { FileName = "bare.jpg" };
        request.Headers.Authorization = new("Bearer", client.Token);

        (await _host.Http.SendAsync(request)).EnsureSuccessStatusCode();
        await client.AnswersAsync();

        Assert.Equal("bare.jpg", _host.Assistant.Asked.Single().Photos.Single().Photo!.Name);
    }

    [Fact]
    public async Task An_upload_for_which_there_is_no_memory_is_told_to_wait_and_taken_later()
    {
        var client = await _host.BeginAsync();
        var memory = _host.Services.GetRequiredService<PhotoMemory>();
        var all = new ChannelsOptions().MaxWaitingBytes;
        Assert.True(memory.Arriving.TryTake(all));
        using var refused = await client.UploadAsync("x", ("a.jpg", "image/jpeg", TestFiles.Jpeg()));
        memory.Arriving.Return(all);

        using var taken = await client.UploadAsync("x", ("a.jpg", "image/jpeg", TestFiles.Jpeg()));

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (refused.StatusCode, taken.StatusCode));
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.True(memory.Arriving.TryTake(all));
    }

    [Fact]
    public async Task More_photos_than_memory_allows_are_not_taken_in_and_the_user_is_told()
    {
        await using var host = await DirectLineHost.StartAsync(new ChannelsOptions { DirectLine = DirectLineHost.Options() with { MaxFileBytes = 19_000_000 }, MaxWaitingBytes = 20_000_000 });
        var go = new TaskCompletionSource();
        host.Assistant.Before = (_, _) => go.Task;
        var client = await host.BeginAsync();
        var noise = new byte[12_000_000];
        TestFiles.Jpeg().CopyTo(noise, 0);
        await client.UploadAsync("first", ("1.jpg", "image/jpeg", noise));

        await client.UploadAsync("second", ("2.jpg", "image/jpeg", noise));

        Assert.Contains("was not taken in", (string)(await client.AnswersAsync())[0]["text"]!, StringComparison.Ordinal);
        go.SetResult();
        await client.AnswersAsync(2);
    }
}
