using System.CommandLine;
using System.Text.Json.Nodes;
using DermAssistant.DermLip;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary><c>derm models</c>: the model packs on this machine.</summary>
internal static class ModelsCommand
{
    public static Command Build(CommandHost host) => new("models", "List, add, check and choose model packs.")
    {
        List(host),
        Add(host),
        Use(host),
        Remove(host),
        Verify(host),
        Tokenize(host),
        ModelQuantization.Build(host),
        ModelCalibration.Build(host),
    };

    private static Command List(CommandHost host) => host.Run(new Command("list", "The packs on this machine."), run =>
    {
        var packs = run.Rooms.Packs.List();
        run.Answer(() => DocumentValue.Array(packs, PackDocument.Of), console =>
        {
            if (packs.Count == 0)
            {
                console.WriteLine("No model pack is installed; 'derm models add FOLDER' adds one.");
                return;
            }
            var table = new Table().NoBorder().AddColumn("pack").AddColumn("version").AddColumn("towers").AddColumn("").AddColumn("licence");
            foreach (var pack in packs)
                table.AddRow(
                    new Markup($"[bold]{ScreenText.Escaped(pack.Manifest.Id)}[/]{(pack.Default ? " [green]*[/]" : "")}"),
                    new Markup(ScreenText.Escaped(pack.Manifest.Version)),
                    new Markup(ScreenText.Escaped($"{pack.Manifest.ImageTower} + {pack.Manifest.TextTower}")),
                    new Markup(pack.BuiltIn ? "built in" : "added"),
                    new Markup(ScreenText.Escaped(pack.Manifest.Licence)));
            console.Write(table);
            console.MarkupLine("[dim]* used unless --model names another[/]");
        });
        return ExitCode.Done;
    });

    private static Command Use(CommandHost host)
    {
        var id = new Argument<string>("PACK");
        return host.Run(new Command("use", "Make a pack the one that is used.") { id }, run =>
        {
            run.Rooms.Packs.Use(run.Value(id));
            run.Answer(() => new JsonObject { ["default"] = run.Value(id) }, console => console.MarkupLine($"[bold]{ScreenText.Escaped(run.Value(id))}[/] is used from now on."));
            return ExitCode.Done;
        });
    }

    private static Command Remove(CommandHost host)
    {
        var id = new Argument<string>("PACK");
        return host.Run(new Command("remove", "Remove an added pack.") { id }, run =>
        {
            run.Rooms.Packs.Remove(run.Value(id));
            run.Answer(() => new JsonObject { ["removed"] = run.Value(id) }, console => console.MarkupLine($"[bold]{ScreenText.Escaped(run.Value(id))}[/] is removed."));
            return ExitCode.Done;
        });
    }

    private static Command Add(CommandHost host)
    {
        var path = new Argument<string>("DIR_OR_FILE") { Description = "A folder downloaded from the hub, or a checkpoint with its open_clip_config.json beside it." };
        var id = new Option<string?>("--id") { Description = "What to call the pack (default: the name of the folder or file).", HelpName = "PACK" };
        var quickGelu = new Option<bool?>("--quick-gelu") { Description = "Overrides quick_gelu of the configuration.", HelpName = "true|false", Arity = ArgumentArity.ExactlyOne };
        return host.Run(new Command("add", "Convert an open_clip checkpoint to ONNX and add it as a pack.") { path, id, quickGelu }, (run, cancellationToken) =>
        {
            var manifest = run.Rooms.Packs.Add(run.Value(path), run.Value(id), run.Value(quickGelu), cancellationToken);
            Report(manifest, "added", run);
            return Task.FromResult(ExitCode.Done);
        });
    }

    private static Command Verify(CommandHost host)
    {
        var pack = new Argument<string>("PACK_OR_DIR") { Description = "A pack, or a checkpoint folder." };
        var vectors = new Option<string?>("--vectors") { Description = "A folder with in_image.npy, in_tokens.npy and the features to expect (default: the pack's golden vectors).", HelpName = "DIR" };
        return host.Run(new Command("verify", "Compare a pack's embeddings with known ones; exit code 1 where they differ.") { pack, vectors }, (run, cancellationToken) =>
        {
            if (run.Value(vectors) is { } folder && !Directory.Exists(folder))
                throw CommandException.BadInput($"There is no folder {folder}.", "Give a folder with .npy files.");
            var (outcome, fault) = Verified(run, run.Value(pack), run.Value(vectors), cancellationToken);
            run.Answer(
                () => new JsonObject { ["passed"] = outcome.Passed, ["image"] = Document(outcome.Image), ["text"] = Document(outcome.Text), ["fault"] = fault },
                console =>
                {
                    Show("image", outcome.Image, console);
                    Show("text", outcome.Text, console);
                    console.MarkupLine(outcome.Passed ? "[green]Passed.[/]" : $"[bold red]Failed:[/] {ScreenText.Escaped(fault ?? "the embeddings differ; the pack must not be used.")}");
                });
            return Task.FromResult(outcome.Passed ? ExitCode.Done : ExitCode.CheckFailed);
        });
    }

    /// <summary>A pack of ours that is damaged has failed its check; one that is not there is another matter.</summary>
    private static (PackVerification Outcome, string? Fault) Verified(CommandRun run, string pack, string? vectors, CancellationToken cancellationToken)
    {
        try
        {
            return (run.Rooms.Packs.Verify(pack, vectors, cancellationToken), null);
        }
        catch (ModelPackException failure) when (vectors is null && run.Rooms.Packs.Has(pack))
        {
            return (new PackVerification(false, null, null), failure.Message);
        }
    }

    private static Command Tokenize(CommandHost host)
    {
        var pack = new Argument<string>("PACK_OR_DIR") { Description = "A pack, or a folder with a tokenizer." };
        var texts = new Option<string>("--texts") { Description = "A JSON file with an array of strings.", HelpName = "FILE", Required = true };
        return host.Run(new Command("tokenize", "The token ids of texts, start and end included.") { pack, texts }, run =>
        {
            var words = TextsFile.Read(run.Value(texts)!);
            var ids = run.Rooms.Packs.Tokenize(run.Value(pack), words);
            run.Answer(
                () => DocumentValue.Array(ids, row => new JsonArray([.. row.Select(id => (JsonNode?)JsonValue.Create(id))])),
                console =>
                {
                    foreach (var (text, row) in words.Zip(ids)) console.MarkupLine($"{ScreenText.Escaped(text)}\n  [dim]{string.Join(' ', row)}[/]");
                });
            return ExitCode.Done;
        });
    }

    internal static void Report(PackManifest manifest, string what, CommandRun run)
    {
        var listing = run.Rooms.Packs.List().First(pack => pack.Manifest.Id == manifest.Id);
        run.Answer(() => PackDocument.Of(listing), console =>
        {
            console.MarkupLine($"[bold]{ScreenText.Escaped(manifest.Id)}[/] is {what}: {ScreenText.Escaped($"{manifest.ImageTower} + {manifest.TextTower}")}, embeddings of {manifest.EmbeddingDimension} numbers, {ScreenText.Words(manifest.Precision)}.");
            if (manifest.ImageTower == "clip-vit" && manifest.Precision == PackPrecision.Float32)
                console.WriteLine(manifest.QuickGelu ? "Activation: QuickGELU." : "Activation: exact GELU; a model trained from OpenAI's weights needs --quick-gelu true where its configuration forgot to say so.");
            if (manifest.Tokenizer is null)
                console.MarkupLine("[yellow]![/] It has no tokenizer, so it can embed photos but not read them; put vocab.txt, or vocab.json with merges.txt, beside the weights and add it again.");
            if (manifest.Quantization is { } error) ModelQuantization.Show(error, console);
            console.MarkupLine($"[dim]'derm models use {ScreenText.Escaped(manifest.Id)}' makes it the one that is used.[/]");
        });
    }

    private static void Show(string side, VectorComparison? comparison, IAnsiConsole console)
    {
        if (comparison is not null) console.MarkupLine($"{side}  largest difference {comparison.MaxAbs:0.0e+00}, smallest cosine {comparison.MinCosine:0.00000000}");
    }

    private static JsonObject? Document(VectorComparison? comparison) => comparison is null
        ? null
        : new() { ["maxAbs"] = DocumentValue.Number(comparison.MaxAbs), ["minCosine"] = DocumentValue.Number(comparison.MinCosine) };
}
