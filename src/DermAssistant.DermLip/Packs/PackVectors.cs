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
    /// <param name="padded">See <see cref="CaptionVectors.Compare"/>.</param>
    /// <exception cref="ModelPackException">The folder has no vectors, or they are of another shape.</exception>
    public static PackVerification Check(LoadedPack pack, string folder, double maxAbs, bool padded = false)
    {
        // Read while the encoders are still being opened.
        var images = ImageVectors.Read(folder, pack.Description);
        var captions = CaptionVectors.Read(folder, pack.Description);
        if (images is null && captions is null)
            throw new ModelPackException(
                $"{folder} holds no vectors to compare with.",
                $"Put {InImage} with {ImageFeatures}, or {InTokens} with {TextFeatures}, into the folder.");
        var checkingText = pack.TextOpening.ContinueWith(
            opened => captions?.Compare(opened.GetAwaiter().GetResult(), padded), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        VectorComparison? image;
        try
        {
            image = images?.Compare(pack.Image);
        }
        finally
        {
            // Nobody may close a session that is still computing.
            ((IAsyncResult)checkingText).AsyncWaitHandle.WaitOne();
        }

        var text = checkingText.GetAwaiter().GetResult();
        var precision = pack.Description.Manifest.Precision;
        var passed = PackTolerance.Holds(image, precision, maxAbs) && PackTolerance.Holds(text, precision, maxAbs);
        return new PackVerification(passed, image, text);
    }

    /// <summary>Whether a folder has inputs, which need the features to expect of them.</summary>
    public static bool Exist(string folder, string inputs, string features)
    {
        if (!File.Exists(Path.Combine(folder, inputs))) return false;
        if (File.Exists(Path.Combine(folder, features))) return true;
        throw new ModelPackException($"{folder} has {inputs} but not {features}.", $"Put {features} beside it, or take {inputs} out.");
    }

    public static ModelPackException Unfit(string folder, string file, int[] shape, string expected) => new(
        $"{Path.Combine(folder, file)} has the shape {StateTensor.Describe(shape)} instead of {expected}.",
        "Give vectors made with the same model.");
}
