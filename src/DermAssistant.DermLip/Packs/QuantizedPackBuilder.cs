using System.Numerics.Tensors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DermAssistant.DermLip;

/// <summary>Makes the int8 variant of a float32 pack.</summary>
/// <remarks>The variant is compared with its origin on real photos and on texts; where one cosine is below .99 it is not kept.
/// The error is stored in its manifest, and the golden vectors stay the float32 ones.</remarks>
public static class QuantizedPackBuilder
{
    private static readonly string[] Compared =
    [
        "melanoma", "melanocytic nevus", "basal cell carcinoma", "seborrheic keratosis", "dermatofibroma", "actinic keratosis", "psoriasis", "eczema",
        "a dermoscopic image of a pigmented lesion on the back of a man", "a clinical photo of a scaly plaque on the elbow",
    ];

    /// <summary>Makes the variant.</summary>
    /// <param name="packFolder">A float32 pack.</param>
    /// <param name="destination">The folder of the new pack; must not exist.</param>
    /// <param name="pixels">Photos as the image encoder sees them, [n, 3, size, size] normalised (<see cref="ModelPack.Pixels"/>); at least one.</param>
    /// <param name="judge">Compares what both say of photos; null to compare by a few fixed texts.</param>
    /// <exception cref="ModelPackException">The pack is no float32 pack, has nothing to quantise, or the error is too large.</exception>
    public static PackManifest Build(
        string packFolder, string destination, string id, float[] pixels, QuantizationJudge? judge = null, EncoderOptions? options = null, ILogger? logger = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        PackId.Require(id);
        options ??= new EncoderOptions();
        logger ??= NullLogger.Instance;
        using var origin = LoadedPack.Open(packFolder, options, logger);
        var manifest = origin.Description.Manifest;
        if (manifest.Precision != PackPrecision.Float32)
            throw new ModelPackException($"The pack {manifest.Id} is quantised already.", "Quantise the float32 pack it was made from.");
        return PackFolder.Write(destination, false, folder =>
        {
            Copy(packFolder, folder);
            var products = GraphQuantizer.Rewrite(packFolder, folder, LoadedPack.ImageWeights, LoadedPack.ImageGraphs.Select(graph => graph.Name), cancellationToken)
                + GraphQuantizer.Rewrite(packFolder, folder, LoadedPack.TextWeights, LoadedPack.TextGraphs.Select(graph => graph.Name), cancellationToken);
            if (products == 0)
                throw new ModelPackException($"The pack {manifest.Id} has no transformer blocks to quantise.", "Use the pack as it is; it is small already.");
            logger.LogInformation("{Products} matrix products were quantised; comparing with float32.", products);
            var draft = Describe(origin.Description, folder, id, null);
            draft.Write(folder);
            var description = Describe(origin.Description, folder, id, Compare(origin, folder, pixels, judge, options, logger));
            description.Write(folder);
            return description.Manifest;
        });
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(from, file);
            var isGraph = Path.GetExtension(name) is ".onnx" or ".safetensors" || name == PackDescription.FileName;
            if (isGraph) continue;
            var target = Path.Combine(to, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static PackDescription Describe(PackDescription origin, string folder, string id, QuantizationError? error)
    {
        var files = origin.Files.Select(file => PackFile.Of(folder, file.Name)).ToList();
        var manifest = origin.Manifest with
        {
            Id = id,
            Name = $"{origin.Manifest.Name} (int8)",
            Version = PackBuilder.Version(files),
            Precision = PackPrecision.Int8,
            Quantization = error,
        };
        return origin with { Manifest = manifest, Files = files };
    }

    private static QuantizationError Compare(LoadedPack origin, string folder, float[] pixels, QuantizationJudge? judge, EncoderOptions options, ILogger logger)
    {
        using var quantised = LoadedPack.Open(folder, options, logger);
        int side = origin.Image.Preprocess.ImageSize, size = 3 * side * side;
        if (pixels.Length == 0 || pixels.Length % size != 0)
            throw new ArgumentException($"{pixels.Length} values are no whole number of images of {size}.", nameof(pixels));
        var count = pixels.Length / size;
        var dimension = origin.Image.Dimension;
        var rows = Rows(origin);
        var (images, roughImages) = (EncodeImages(origin, pixels, count), EncodeImages(quantised, pixels, count));
        var (texts, roughTexts) = (origin.Text.EncodeTokens(rows), quantised.Text.EncodeTokens(rows));
        var imageCosines = Cosines(images, roughImages, dimension);
        var agreement = Enumerable.Range(0, count)
            .Count(i => MostSimilar(images.AsSpan(i * dimension, dimension), texts) == MostSimilar(roughImages.AsSpan(i * dimension, dimension), roughTexts));
        var error = new QuantizationError(
            count, imageCosines.Min(), imageCosines.Average(), agreement / (double)count, rows.Count, Cosines(texts, roughTexts, dimension).Min());
        Require(error);
        return judge?.Invoke(origin.Unchecked(), quantised.Unchecked()) is { } judged
            ? error with { Top1Agreement = judged.Top1Agreement, Labels = judged.Labels, Auroc = judged.Auroc }
            : error;
    }

    private static float[] EncodeImages(LoadedPack pack, float[] pixels, int count)
    {
        var embeddings = new float[count * pack.Image.Dimension];
        pack.Image.Encode(pixels, count, embeddings);
        return embeddings;
    }

    private static double[] Cosines(float[] exact, float[] rough, int dimension) =>
        [.. Enumerable.Range(0, exact.Length / dimension).Select(i =>
            (double)TensorPrimitives.CosineSimilarity(exact.AsSpan(i * dimension, dimension), rough.AsSpan(i * dimension, dimension)))];

    private static int MostSimilar(ReadOnlySpan<float> image, float[] texts)
    {
        var best = 0;
        var highest = float.NegativeInfinity;
        for (var text = 0; text < texts.Length / image.Length; text++)
            if (TensorPrimitives.Dot(image, texts.AsSpan(text * image.Length, image.Length)) is var cosine && cosine > highest)
                (best, highest) = (text, cosine);
        return best;
    }

    private static List<long[]> Rows(LoadedPack origin)
    {
        if (origin.Tokenizer is not MissingTokenizer)
            return [.. Compared.Select(text => Array.ConvertAll(origin.Tokenizer.EncodeUserText(text), id => (long)id))];
        var (tokens, shape) = Npy.ReadIntegers(Path.Combine(origin.Directory, PackVectors.Folder, PackVectors.InTokens));
        return [.. tokens.Chunk(shape[1]).Select(row => TokenRows.Trim(row, origin.Description.Details.Causal, origin.Description.Details.PadId))];
    }

    private static void Require(QuantizationError error)
    {
        if (!(error.MinImageCosine >= PackTolerance.Int8MinCosine && error.MinTextCosine >= PackTolerance.Int8MinCosine))
            throw new ModelPackException(
                $"In int8 the embeddings move too far: the smallest cosine is {error.MinImageCosine:F4} over {error.Images} photos and {error.MinTextCosine:F4} over {error.Texts} texts; {PackTolerance.Int8MinCosine} is required.",
                "Keep the float32 pack.");
    }
}
