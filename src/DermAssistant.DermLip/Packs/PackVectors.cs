namespace DermAssistant.DermLip;

/// <summary>A folder of inputs and the normalised embeddings that belong to them.</summary>
internal static class PackVectors
{
    public const string Folder = "golden";
    public const string InImage = "in_image.npy";
    public const string InTokens = "in_tokens.npy";
    public const string ImageFeatures = "image_features_norm.npy";
    public const string TextFeatures = "text_features_norm.npy";

    /// <summary>Runs the encoders, each as soon as it is open, on the inputs of a folder and compares.</summary>
    /// <exception cref="ModelPackException">The folder has no vectors, or they are of another shape.</exception>
    public static PackVerification Check(LoadedPack pack, string folder, double maxAbs)
    {
        var checkingText = CheckText(pack, folder);
        VectorComparison? image;
        try
        {
            image = CheckImage(pack.Image, folder);
        }
        finally
        {
            // Nobody may close a session that is still computing.
            ((IAsyncResult)checkingText).AsyncWaitHandle.WaitOne();
        }

        var text = checkingText.GetAwaiter().GetResult();
        if (image is null && text is null)
            throw new ModelPackException(
                $"{folder} holds no vectors to compare with.",
                $"Put {InImage} with {ImageFeatures}, or {InTokens} with {TextFeatures}, into the folder.");
        var precision = pack.Description.Manifest.Precision;
        var passed = PackTolerance.Holds(image, precision, maxAbs) && PackTolerance.Holds(text, precision, maxAbs);
        return new PackVerification(passed, image, text);
    }

    /// <summary>Whether a folder has inputs, which need the features to expect of them.</summary>
    private static bool Exists(string folder, string inputs, string features)
    {
        if (!File.Exists(Path.Combine(folder, inputs))) return false;
        if (File.Exists(Path.Combine(folder, features))) return true;
        throw new ModelPackException($"{folder} has {inputs} but not {features}.", $"Put {features} beside it, or take {inputs} out.");
    }

    /// <summary>Runs an image encoder on the pictures of a folder; null where it has none.</summary>
    /// <exception cref="ModelPackException">The vectors are of another shape.</exception>
    public static VectorComparison? CheckImage(IImageEncoder encoder, string folder)
    {
        if (!Exists(folder, InImage, ImageFeatures)) return null;
        var (pixels, shape) = Npy.ReadFloats(Path.Combine(folder, InImage));
        var (given, givenShape) = Npy.ReadFloats(Path.Combine(folder, ImageFeatures));
        int side = encoder.Preprocess.ImageSize, dimension = encoder.Dimension;
        if (shape is not [> 0 and var count, 3, var height, var width] || height != side || width != side)
            throw Unfit(folder, InImage, shape, $"[N, 3, {side}, {side}]");
        if (!givenShape.SequenceEqual([count, dimension]))
            throw Unfit(folder, ImageFeatures, givenShape, $"[{count}, {dimension}]");
        var computed = new float[count * dimension];
        encoder.Encode(pixels, count, computed);
        return VectorComparison.Of(computed, given, dimension);
    }

    private static async Task<VectorComparison?> CheckText(LoadedPack pack, string folder)
    {
        if (!Exists(folder, InTokens, TextFeatures)) return null;
        var (tokens, shape) = Npy.ReadIntegers(Path.Combine(folder, InTokens));
        var (given, givenShape) = Npy.ReadFloats(Path.Combine(folder, TextFeatures));
        var details = pack.Description.Details;
        var encoder = await pack.TextOpening;
        var dimension = encoder.Dimension;
        if (shape is not [> 0 and var count, var length] || length < 1)
            throw Unfit(folder, InTokens, shape, "[N, L]");
        if (!givenShape.SequenceEqual([count, dimension]))
            throw Unfit(folder, TextFeatures, givenShape, $"[{count}, {dimension}]");
        if (tokens.Any(token => token < 0 || token >= details.VocabularySize))
            throw new ModelPackException(
                $"{Path.Combine(folder, InTokens)} has a token id outside 0 to {details.VocabularySize - 1}.", "Make the tokens with the tokenizer of this model.");
        var rows = Enumerable.Range(0, count)
            .Select(row => TokenRows.Trim(tokens.AsSpan(row * length, length), details.Causal, details.PadId)).ToList();
        if (rows.Any(row => row.Length > details.ContextLength))
            throw Unfit(folder, InTokens, shape, $"[N, up to {details.ContextLength}]");
        return VectorComparison.Of(encoder.EncodeTokens(rows), given, dimension);
    }

    private static ModelPackException Unfit(string folder, string file, int[] shape, string expected) => new(
        $"{Path.Combine(folder, file)} has the shape {StateTensor.Describe(shape)} instead of {expected}.",
        "Give vectors made with the same model.");
}
