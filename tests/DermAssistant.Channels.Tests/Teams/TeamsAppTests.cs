using System.ComponentModel;
using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DermAssistant.Channels.Teams;
using DermAssistant.Channels.Tests.BotConnector;
using DermAssistant.Tests;

namespace DermAssistant.Channels.Tests.Teams;

/// <summary>The app package as <c>scripts/teams-app</c> makes it, by the rules of manifest schema 1.19.</summary>
public sealed partial class TeamsAppTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("teams-app").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_package_holds_a_valid_manifest_and_two_icons()
    {
        using var package = Make();

        Assert.Equal(["color.png", "manifest.json", "outline.png"], package.Entries.Select(entry => entry.FullName).Order());
        var manifest = Manifest(package);
        Assert.Empty(ManifestRules.FaultsOf(manifest));
        Assert.Equal(FakeCloud.AppId, (string?)manifest["bots"]![0]!["botId"]);
        Assert.Equal("derm.example.org", (string?)manifest["validDomains"]![0]);
        Assert.True((bool)manifest["bots"]![0]!["supportsFiles"]!);
    }

    [Fact]
    public void Commands_of_the_manifest_that_are_no_questions_are_understood()
    {
        using var package = Make();
        var titles = Manifest(package)["bots"]![0]!["commandLists"]!.AsArray().SelectMany(list => list!["commands"]!.AsArray()).Select(command => (string)command!["title"]!).Distinct();

        var commands = titles.Where(title => TeamsWords.Command(title) != TeamsCommand.None);

        Assert.Equal(["Delete my data", "Help", "New chat"], commands.Order());
    }

    [Fact]
    public void The_icons_have_the_sizes_and_colours_Teams_asks_for()
    {
        using var package = Make();

        var colour = Pixels(package, "color.png", 192);
        Assert.All(colour, pixel => Assert.Equal(255, pixel.A));
        Assert.True(colour.Distinct().Count() > 3, "The colour icon has hardly any colours.");
        var outline = Pixels(package, "outline.png", 32);
        Assert.All(outline, pixel => Assert.Equal((255, 255, 255), (pixel.R, pixel.G, pixel.B)));
        Assert.Contains(outline, pixel => pixel.A == 255);
        Assert.True(outline.Count(pixel => pixel.A == 0) > 32 * 32 / 3, "The outline icon is hardly transparent.");
    }

    [Fact]
    public void The_same_settings_make_the_same_bytes()
    {
        Make("a.zip").Dispose();
        Make("b.zip").Dispose();

        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "a.zip")), File.ReadAllBytes(Path.Combine(_folder, "b.zip")));
    }

    [Theory]
    [InlineData("--app-id", "my-bot")]
    [InlineData("--domain", "https://derm.example.org/")]
    [InlineData("--domain", "derm.example.org\",\"evil.example")]
    [InlineData("--version", "1")]
    [InlineData("--developer", "A name that is longer than Teams shows")]
    [InlineData("--privacy", "http://derm.example.org/privacy")]
    public void A_setting_that_cannot_be_used_is_named_and_nothing_is_written(string option, string value)
    {
        var (code, _, error) = Run("--app-id", FakeCloud.AppId, "--domain", "derm.example.org", "--out", Path.Combine(_folder, "no.zip"), option, value);

        Assert.Equal(2, code);
        Assert.StartsWith(option, error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "no.zip")));
    }

    private ZipArchive Make(string name = "app.zip")
    {
        var file = Path.Combine(_folder, name);
        var (code, output, error) = Run("--app-id", FakeCloud.AppId, "--domain", "derm.example.org", "--out", file);
        Assert.True(code == 0, error);
        Assert.Equal(file, output.Trim());
        return ZipFile.OpenRead(file);
    }

    private static (int Code, string Output, string Error) Run(params string[] words)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(TestPaths.InRepository("scripts", "teams-app"));
        foreach (var word in words) start.ArgumentList.Add(word);
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException("scripts/teams-app needs Node.js, as the page does.", missing);
        }
    }

    private static JsonObject Manifest(ZipArchive package)
    {
        using var stream = package.GetEntry("manifest.json")!.Open();
        return JsonNode.Parse(stream)!.AsObject();
    }

    private static List<(byte R, byte G, byte B, byte A)> Pixels(ZipArchive package, string name, int size)
    {
        using var stream = package.GetEntry(name)!.Open();
        using var bitmap = SkiaSharp.SKBitmap.Decode(stream);
        Assert.Equal((size, size), (bitmap.Width, bitmap.Height));
        // What is fully transparent has no colour.
        return [.. bitmap.Pixels.Select(pixel => pixel.Alpha == 0 ? (byte.MaxValue, byte.MaxValue, byte.MaxValue, byte.MinValue) : (pixel.Red, pixel.Green, pixel.Blue, pixel.Alpha))];
    }

    /// <summary>The part of the schema that is used here; whatever it does not name is a fault.</summary>
    private static partial class ManifestRules
    {
        private static readonly string[] Scopes = ["personal", "groupChat", "team"];

        public static List<string> FaultsOf(JsonObject manifest)
        {
            var faults = new List<string>();
            Fields(manifest, "manifest", ["$schema", "manifestVersion", "version", "id", "developer", "name", "description", "icons", "accentColor", "bots", "permissions", "validDomains"], []);
            Check((string?)manifest["manifestVersion"] == "1.19" && ((string?)manifest["$schema"])?.Contains("/v1.19/", StringComparison.Ordinal) == true, "manifestVersion");
            Check(SemanticVersion().IsMatch(Text(manifest["version"])), "version");
            Check(Guid.TryParse(Text(manifest["id"]), out _), "id");
            Check(HexColour().IsMatch(Text(manifest["accentColor"])), "accentColor");

            Fields(manifest["developer"], "developer", ["name", "websiteUrl", "privacyUrl", "termsOfUseUrl"], ["mpnId"]);
            Length(manifest["developer"]!["name"], 32);
            foreach (var page in new[] { "websiteUrl", "privacyUrl", "termsOfUseUrl" })
                Check(Uri.TryCreate(Text(manifest["developer"]![page]), UriKind.Absolute, out var address) && address.Scheme == "https" && Text(manifest["developer"]![page]).Length <= 2048, page);
            Fields(manifest["name"], "name", ["short", "full"], []);
            Length(manifest["name"]!["short"], 30);
            Length(manifest["name"]!["full"], 100);
            Fields(manifest["description"], "description", ["short", "full"], []);
            Length(manifest["description"]!["short"], 80);
            Length(manifest["description"]!["full"], 4000);
            Fields(manifest["icons"], "icons", ["color", "outline"], []);

            var bot = Assert.Single(manifest["bots"]!.AsArray())!;
            Fields(bot, "bot", ["botId", "scopes"], ["isNotificationOnly", "supportsFiles", "supportsCalling", "supportsVideo", "needsChannelSelector", "configuration", "commandLists"]);
            Check(Guid.TryParse(Text(bot["botId"]), out _), "botId");
            ScopesOf(bot);
            var lists = bot["commandLists"]!.AsArray();
            Check(lists.Count <= 3, "commandLists");
            foreach (var list in lists)
            {
                Fields(list, "commandList", ["scopes", "commands"], []);
                ScopesOf(list!);
                Check(list!["commands"]!.AsArray().Count <= 10, "commands");
                foreach (var command in list["commands"]!.AsArray())
                {
                    Fields(command, "command", ["title", "description"], []);
                    Length(command!["title"], 32);
                    Length(command["description"], 128);
                }
            }

            Check(manifest["permissions"]!.AsArray().All(permission => Text(permission) is "identity" or "messageTeamMembers"), "permissions");
            Check(manifest["validDomains"]!.AsArray() is { Count: <= 16 } domains && domains.All(domain => Uri.CheckHostName(Text(domain)) == UriHostNameType.Dns), "validDomains");
            return faults;

            void Check(bool holds, string rule)
            {
                if (!holds) faults.Add(rule);
            }

            void Length(JsonNode? text, int most) => Check(Text(text).Length is var length && length >= 1 && length <= most, $"\"{Text(text)}\" has more than {most} characters, or none");

            void ScopesOf(JsonNode owner) => Check(owner["scopes"]!.AsArray() is { Count: >= 1 and <= 3 } scopes && scopes.All(scope => Scopes.Contains(Text(scope))), "scopes");

            void Fields(JsonNode? node, string name, string[] required, string[] optional)
            {
                var fields = node!.AsObject().Select(field => field.Key).ToList();
                faults.AddRange(required.Except(fields).Select(field => $"{name} without {field}"));
                faults.AddRange(fields.Except(required).Except(optional).Select(field => $"{name} with {field}"));
            }
        }

        private static string Text(JsonNode? node) => (string?)node ?? "";

        [GeneratedRegex(@"^\d+\.\d+\.\d+$")]
        private static partial Regex SemanticVersion();

        [GeneratedRegex("^#[0-9a-fA-F]{6}$")]
        private static partial Regex HexColour();
    }
}
