using System.CommandLine;
using DermAssistant.DermLip;
using DermAssistant.Diagnosis;
using DermAssistant.Evaluation;
using DermAssistant.Imaging;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary><c>derm models quantize</c>: the int8 variant of a pack, with what it costs measured on real photos.</summary>
internal static class ModelQuantization
{
    /// <summary>Photos whose embeddings are compared; of more, every so manieth is taken.</summary>
    private const int MostPhotos = 100;

    public static Command Build(CommandHost host)
    {
        var pack = new Argument<string>("PACK");
        var images = new Option<string>("--images") { Description = "A folder of real photos to measure the error on; some dozens.", HelpName = "DIR", Required = true };
        var labels = new Option<string?>("--labels") { Description = "A table with the diagnoses of the photos, to measure the shift of the AUROC.", HelpName = "CSV" };
        var idColumn = new Option<string?>("--id-column") { Description = "The column that names the photo.", HelpName = "NAME" };
        var labelColumn = new Option<string?>("--label-column") { Description = "The column with the diagnosis.", HelpName = "NAME" };
        var where = SharedOptions.RowFilter("--where", "Only the rows with this value, for example split=validation.");
        var id = new Option<string?>("--id") { Description = "What to call the int8 pack (default: PACK-int8).", HelpName = "PACK" };
        var command = new Command("quantize", "Make the int8 variant of a pack, refused where its embeddings differ too much.") { pack, images, labels, idColumn, labelColumn, where, id };
        command.Validators.Add(result =>
        {
            var given = new[] { labels, idColumn, labelColumn }.Count(option => result.GetValue(option) is not null);
            if (given is not (0 or 3) || (given == 0 && result.GetValue(where) is not null)) result.AddError("--labels, --id-column and --label-column go together.");
        });
        return host.Run(command, (run, cancellationToken) =>
        {
            var folder = run.Value(images)!;
            string[] paths = [.. PhotoFolder.Names(folder).Select(name => Path.Combine(folder, name))];
            var labelled = run.Value(labels) is { } table ? new ClassificationRequest(folder, table, run.Value(idColumn)!, run.Value(labelColumn)!, run.Value(where)) : null;
            if (labelled is not null && !File.Exists(labelled.Labels)) throw CommandException.BadInput($"There is no table {labelled.Labels}.", "Give a CSV file with a header and one row a photo.");
            // A pack that cannot embed prompts is compared by its golden vectors' tokens.
            var reads = labelled is not null || run.Rooms.Packs.List().Any(listing => listing.Manifest.Id == run.Value(pack) && listing.Manifest.Tokenizer is not null);
            var check = new QuantizationCheck(run.Rooms.Gate, run.Rooms.Ontology, PromptLibrary.Load(run.Rooms.PromptsFolder), run.Rooms.ReaderOptions);
            var progress = new ProgressLine<BenchmarkProgress>(run.Terminal, at => (at.Done, at.Total, at.Remaining), "Comparing with float32, photo");
            var manifest = run.Rooms.Packs.Quantize(
                run.Value(pack), Photos(paths, run), run.Value(id),
                reads ? (exact, rough) => check.Compare(exact, rough, paths, labelled, progress, cancellationToken) : null, cancellationToken);
            ModelsCommand.Report(manifest, "made", run);
            return Task.FromResult(ExitCode.Done);
        });
    }

    /// <summary>What an int8 pack costs, on the screen.</summary>
    public static void Show(QuantizationError error, IAnsiConsole console)
    {
        console.WriteLine($"Cosine to float32 on {error.Images} photos: {error.MinImageCosine:0.0000} at least, {error.MeanImageCosine:0.0000} on average; on {error.Texts} texts {error.MinTextCosine:0.0000} at least.");
        console.WriteLine($"Same most probable of {error.Labels ?? error.Texts} {(error.Labels is null ? "texts" : "labels")}: {ScreenText.Percent(error.Top1Agreement)} of the photos.");
        console.WriteLine(error.Auroc is { } auroc
            ? $"Macro AUROC on {auroc.Photos} photos of {auroc.Classes} diagnoses: {auroc.Float32:0.0000} in float32, {auroc.Int8:0.0000} in int8 (shift {auroc.Shift:+0.0000;-0.0000;0.0000})."
            : "Shift of the AUROC: not measured; --labels with a table of diagnoses measures it.");
    }

    /// <summary>The photos one after the other; refused ones are left out unless all are.</summary>
    private static IEnumerable<Photo> Photos(string[] paths, CommandRun run)
    {
        var step = (paths.Length + MostPhotos - 1) / MostPhotos;
        GateReport? refused = null;
        var any = false;
        for (var i = 0; i < paths.Length; i += step)
        {
            var admitted = run.Rooms.Gate.AdmitFile(paths[i]);
            refused ??= admitted.Photo is null ? admitted.Report : null;
            if (admitted.Photo is not { } photo) continue;
            any = true;
            yield return photo;
        }

        if (!any) throw RefusedPhotos.Failure(refused!);
    }
}
