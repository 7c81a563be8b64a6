using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DermAssistant.DermLip;

/// <summary>Makes model packs: an open_clip configuration and a state dict become two ONNX graphs.</summary>
/// <remarks>The golden vectors come from a plain forward pass over the state dict; a pack whose graphs differ from it by more than
/// 2e-6 in a number of a normalised embedding is not kept. Nothing is left behind by a failure.</remarks>
public static class PackBuilder
{
    /// <summary>State dicts with more numbers than this get one golden image, others two; checking them is part of every start.</summary>
    private const long LargeModel = 20_000_000;

    /// <summary>Some BERTs have rows that belong to no token, up to the next multiple of the larger of these.</summary>
    private static readonly int[] RoundRows = [128, 64];

    /// <summary>Makes a pack.</summary>
    /// <param name="destination">The folder of the pack; must not exist, unless <paramref name="replace"/>.</param>
    /// <exception cref="ModelPackException">The parts do not fit together, or the folder cannot be written.</exception>
    public static PackManifest Build(
        PackSource source, string destination, bool replace = false, EncoderOptions? options = null, ILogger? logger = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        logger ??= NullLogger.Instance;
        options ??= new EncoderOptions();
        PackId.Require(source.Id);
        return PackFolder.Write(destination, replace, folder =>
        {
            using var weights = OpenWeights(source).RequireFinite();
            var config = OpenClipConfig.Parse(source.ConfigJson, OpenClipConfig.FileName);
            // A config.json beside a CLIP text tower is of something else.
            var bert = source.BertConfigJson is { } json && BertRecognition.IsIn(weights) ? BertConfig.Parse(json, source.BertConfigName) : null;
            var towers = TowerRecognition.Recognise(weights, config, source.QuickGelu, bert);
            Tell([.. source.Guesses, .. towers.Guesses], weights.Source, logger);
            WriteFiles(source, folder);
            var tokenizer = LoadTokenizer(folder, towers.Text);
            logger.LogInformation("Writing the graphs of {Image} and {Text}.", towers.Image.Kind, towers.Text.Kind);
            WriteGraphs(towers, weights, source.ImageViews, folder, cancellationToken);
            logger.LogInformation("Computing the golden vectors.");
            WriteGolden(source, towers, weights, tokenizer, folder, cancellationToken);
            var description = Describe(source, towers, tokenizer, folder);
            description.Write(folder);
            Prove(folder, options, logger);
            return description.Manifest;
        });
    }

    private static StateDict OpenWeights(PackSource source) => (source.Weights, source.WeightsFile) switch
    {
        ({ } tensors, null) => StateDict.FromMemory(source.Id, tensors),
        (null, { } file) => CheckpointReader.Open(file),
        _ => throw new ArgumentException("Give either Weights or WeightsFile.", nameof(source)),
    };

    private static void Tell(List<string> guesses, string checkpoint, ILogger logger)
    {
        if (guesses.Count > 0)
            logger.LogWarning(
                "{Checkpoint} does not say all that its embeddings depend on. Taken as published models have it: {Guesses}. Where that is wrong, so are the embeddings: put the model's configuration beside it, or compare with 'derm models verify PACK --vectors DIR'.",
                checkpoint, string.Join("; ", guesses));
    }

    private static void WriteFiles(PackSource source, string folder)
    {
        File.WriteAllText(Path.Combine(folder, OpenClipConfig.FileName), source.ConfigJson);
        foreach (var (name, content) in source.TokenizerFiles.Concat(source.OtherFiles))
            File.WriteAllBytes(Path.Combine(folder, Path.GetFileName(name)), content);
    }

    private static ITextTokenizer? LoadTokenizer(string folder, ITextTower tower)
    {
        var wordPiece = tower is BertTower;
        ITextTokenizer? tokenizer;
        try
        {
            tokenizer = TokenizerFolder.Load(folder, wordPiece, tower.ContextLength);
        }
        catch (ModelPackException e)
        {
            // The folder is the half-made pack's, which nobody knows of.
            throw new ModelPackException(e.Message.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), e.Hint, e);
        }

        if (tokenizer is null) return null;
        var spare = tower.VocabularySize - tokenizer.VocabularySize;
        return spare == 0 || spare > 0 && wordPiece && spare < Rounding(tower.VocabularySize)
            ? tokenizer
            : throw new ModelPackException(
                $"{string.Join(" with ", TokenizerFolder.Files(folder, wordPiece))} {(wordPiece ? "has" : "have")} {tokenizer.VocabularySize} tokens, but the text tower has {tower.VocabularySize}.",
                "Use the tokenizer files of the model the checkpoint belongs to.");
    }

    private static int Rounding(int rows) => RoundRows.FirstOrDefault(round => rows % round == 0);

    private static void WriteGraphs(TowerPair towers, StateDict weights, ImageViews views, string folder, CancellationToken cancellationToken)
    {
        var image = new GraphBuilder("image");
        var tower = towers.Image;
        var pixels = image.Input(OnnxImageEncoder.Input, GraphBuilder.FloatType, -1, 3, tower.ImageSize, tower.ImageSize);
        var (embedding, patches) = views == ImageViews.Dihedral ? DihedralViews.Build(image, tower, weights, pixels) : Single(image, tower, weights, pixels);
        image.Output(OnnxImageEncoder.Embedding, embedding, -1, tower.Dimension);
        image.Output(OnnxImageEncoder.Patches, patches, -1, tower.PatchGrid * tower.PatchGrid, tower.Dimension);
        image.Save(folder, LoadedPack.ImageWeights, LoadedPack.ImageGraphs, cancellationToken);

        var text = new GraphBuilder("text");
        var tokens = text.Input(OnnxTextEncoder.Input, GraphBuilder.Int64Type, -1, -1);
        text.Output(OnnxTextEncoder.Embedding, text.Normalize(towers.Text.Build(text, weights, tokens)), -1, tower.Dimension);
        text.Save(folder, LoadedPack.TextWeights, LoadedPack.TextGraphs, cancellationToken);
    }

    private static (string Embedding, string Patches) Single(GraphBuilder graph, IImageTower tower, StateDict weights, string pixels)
    {
        var (embedding, patches) = tower.Build(graph, weights, pixels);
        var map = graph.Reshape(graph.Normalize(patches), -1, tower.PatchGrid * tower.PatchGrid, tower.Dimension);
        return (graph.Normalize(embedding), map);
    }

    private static void WriteGolden(
        PackSource source, TowerPair towers, StateDict weights, ITextTokenizer? tokenizer, string folder, CancellationToken cancellationToken)
    {
        var golden = Directory.CreateDirectory(Path.Combine(folder, PackVectors.Folder)).FullName;
        int side = towers.Image.ImageSize, dimension = towers.Image.Dimension, size = 3 * side * side;
        var pixels = source.GoldenImages ?? GoldenInputs.Images(weights.Tensors.Sum(tensor => tensor.Count) > LargeModel ? 1 : 2, side);
        if (pixels.Length == 0 || pixels.Length % size != 0)
            throw new ArgumentException($"GoldenImages has {pixels.Length} values, which is no multiple of {size}.", nameof(source));
        var count = pixels.Length / size;
        cancellationToken.ThrowIfCancellationRequested();
        var embedding = source.ImageViews == ImageViews.Dihedral
            ? DihedralViews.Forward(towers.Image, weights, pixels, count).Embedding
            : towers.Image.Forward(weights, pixels, count).Embedding;
        PlainLayers.Normalize(embedding, dimension);
        Npy.Write(Path.Combine(golden, PackVectors.InImage), pixels, count, 3, side, side);
        Npy.Write(Path.Combine(golden, PackVectors.ImageFeatures), embedding, count, dimension);

        cancellationToken.ThrowIfCancellationRequested();
        var rows = tokenizer is null ? GoldenInputs.Tokens(towers.Text) : Pad(source.GoldenTexts.Select(tokenizer.EncodeUserText).ToList(), towers.Text.PadId);
        var tokens = rows.SelectMany(row => row).ToArray();
        var features = towers.Text.Forward(weights, tokens, rows.Length);
        PlainLayers.Normalize(features, dimension);
        Npy.Write(Path.Combine(golden, PackVectors.InTokens), tokens, rows.Length, rows[0].Length);
        Npy.Write(Path.Combine(golden, PackVectors.TextFeatures), features, rows.Length, dimension);
    }

    private static long[][] Pad(List<int[]> rows, int padId)
    {
        var length = rows.Max(row => row.Length);
        return [.. rows.Select(row => row.Select(id => (long)id).Concat(Enumerable.Repeat((long)padId, length - row.Length)).ToArray())];
    }

    private static PackDescription Describe(PackSource source, TowerPair towers, ITextTokenizer? tokenizer, string folder)
    {
        string[] graphs = [LoadedPack.ImageGraph, LoadedPack.PatchesGraph, LoadedPack.ImageWeights, LoadedPack.TextGraph, LoadedPack.TextWeights];
        string[] golden = [PackVectors.InImage, PackVectors.ImageFeatures, PackVectors.InTokens, PackVectors.TextFeatures];
        var files = new[] { OpenClipConfig.FileName }
            .Concat(graphs)
            .Concat(TokenizerFolder.Files(folder, towers.Text is BertTower))
            .Concat(golden.Select(file => $"{PackVectors.Folder}/{file}"))
            .Select(file => PackFile.Of(folder, file)).ToList();
        var manifest = new PackManifest(
            source.Id, Version(files), source.Name, source.Licence, towers.Image.Dimension, towers.LogitScale, towers.Image.Kind, towers.Text.Kind)
        {
            ImageViews = source.ImageViews,
            QuickGelu = towers.QuickGelu,
            Tokenizer = tokenizer?.Kind,
        };
        var details = new PackDetails(
            towers.Image.ImageSize, towers.Image.PatchGrid, towers.Text.ContextLength, towers.Text.VocabularySize, towers.Text.PadId, towers.Text is ClipTextTower);
        return new PackDescription(manifest, details, files);
    }

    /// <summary>The first twelve digits of the SHA-256 over the hashes of the graphs, weights, configuration and tokenizer.</summary>
    internal static string Version(IEnumerable<PackFile> files)
    {
        var lines = files.Where(file => !file.Name.StartsWith(PackVectors.Folder, StringComparison.Ordinal)).Select(file => $"{file.Name} {file.Sha256}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))))[..12];
    }

    private static void Prove(string folder, EncoderOptions options, ILogger logger)
    {
        using var pack = LoadedPack.Open(folder, options, logger);
        var check = PackVectors.Check(pack, Path.Combine(folder, PackVectors.Folder), PackTolerance.Float32MaxAbs);
        if (!check.Passed)
            throw new ModelPackException(
                $"The graphs of {pack.Description.Manifest.Id} differ from the plain forward pass (image {check.Image}, text {check.Text}; allowed is {PackTolerance.Float32MaxAbs}).",
                "Check that the weights are whole and of a usual size; report the model if they are.");
    }
}
