using System.CommandLine;
using System.Text.Json.Nodes;
using DermAssistant.Diagnosis;
using DermAssistant.Evaluation;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary><c>derm models calibrate</c>: makes a pack's probabilities mean what they say, on photos of known diagnosis.</summary>
internal static class ModelCalibration
{
    public static Command Build(CommandHost host)
    {
        var id = new Argument<string>("PACK");
        var images = Required("--images", "DIR", "The folder with the photos.");
        var labels = Required("--labels", "CSV", "The table with the diagnoses.");
        var idColumn = Required("--id-column", "NAME", "The column that names the photo.");
        var labelColumn = Required("--label-column", "NAME", "The column with the diagnosis.");
        var where = SharedOptions.RowFilter("--where", "Only the rows with this value, for example split=calibration.");
        var known = SharedOptions.RowFilter("--known", "Rows that only tell what photos the pack knows, for example split=train.");
        var foreign = new Option<string?>("--foreign") { HelpName = "DIR", Description = "Photos of other kinds than the pack knows." };
        return host.Run(new Command("calibrate", "Fit probabilities, prediction sets and verdicts on photos the pack was not trained on.") { id, images, labels, idColumn, labelColumn, where, known, foreign }, async (run, cancellationToken) =>
        {
            run.Rooms.RequireAdded(run.Value(id));
            var pack = run.Rooms.Pack(run.Value(id));
            var filter = run.Value(where);
            var photos = new ClassificationRequest(run.Value(images)!, run.Value(labels)!, run.Value(idColumn)!, run.Value(labelColumn)!, filter);
            var calibrator = new Calibrator(pack, run.Rooms.Ontology, PromptLibrary.Load(run.Rooms.PromptsFolder), run.Rooms.ReaderOptions);
            var split = filter is null ? Path.GetFileName(photos.Labels) : $"{Path.GetFileName(photos.Labels)}, {filter.Column} = {filter.Value}";
            var calibration = await new CalibrationRun(calibrator, run.Rooms.Gate, run.Rooms.Ontology).RunAsync(
                new CalibrationRequest(photos, split) { Known = run.Value(known), Foreign = run.Value(foreign) },
                new ProgressLine<BenchmarkProgress>(run.Terminal, at => (at.Done, at.Total, at.Remaining)), cancellationToken);
            calibration.Save(pack.Directory);
            run.Answer(
                () => new JsonObject { ["pack"] = pack.Manifest.Id, ["photos"] = calibration.FittedOn.Count, ["temperature"] = calibration.Temperature, ["coverage"] = calibration.Conformal.Coverage },
                console => console.MarkupLine($"[bold]{ScreenText.Escaped(pack.Manifest.Id)}[/] is calibrated on {calibration.FittedOn.Count} photos (temperature {calibration.Temperature:0.###})."));
            return ExitCode.Done;
        });
    }

    private static Option<string> Required(string name, string helpName, string description) => new(name) { HelpName = helpName, Description = description, Required = true };
}
