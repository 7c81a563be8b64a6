namespace DermAssistant.Cli.Tests;

public sealed class EvalCommandTests : IDisposable
{
    private readonly DermSession _derm = new();

    public void Dispose() => _derm.Dispose();

    [BuiltInPackFact]
    public async Task Figures_have_every_field_of_the_contract_and_say_what_was_left_out()
    {
        var photos = Directory.CreateDirectory(_derm.PathOf("photos")).FullName;
        for (var i = 0; i < 4; i++) File.WriteAllBytes(Path.Combine(photos, $"p{i}.jpg"), TestPhotos.Lesion);
        var table = _derm.File("labels.csv", "id,dx\np0,nv\np1,mel\np2,bcc\np3,xyzzy\np4,nv\n");

        var outcome = await _derm.RunAsync("eval", "classify", "--images", photos, "--labels", table, "--id-column", "id", "--label-column", "dx", "--json");

        Assert.Equal(0, outcome.ExitCode);
        var result = outcome.Document!.AsObject();
        foreach (var field in (string[])["n", "classes", "accuracy", "balancedAccuracy", "macroAuroc", "top3", "ece", "coverage", "meanSetSize", "perClass", "confidence95", "skipped"])
            Assert.True(result.ContainsKey(field), field);
        Assert.Equal(3, (int)result["n"]!);
        Assert.Equal(["p3", "p4"], result["skipped"]!.AsArray().Select(skipped => (string)skipped!["file"]!));
        Assert.Equal(2, result["confidence95"]!["accuracy"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("nowhere", "labels.csv", "nowhere")]
    [InlineData(".", "nowhere.csv", "nowhere.csv")]
    public async Task A_missing_folder_or_table_is_bad_input(string folder, string table, string said)
    {
        _derm.File("labels.csv", "id,dx\n");

        var outcome = await _derm.RunAsync("eval", "classify", "--images", _derm.PathOf(folder), "--labels", _derm.PathOf(table), "--id-column", "id", "--label-column", "dx", "--json");

        outcome.FailsWith(3, "badInput", said);
    }
}
