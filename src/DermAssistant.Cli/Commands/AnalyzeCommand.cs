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
        var overlay = new Option<string?>("--overlay") { Description = "Write pictures of where concepts are seen, one a photo and concept.", HelpName = "DIR" };
        var concepts = SharedOptions.Several("--concept", "NAME", "With --overlay: a concept to show instead of the most present ones");
        var command = new Command("analyze", "Read photos: differential, verdict, concepts, measurements, urgency.") { photos, model, overlay, concepts };
        command.Validators.Add(result =>
        {
            if (result.GetValue(overlay) is null && result.GetValue(concepts) is { Length: > 0 }) result.AddError("--concept needs --overlay DIR.");
        });
        return host.Run(command, (run, cancellationToken) =>
        {
            var paths = run.Value(photos);
            var overlays = run.Value(overlay) is { } folder ? new ConceptPictures(folder, run, run.Value(model), run.Value(concepts)!) : null;
            var documents = new JsonArray();
            var reports = new List<GateReport>();
            foreach (var path in paths)
            {
                cancellationToken.ThrowIfCancellationRequested();
                // One photo in memory at a time; a refused one needs no model pack.
                var admitted = run.Rooms.Gate.AdmitFile(path);
                reports.Add(admitted.Report);
                if (admitted.Photo is null)
                {
                    if (run.Json) documents.Add(Document(admitted.Report));
                    else Show(run, reports.Count == 1, () => PhotoView.Show(admitted.Report, run.Terminal.Screen));
                    continue;
                }

                var reader = run.Rooms.Reader(run.Value(model));
                var reading = reader.Read(admitted, cancellationToken);
                var influences = reader.Influence.Explain(reading);
                var pictures = overlays?.Write(admitted.Photo);
                if (run.Json) documents.Add(Document(reading, influences, pictures));
                else Show(run, reports.Count == 1, () =>
                {
                    ReadingView.Show(reading, run.Terminal.Screen, influences);
                    if (pictures is not null) ConceptPictures.Show(pictures, run.Terminal.Screen);
                });
            }
            run.Answer(() => paths.Length == 1 ? documents[0] : documents, console => ScreenFooter.Show(console));
            return Task.FromResult(RefusedPhotos.Complain(reports, run));
        });
    }

    private static JsonObject Document(Reading reading, IReadOnlyList<ConditionInfluence> influences, IReadOnlyList<ConceptPicture>? pictures)
    {
        var document = ReadingJson.Write(reading);
        document["influence"] = InfluenceJson.Write(influences);
        if (pictures is not null) document["overlays"] = DocumentValue.Array(pictures, ConceptPictures.Document);
        return document;
    }

    private static JsonObject Document(GateReport report)
    {
        var photo = GateDocument.Of(report);
        photo["modality"] = DocumentValue.Name(Modality.Other);
        return RefusedPhotos.WithError(new JsonObject { ["photo"] = photo }, report);
    }

    private static void Show(CommandRun run, bool first, Action show)
    {
        if (!first) run.Terminal.Screen.WriteLine();
        show();
    }
}
