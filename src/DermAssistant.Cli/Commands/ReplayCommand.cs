using System.CommandLine;
using System.Text.Json.Nodes;
using DermAssistant.Agent;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary><c>derm replay</c>: computes the answer of an evidence bundle again.</summary>
internal static class ReplayCommand
{
    private const int MostShown = 20;

    public static Command Build(CommandHost host)
    {
        var bundle = new Argument<string>("BUNDLE") { Description = "A file written by 'derm ask --bundle'." };
        var photos = SharedOptions.Several("--photo", "FILE", "Where a photo of the bundle lies now");
        var model = SharedOptions.Model();
        return host.Run(new Command("replay", "Compute a bundle's answer again; exit code 1 where anything differs.") { bundle, photos, model }, async (run, cancellationToken) =>
        {
            var path = run.Value(bundle);
            var recorded = await BundleFile.ReadAsync(path, cancellationToken);
            // The pack that read the photos, unless another is asked for.
            var replay = run.Rooms.Replay(run.Value(model) ?? recorded.Versions.ModelPack);
            var report = await replay.ReplayAsync(recorded, Path.GetDirectoryName(Path.GetFullPath(path))!, run.Value(photos), cancellationToken);
            run.Answer(
                () => new JsonObject
                {
                    ["same"] = report.Same,
                    ["differences"] = DocumentValue.Array(report.Differences, difference => new JsonObject
                    {
                        ["what"] = difference.What,
                        ["recorded"] = difference.Recorded,
                        ["recomputed"] = difference.Recomputed,
                    }),
                },
                console =>
                {
                    foreach (var difference in report.Differences.Take(MostShown))
                        console.MarkupLine($"[bold]{ScreenText.Escaped(difference.What)}[/]\n  recorded   {ScreenText.Escaped(difference.Recorded)}\n  recomputed {ScreenText.Escaped(difference.Recomputed)}");
                    console.WriteLine(report.Same ? "The answer came out the same in every part." : $"{report.Differences.Count} difference(s){(report.Differences.Count > MostShown ? "; --json lists all" : "")}.");
                });
            return report.Same ? ExitCode.Done : ExitCode.CheckFailed;
        });
    }
}
