using System.Net;
using System.Text.Json.Nodes;
using DermAssistant.Channels.Activities;
using DermAssistant.Channels.BotConnector;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace DermAssistant.Channels.Tests.BotConnector;

public sealed class AttachedFilesTests : IAsyncLifetime
{
    private const string DownloadInfo = "application/vnd.microsoft.teams.file.download.info";
    private static readonly byte[] Photo = [0xff, 0xd8, 0xff, 0xe0, 1, 2, 3];

    private readonly LeapClock _clock = new();
    private readonly List<IDisposable> _disposables = [];
    private readonly List<string> _resolved = [];
    private FakeCloud _cloud = null!;

    public async Task InitializeAsync()
    {
        _cloud = await FakeCloud.StartAsync(_clock);
        _cloud.Files["/emea/v3/attachments/0-abc/views/original"] = Serve(Photo);
        _cloud.Files["/files/mole.jpg"] = Serve(Photo);
    }

    public async Task DisposeAsync()
    {
        foreach (var disposable in _disposables) disposable.Dispose();
        await _cloud.DisposeAsync();
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("image/*")]
    public async Task A_pasted_picture_is_fetched_with_the_bots_token_and_its_html_copy_is_ignored(string type)
    {
        var files = await FetchAsync(
            new Attachment(type) { ContentUrl = Inline },
            new Attachment("text/html") { Content = JsonValue.Create("<p><img src=\"https://evil.example/a.png\"></p>") });

        var file = Assert.Single(files);
        Assert.Equal(Photo, file.Bytes.ToArray());
        Assert.Equal("Bearer token-1", Assert.Single(_cloud.CallsTo("/attachments/")).Authorization);
    }

    [Fact]
    public async Task An_attached_file_is_fetched_without_a_token()
    {
        var file = Assert.Single(await FetchAsync(Attached("files/mole.jpg")));

        Assert.Equal("mole.jpg", file.Name);
        Assert.Equal(Photo, file.Bytes.ToArray());
        Assert.Null(Assert.Single(_cloud.CallsTo("/files/")).Authorization);
        Assert.Equal(0, _cloud.SignIns);
        Assert.Empty(_cloud.Violations);
    }

    [Fact]
    public async Task A_withdrawn_token_is_renewed_for_a_photo_too()
    {
        await FetchAsync(new Attachment("image/png") { ContentUrl = Inline });
        _cloud.WithdrawnTokens.Add("token-1");
        var files = Files();
        await files.FetchAsync(Message(new Attachment("image/png") { ContentUrl = Inline }), default);
        _cloud.WithdrawnTokens.Add("token-2");

        var file = Assert.Single(await files.FetchAsync(Message(new Attachment("image/png") { ContentUrl = Inline }), default));

        Assert.Null(file.Failure);
        Assert.Equal("Bearer token-3", _cloud.CallsTo("/attachments/")[^1].Authorization);
    }

    [Fact]
    public async Task Reading_stops_at_the_size_limit_whatever_length_was_promised()
    {
        var sent = 0L;
        var stopped = new TaskCompletionSource();
        _cloud.Files["/files/endless.jpg"] = async context =>
        {
            var part = new byte[10_000];
            while (!context.RequestAborted.IsCancellationRequested && sent < 20_000_000)
            {
                await context.Response.Body.WriteAsync(part);
                sent += part.Length;
                await Task.Delay(1);
            }

            stopped.SetResult();
        };
        _cloud.Files["/files/big.jpg"] = Serve(new byte[200_000]);

        var files = await FetchAsync(Attached("files/endless.jpg"), Attached("files/big.jpg"));

        Assert.All(files, file => Assert.Contains("0.1 MB", file.Failure, StringComparison.Ordinal));
        await stopped.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(sent < 20_000_000, "It was read to its end.");
    }

    [Fact]
    public async Task A_photo_that_does_not_arrive_in_time_is_given_up()
    {
        _cloud.Files["/files/slow.jpg"] = async context =>
        {
            await context.Response.Body.WriteAsync(new byte[10]);
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        };

        // A limit the clock leaps over at once.
        var file = Assert.Single(await Files(options => options with { PhotoTimeout = TimeSpan.FromSeconds(5) }).FetchAsync(Message(Attached("files/slow.jpg")), default));

        Assert.Contains("5 seconds", file.Failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "no longer there")]
    [InlineData(403, "no longer there")]
    [InlineData(500, "could not be fetched")]
    public async Task A_photo_that_is_not_handed_out_is_reported_with_what_to_do(int status, string said)
    {
        _cloud.Files["/files/mole.jpg"] = context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };

        var file = Assert.Single(await FetchAsync(Attached("files/mole.jpg")));

        Assert.Contains(said, file.Failure, StringComparison.Ordinal);
        Assert.Contains("send it again", file.Failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://tenant.sharepoint.com/a.jpg")]
    [InlineData("https://tenant.sharepoint.com:8080/a.jpg")]
    [InlineData("https://sharepoint.com.evil.example/a.jpg")]
    [InlineData("https://evilsharepoint.com/a.jpg")]
    [InlineData("https://evil.example/a.jpg")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("http://127.0.0.1/a.jpg")]
    [InlineData("http://localhost:5080/a.jpg")]
    [InlineData("https://[fd00::1]/a.jpg")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://tenant.sharepoint.com/a.jpg")]
    [InlineData("/relative")]
    [InlineData("")]
    public async Task Addresses_off_the_list_are_not_fetched(string address)
    {
        foreach (var attachment in new[] { new Attachment("image/jpeg") { ContentUrl = address }, Download(address) })
        {
            var file = Assert.Single(await Files(options => options with { AllowLoopback = false }).FetchAsync(Message(attachment), default));
            Assert.Contains("Paste the photo", file.Failure, StringComparison.Ordinal);
        }

        Assert.Empty(_resolved);
        Assert.Equal(0, _cloud.SignIns);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    [InlineData("fd00::1")]
    [InlineData("::ffff:192.168.0.1")]
    public async Task A_listed_name_that_leads_to_a_private_address_is_not_fetched(string address)
    {
        var files = Files(options => options with { AllowLoopback = false }, IPAddress.Parse(address));

        var file = Assert.Single(await files.FetchAsync(Message(Download("https://tenant.sharepoint.com/mole.jpg")), default));

        Assert.Equal(["tenant.sharepoint.com"], _resolved);
        Assert.Contains("could not be fetched", file.Failure, StringComparison.Ordinal);
        Assert.Empty(_cloud.Calls);
    }

    [Fact]
    public async Task A_redirect_off_the_list_is_not_followed_and_one_on_it_carries_no_token_to_file_hosts()
    {
        _cloud.Files["/files/away.jpg"] = RedirectTo("https://evil.example/a.jpg");
        _cloud.Files["/files/inward.jpg"] = RedirectTo("http://169.254.169.254/latest/");
        _cloud.Files["/files/moved.jpg"] = RedirectTo("/files/mole.jpg");
        _cloud.Files["/files/circle.jpg"] = RedirectTo("/files/circle.jpg");

        var files = await FetchAsync(Attached("files/away.jpg"), Attached("files/inward.jpg"), Attached("files/moved.jpg"), Attached("files/circle.jpg"));

        Assert.Contains("Paste the photo", files[0].Failure, StringComparison.Ordinal);
        Assert.Contains("Paste the photo", files[1].Failure, StringComparison.Ordinal);
        Assert.Equal(Photo, files[2].Bytes.ToArray());
        Assert.Contains("could not be fetched", files[3].Failure, StringComparison.Ordinal);
        Assert.Empty(_cloud.Violations);
    }

    [Fact]
    public async Task A_picture_inside_the_message_is_decoded_within_the_same_limit()
    {
        var files = await FetchAsync(
            new Attachment("image/jpeg") { ContentUrl = "data:image/jpeg;base64," + Convert.ToBase64String(Photo), Name = "a.jpg" },
            new Attachment("image/jpeg") { ContentUrl = "data:image/jpeg;base64,????" },
            new Attachment("image/jpeg") { ContentUrl = "data:image/jpeg,plain" },
            new Attachment("image/jpeg") { ContentUrl = "data:image/jpeg;base64," + Convert.ToBase64String(new byte[150_000]) });

        Assert.Equal(Photo, files[0].Bytes.ToArray());
        Assert.Contains("damaged", files[1].Failure, StringComparison.Ordinal);
        Assert.Contains("damaged", files[2].Failure, StringComparison.Ordinal);
        Assert.Contains("0.1 MB", files[3].Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_file_is_not_fetched_and_a_link_in_a_group_says_what_to_do()
    {
        var files = await FetchAsync(
            new Attachment(Attachment.AdaptiveCard) { Content = new JsonObject() },
            new Attachment("text/html"),
            new Attachment("reference") { ContentUrl = "https://tenant.sharepoint.com/mole.jpg", Name = "mole.jpg" });

        Assert.Contains("Paste the photo", Assert.Single(files).Failure, StringComparison.Ordinal);
        Assert.Empty(_cloud.Calls);
    }

    [Fact]
    public async Task Another_kind_of_file_is_handed_on_for_the_gate_to_name()
    {
        _cloud.Files["/files/letter.pdf"] = Serve("%PDF-1.7"u8.ToArray());

        var file = Assert.Single(await FetchAsync(Attached("files/letter.pdf")));

        Assert.Equal("letter.pdf", file.Name);
        Assert.Null(file.Failure);
    }

    [Fact]
    public async Task No_more_than_ten_files_are_fetched()
    {
        var files = await FetchAsync([.. Enumerable.Repeat(Attached("files/mole.jpg"), 12)]);

        Assert.Equal(12, files.Count);
        Assert.Equal(10, _cloud.CallsTo("/files/").Count);
        Assert.All(files.Skip(10), file => Assert.Contains("first 10", file.Failure, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("40.97.1.1", true)]
    [InlineData("172.15.0.1", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("100.63.0.1", true)]
    [InlineData("2603:1026:c0a::1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.9.9.9", false)]
    [InlineData("169.254.0.1", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.0.0.8", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("192.168.255.1", false)]
    [InlineData("198.19.0.1", false)]
    [InlineData("203.0.113.9", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("64:ff9b::808:808", true)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("2001::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    public void Public_addresses_are_told_from_all_others(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddresses.IsPublic(IPAddress.Parse(address)));

    private string Inline => $"{_cloud.ServiceUrl}v3/attachments/0-abc/views/original";

    private static Func<HttpContext, Task> Serve(byte[] bytes) => async context => await context.Response.Body.WriteAsync(bytes);

    private static Func<HttpContext, Task> RedirectTo(string address) => context =>
    {
        context.Response.Redirect(address);
        return Task.CompletedTask;
    };

    private static Attachment Download(string address) => new(DownloadInfo) { Name = "mole.jpg", Content = new JsonObject { ["downloadUrl"] = address, ["fileType"] = "jpg" } };

    private Attachment Attached(string path) => Download(new Uri(_cloud.Address, path).ToString()) with { Name = Path.GetFileName(path) };

    private static Activity Message(params Attachment[] attachments) => new() { Type = "message", Attachments = attachments };

    private Task<IReadOnlyList<IncomingFile>> FetchAsync(params Attachment[] attachments) => Files().FetchAsync(Message(attachments), default);

    private AttachedFiles Files(Func<BotConnectorOptions, BotConnectorOptions>? change = null, params IPAddress[] addresses)
    {
        var options = BotHost.Options(_cloud) with { MaxPhotoBytes = 100_000, PhotoTimeout = TimeSpan.FromMinutes(1) };
        options = change?.Invoke(options) ?? options;
        var connections = new BotConnections(options, (host, _) =>
        {
            _resolved.Add(host);
            return Task.FromResult(addresses);
        });
        var tokens = new AccessTokens(options, connections.Services, _clock);
        _disposables.AddRange([tokens, connections]);
        return new AttachedFiles(options, connections.Files, tokens, new AllowedHosts(options), _clock, NullLogger.Instance);
    }
}
