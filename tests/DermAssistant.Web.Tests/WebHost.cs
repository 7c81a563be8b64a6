using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Hosting;

namespace DermAssistant.Web.Tests;

/// <summary>The whole server on a port of this machine, with the built-in model pack and a data folder of its own.</summary>
public sealed class WebHost : WebApplicationFactory<Program>
{
    public const string ApiKey = "a key of at least thirty-two characters.";

    public const string Secret = "a secret of at least thirty-two characters";

    private readonly string _folder = Directory.CreateTempSubdirectory("derm-web-").FullName;

    public WebHost() => UseKestrel(0);

    /// <summary>Settings besides the usual ones.</summary>
    internal Dictionary<string, string> Settings { get; } = [];

    /// <summary>Keeps the data folder when the host goes, for another to go on with.</summary>
    internal string? Folder { get; init; }

    // What tests cache and keep stays out of the user's own folder.
    [ModuleInitializer]
    internal static void UseFolderOfTests() => Environment.SetEnvironmentVariable("DERM_HOME", Path.Combine(Path.GetTempPath(), "derm-web-tests"));

    /// <summary>A client that waits until the server is ready.</summary>
    internal async Task<HttpClient> ReadyAsync()
    {
        var client = CreateClient();
        for (var i = 0; i < 600; i++)
        {
            using var ready = await client.GetAsync("/readyz");
            if (ready.IsSuccessStatusCode) return client;
            await Task.Delay(200);
        }

        throw new TimeoutException("The server did not become ready.");
    }

    internal async Task<HttpClient> ApiAsync()
    {
        var client = await ReadyAsync();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
        return client;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Conversations:Directory", Folder ?? _folder);
        builder.UseSetting("Api:Keys:0", ApiKey);
        builder.UseSetting("DirectLine:Secret", Secret);
        foreach (var (name, value) in Settings) builder.UseSetting(name, value);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}
