using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DermAssistant.Cases;
using DermAssistant.DermLip;
using DermAssistant.Imaging;
using DermAssistant.Ontology;

namespace DermAssistant.Training;

/// <summary>A finished training.</summary>
/// <param name="Splits">The split of each image, by id; figures count only on those the training did not see.</param>
public sealed record TrainedPack(PackManifest Manifest, string Directory, IReadOnlyDictionary<string, Split> Splits);

/// <summary>Contrastive image-text pre-training from a data set to a model pack.</summary>
/// <remarks>A run that was stopped or killed goes on at its last checkpoint when it is started again with the same request.</remarks>
public sealed class TrainingRun(OntologyGraph ontology, TimeProvider? time = null)
{
    // CLIP's own; towers trained here and DermLIP take the same pixels.
    private static readonly float[] Mean = [0.48145466f, 0.4578275f, 0.40821073f];
    private static readonly float[] Std = [0.26862954f, 0.26130258f, 0.27577711f];

    /// <summary>Whether TorchSharp's native library loads here; the reason where it does not.</summary>
    public static bool IsAvailable(out string? why)
    {
        var loads = NativeLibraries.Load();
        why = loads ? null : "TorchSharp's native library does not load: this build does not carry libtorch, or the C++ runtime is older than GLIBCXX_3.4.32";
        return loads;
    }

    /// <summary>Trains and writes the pack.</summary>
    /// <param name="log">Told what is done besides training, in words.</param>
    /// <exception cref="TrainingException">The native library, the options, the data or the checkpoint do not allow it.</exception>
    /// <exception cref="TableException">A table of the data set is missing or malformed.</exception>
    /// <exception cref="ModelPackException">The pack cannot be written.</exception>
    public TrainedPack Run(TrainingRequest request, IProgress<TrainingProgress>? progress = null, IProgress<string>? log = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!IsAvailable(out var why)) throw new TrainingException($"Training cannot run here: {why}.", "Use scripts/train, which brings both.");
        if (!CaseImporter.Formats.Contains(request.Format))
            throw new TrainingException($"There is no data format \"{request.Format}\".", $"The formats are: {string.Join(", ", CaseImporter.Formats)}.");
        if (Directory.Exists(request.Output)) throw new TrainingException($"{request.Output} exists already.", "Name a new folder for the pack, or remove that one.");
        request.Options.Validate();

        var grammar = CaptionGrammar.Load(Path.Combine(request.Grammars, request.Format + ".json"));
        var data = TrainingData.Load(request.Format, request.Data, ontology, request.Options.Seed, log, cancellationToken);
        var kept = data.Samples.Count(s => s.Split == Split.Calibration);
        if (kept < request.FewestForCalibration)
            throw new TrainingException(
                $"Of the {data.Samples.Count} photos in {request.Data}, {kept} are kept for the calibration, and it needs {request.FewestForCalibration}.",
                "Give more photos: a tenth of them is kept.");
        var wordings = grammar.Wordings(data.Samples.Select(s => s.Label), ontology);
        var writer = new CaptionWriter(grammar, wordings);
        var vocabulary = CaptionVocabulary.Learn(data.Samples, writer, request.Options.Shape.Vocabulary, request.Options.Shape.Context, request.CheckpointFolder, cancellationToken);
        var preprocess = new PreprocessConfig(request.Options.ImageSize, Mean, Std);
        var options = request.Options with { Shape = request.Options.Shape with { Vocabulary = vocabulary.Size } };
        log?.Report($"training on {data.Samples.Count(s => s.Split == Split.Train)} photos, {data.Skipped.Count} rows skipped, {vocabulary.Size} tokens");

        using var trainer = new Trainer(options, data.Samples, data.Photos, writer, vocabulary.Tokenizer, preprocess, time ?? TimeProvider.System);
        var checkpoint = new Checkpoint(request.CheckpointFolder, Fingerprint(options, data));
        trainer.Run(checkpoint, progress, cancellationToken);

        log?.Report("writing the pack");
        var source = PackExport.Source(request, data, grammar, wordings, vocabulary, trainer.Average, preprocess, ontology);
        var manifest = PackBuilder.Build(source, request.Output, cancellationToken: cancellationToken);
        checkpoint.Delete();
        return new TrainedPack(manifest, request.Output, data.Samples.ToDictionary(s => s.Id, s => s.Split));
    }

    private static string Fingerprint(TrainingOptions options, TrainingData data)
    {
        var text = JsonSerializer.Serialize(options with { CheckpointEvery = TimeSpan.Zero }) + string.Concat(data.Samples.Select(s => $"\n{s.Id} {s.Label} {s.Split}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
