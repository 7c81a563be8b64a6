using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DermAssistant.Cases;
using DermAssistant.Diagnosis;
using DermAssistant.DermLip;
using DermAssistant.Evaluation;
using DermAssistant.Training;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary><c>derm train</c>: from a data set to a calibrated, measured model pack with its card.</summary>
internal static class TrainCommand
{
    private const string Splits = "splits.csv";

    private static readonly JsonSerializerOptions Writing = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static Command Build(CommandHost host)
    {
        var data = new Argument<string>("DATA") { Description = "The folder with the table and the images." };
        var format = new Option<string>("--format") { HelpName = string.Join('|', CaseImporter.Formats), Required = true, Description = "The layout of the data." };
        var pack = new Option<string>("--out") { HelpName = "PACK", Required = true, Description = "The folder of the pack; its name becomes the pack's id." };
        var name = new Option<string?>("--name") { HelpName = "TEXT", Description = "The pack's name for people." };
        var stages = new Option<string?>("--stages") { HelpName = "SIZExEPOCHS,...", Description = "Image sizes and epochs, small first (default: 96x40,128x60,160x16)." };
        var seed = new Option<int>("--seed") { HelpName = "N", Description = "Of the split, the weights and the augmentation (default: 1).", DefaultValueFactory = _ => 1 };
        var threads = new Option<int?>("--threads") { HelpName = "N", Description = "Threads of the computation (default: one a processor)." };
        var precision = new Option<TrainingPrecision>("--precision") { HelpName = "float32|bfloat16", Description = "bfloat16 is faster on processors that have it (default: float32)." };
        var foreign = new Option<string?>("--foreign") { HelpName = "DIR", Description = "Photos of other kinds, from which the pack learns what it does not know." };
        return host.Run(new Command("train", "Train a model pack; started again after a stop, it goes on where it was.") { data, format, pack, name, stages, seed, threads, precision, foreign }, async (run, cancellationToken) =>
        {
            if (!Directory.Exists(run.Value(data))) throw CommandException.BadInput($"{run.Value(data)} is no folder.", "Give the folder with the table and the images.");
            var output = Path.TrimEndingDirectorySeparator(Path.GetFullPath(run.Value(pack)!));
            var options = new TrainingOptions { Seed = run.Value(seed), Precision = run.Value(precision) };
            if (run.Value(stages) is { } given) options = options with { Stages = Stages(given) };
            if (run.Value(threads) is { } shares) options = options with { Threads = shares };
            var request = new TrainingRequest
            {
                Data = run.Value(data),
                Format = run.Value(format)!,
                Output = output,
                Id = Path.GetFileName(output),
                Name = run.Value(name) ?? Path.GetFileName(output),
                Grammars = Path.Combine(run.Rooms.PromptsFolder, "training"),
                Options = options,
                FewestForCalibration = Calibrator.FewestPhotos,
            };
            var steps = new ProgressLine<TrainingProgress>(run.Terminal, at => (at.Step, at.Steps, at.Remaining));
            var words = new Spoken(run.Terminal);
            var trained = await Task.Run(() => Train(run, request, steps, words, cancellationToken), cancellationToken);
            ClassificationResult figures;
            try
            {
                figures = await FinishAsync(run, trained, request, run.Value(foreign), cancellationToken);
            }
            catch (OperationCanceledException stopped)
            {
                throw new CommandException(
                    ExitCode.Interrupted,
                    $"Stopped; {trained.Directory} holds a trained pack that may not be calibrated and is not measured.",
                    "Calibrate it with 'derm models calibrate' and measure it with 'derm eval classify', or remove the folder and train again.",
                    stopped);
            }

            run.Answer(
                () => new JsonObject
                {
                    ["pack"] = new JsonObject { ["id"] = trained.Manifest.Id, ["version"] = trained.Manifest.Version, ["directory"] = trained.Directory },
                    ["figures"] = JsonSerializer.SerializeToNode(figures, Writing),
                },
                console =>
                {
                    console.MarkupLine($"[bold]{ScreenText.Escaped(trained.Directory)}[/] is trained, calibrated and measured.");
                    EvalCommand.Show(figures, console);
                });
            return ExitCode.Done;
        });
    }

    private static TrainedPack Train(CommandRun run, TrainingRequest request, IProgress<TrainingProgress> steps, IProgress<string> words, CancellationToken cancellationToken)
    {
        try
        {
            return new TrainingRun(run.Rooms.Ontology).Run(request, steps, words, cancellationToken);
        }
        catch (OperationCanceledException stopped)
        {
            throw new CommandException(ExitCode.Interrupted, "Stopped; what was trained so far is kept.", "Run the same command again to go on where it was.", stopped);
        }
    }

    // Calibration and figures come from photos the training did not see, and never from the same ones.
    private static async Task<ClassificationResult> FinishAsync(CommandRun run, TrainedPack trained, TrainingRequest request, string? foreign, CancellationToken cancellationToken)
    {
        var splits = Path.Combine(trained.Directory, Splits);
        var photos = new ClassificationRequest(request.Data, splits, "image_id", "diagnosis");
        run.Terminal.Error.WriteLine("calibrating");
        var store = new ModelPackStore(new ModelPackFolders(Path.GetDirectoryName(trained.Directory)!, run.Rooms.Packs.Folders.User));
        using var pack = store.Open(trained.Manifest.Id);
        var prompts = PromptLibrary.Load(run.Rooms.PromptsFolder);
        var calibration = await new CalibrationRun(new Calibrator(pack, run.Rooms.Ontology, prompts), run.Rooms.Gate, run.Rooms.Ontology).RunAsync(
            new CalibrationRequest(photos with { Where = new RowFilter("split", "calibration") }, $"{request.Format} calibration split, by lesion")
            {
                Known = new RowFilter("split", "train"),
                Foreign = foreign,
            },
            new ProgressLine<BenchmarkProgress>(run.Terminal, at => (at.Done, at.Total, at.Remaining)), cancellationToken);
        calibration.Save(trained.Directory);

        run.Terminal.Error.WriteLine("measuring");
        var reader = new PhotoReader(pack, run.Rooms.Ontology, prompts);
        var figures = await new ClassificationBenchmark(reader, run.Rooms.Gate, run.Rooms.Ontology).RunAsync(
            photos with { Where = new RowFilter("split", "validation") },
            progress: new ProgressLine<BenchmarkProgress>(run.Terminal, at => (at.Done, at.Total, at.Remaining)), cancellationToken: cancellationToken);
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(trained.Directory, "training.json"), cancellationToken))!.AsObject();
        var card = ModelCard.Compose(pack.Manifest, reader.Labels, calibration, settings, figures, "the photos of the validation split, by lesion, used for nothing else");
        await File.WriteAllTextAsync(Path.Combine(trained.Directory, ModelCard.FileName), card, cancellationToken);
        return figures;
    }

    private static List<TrainingStage> Stages(string text)
    {
        var stages = new List<TrainingStage>();
        foreach (var part in text.Split(','))
        {
            var numbers = part.Split('x');
            if (numbers.Length != 2 || !int.TryParse(numbers[0], CultureInfo.InvariantCulture, out var size) || !int.TryParse(numbers[1], CultureInfo.InvariantCulture, out var epochs))
                throw new CommandException(ExitCode.WrongUsage, $"'{part}' is no training stage.", "Give image size and epochs, such as 96x40,128x60.");
            stages.Add(new TrainingStage(size, epochs));
        }

        return stages;
    }

    private sealed class Spoken(Terminal terminal) : IProgress<string>
    {
        public void Report(string value) => terminal.Error.WriteLine(value);
    }
}
