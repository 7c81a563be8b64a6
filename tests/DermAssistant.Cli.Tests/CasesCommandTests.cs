namespace DermAssistant.Cli.Tests;

public sealed class CasesCommandTests : IDisposable
{
    private readonly DermSession _derm = new();

    public void Dispose() => _derm.Dispose();

    [BuiltInPackFact]
    public async Task Matches_have_every_field_of_the_contract_most_similar_first()
    {
        var outcome = await _derm.RunAsync("cases", "search", "--photo", _derm.File("lesion.jpg", TestPhotos.Lesion), "--top", "4", "--json");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        var matches = outcome.Document!.AsArray();
        Assert.Equal(4, matches.Count);
        foreach (var match in matches)
            foreach (var field in (string[])["id", "similarity", "diagnosis", "caption", "source", "url", "licence"])
                Assert.True(match!.AsObject().ContainsKey(field), field);
        var similarities = matches.Select(match => (double)match!["similarity"]!).ToList();
        Assert.Equal(similarities.OrderDescending(), similarities);
    }

    [BuiltInPackFact]
    public async Task A_filter_keeps_only_what_it_says()
    {
        var outcome = await _derm.RunAsync("cases", "search", "--text", "a brown spot", "--filter", "diagnosis=melanoma", "--json");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.All(outcome.Document!.AsArray(), match => Assert.Contains("melanoma", (string)match!["diagnosis"]!["id"]!, StringComparison.Ordinal));
    }

    [BuiltInPackFact]
    public async Task A_field_no_case_has_is_wrong_usage()
    {
        var outcome = await _derm.RunAsync("cases", "search", "--text", "a mole", "--filter", "shoeSize=44", "--json");

        outcome.FailsWith(2, "wrongUsage", "shoeSize");
    }

    [BuiltInPackFact]
    public async Task The_built_in_library_is_in_order()
    {
        var outcome = await _derm.RunAsync("cases", "verify", "--json");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.True((bool)outcome.Document!["passed"]!);
    }

    [BuiltInPackFact]
    public async Task Removing_a_case_leaves_the_built_in_library_alone()
    {
        var before = await _derm.RunAsync("cases", "stats", "--json");
        var found = await _derm.RunAsync("cases", "search", "--text", "a mole", "--top", "1", "--json");
        var id = (string)found.Document![0]!["id"]!;

        var removed = await _derm.RunAsync("cases", "remove", id, "--json");

        Assert.Equal((0, ""), (removed.ExitCode, removed.Error));
        Assert.Equal((int)before.Document!["count"]! - 1, (int)(await _derm.RunAsync("cases", "stats", "--json")).Document!["count"]!);
        using var elsewhere = new DermSession();
        Assert.Equal((int)before.Document!["count"]!, (int)(await elsewhere.RunAsync("cases", "stats", "--json")).Document!["count"]!);
    }

    [BuiltInPackFact]
    public async Task An_unknown_case_removes_nothing()
    {
        var outcome = await _derm.RunAsync("cases", "remove", "no-such-case", "--json");

        outcome.FailsWith(3, "badInput", "no-such-case");
    }

    [BuiltInPackFact]
    public async Task A_library_that_was_damaged_is_said_to_be()
    {
        await _derm.RunAsync("cases", "remove", (string)(await _derm.RunAsync("cases", "search", "--text", "a mole", "--top", "1", "--json")).Document![0]!["id"]!);
        var embeddings = Directory.EnumerateFiles(Path.Combine(_derm.Home, "cases"), "*", SearchOption.AllDirectories).MaxBy(file => new FileInfo(file).Length)!;
        File.WriteAllBytes(embeddings, File.ReadAllBytes(embeddings)[..100]);

        var verified = await _derm.RunAsync("cases", "verify", "--json");
        Assert.Equal(1, verified.ExitCode);
        var searched = await _derm.RunAsync("cases", "search", "--text", "a mole", "--json");
        searched.FailsWith(5, "storeUnreachable");
    }

    [Fact]
    public async Task A_source_that_is_missing_is_bad_input()
    {
        var outcome = await _derm.RunAsync("cases", "import", _derm.PathOf("nowhere"), "--format", "ham10000", "--json");

        outcome.FailsWith(3, "badInput", "nowhere");
    }

    [Fact]
    public async Task An_unknown_format_is_wrong_usage()
    {
        var outcome = await _derm.RunAsync("cases", "import", _derm.Folder, "--format", "excel", "--json");

        outcome.FailsWith(2, "wrongUsage", "excel");
    }
}
