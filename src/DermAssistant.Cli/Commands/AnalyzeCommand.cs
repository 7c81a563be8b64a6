using System.CommandLine;
using System.Text.Json.Nodes;
using DermAssistant.Diagnosis;
using DermAssistant.Imaging;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary><c>derm analyze</c>: the whole reading of each photo.</summary>
internal static class AnalyzeCommand
{
    public static Command Build(CommandHost host)
    {
        var photos = new Argument<string[]>("PHOTO") { Description = "One or more photo files.", Arity = ArgumentArity.OneOrMore };
        var model = SharedOptions.Model();
        return host.Run(new Command("analyze", "Read photos: differential, verdict, concepts, measurements, urgency.") { photos, model }, (run, cancellationToken) =>
        {
            var paths = run.Value(photos);
            var documents = new JsonArray();
            var reports = new List<GateReport>();
            foreach (var path in paths)
            {
                cancellationToken.ThrowIfCancellationRequested();
                // One photo in memory at a time; a refused one needs no model pack.
                var admitted = run.Rooms.Gate.AdmitFile(path);
                reports.Add(admitted.Report);
                var reading = admitted.Photo is null ? null : run.Rooms.Reader(run.Value(model)).Read(admitted, cancellationToken);
                if (run.Json) documents.Add(Document(admitted.Report, reading));
                else Show(admitted.Report, reading, run, first: reports.Count == 1);
            }
            run.Answer(() => paths.Length == 1 ? documents[0] : documents, console => ScreenFooter.Show(console));
            return Task.FromResult(RefusedPhotos.Complain(reports, run));
        });
    }

    private static JsonObject Document(GateReport report, Reading? reading)
    {
        if (reading is not null) return ReadingJson.Write(reading);
        var photo = GateDocument.Of(report);
        photo["modality"] = DocumentValue.Name(Modality.Other);
        return RefusedPhotos.WithError(new JsonObject { ["photo"] = photo }, report);
    }

    private static void Show(GateReport report, Reading? reading, CommandRun run, bool first)
    {
        if (!first) run.Terminal.Screen.WriteLine();
        if (reading is null) PhotoView.Show(report, run.Terminal.Screen);
        else ReadingView.Show(reading, run.Terminal.Screen);
    }
}
