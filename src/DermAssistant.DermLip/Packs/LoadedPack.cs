using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace DermAssistant.DermLip;

/// <summary>A pack with open sessions, before or after its golden vectors were checked.</summary>
internal sealed class LoadedPack : IDisposable
{
    public const string ImageGraph = "image.onnx";

    /// <summary>The image tower with an embedding a patch; opened when one is asked for. Packs of older versions have both in one graph.</summary>
    public const string PatchesGraph = "patches.onnx";

    public const string ImageWeights = "image.safetensors";
    public const string TextGraph = "text.onnx";
    public const string TextWeights = "text.safetensors";

    public static IReadOnlyList<GraphFile> ImageGraphs { get; } =
        [new(ImageGraph, OnnxImageEncoder.Embedding), new(PatchesGraph, OnnxImageEncoder.Embedding, OnnxImageEncoder.Patches)];

    public static IReadOnlyList<GraphFile> TextGraphs { get; } = [new(TextGraph, OnnxTextEncoder.Embedding)];

    /// <summary>Files up to this size are hashed at every start, which takes some tens of milliseconds; those of the built-in pack are smaller.</summary>
    private const long HashLimit = 32 << 20;

    private LoadedPack(string directory, PackDescription description, ITextTokenizer tokenizer, Task<OnnxImageEncoder> image, Task<OnnxTextEncoder> text)
    {
        Directory = directory;
        Description = description;
        Tokenizer = tokenizer;
        ImageOpening = image;
        TextOpening = text;
    }

    public string Directory { get; }

    public PackDescription Description { get; }

    /// <summary>The image encoder; waits for it to be open.</summary>
    /// <exception cref="ModelPackException">A file of it is missing or does not fit.</exception>
    public OnnxImageEncoder Image => ImageOpening.GetAwaiter().GetResult();

    /// <summary><see cref="Image"/> without waiting.</summary>
    public Task<OnnxImageEncoder> ImageOpening { get; }

    /// <summary>The text encoder; waits for it to be open.</summary>
    /// <exception cref="ModelPackException">A file of it is missing or does not fit.</exception>
    public OnnxTextEncoder Text => TextOpening.GetAwaiter().GetResult();

    /// <summary><see cref="Text"/> without waiting.</summary>
    public Task<OnnxTextEncoder> TextOpening { get; }

    public ITextTokenizer Tokenizer { get; }

    /// <summary>Checks the files of a pack folder and begins to open its encoders.</summary>
    /// <exception cref="ModelPackException">A file is missing, changed or does not fit.</exception>
    public static LoadedPack Open(string directory, EncoderOptions options, ILogger logger, bool hashAll = false)
    {
        // Each takes as long as the other: what a pack has is read while ONNX Runtime is loaded.
        var reading = Task.Run(() => PackFiles.Read(directory, hashAll ? long.MaxValue : HashLimit));
        SessionFactory.LoadRuntime();
        var files = reading.GetAwaiter().GetResult();
        var (manifest, details) = (files.Description.Manifest, files.Description.Details);
        ITextTokenizer tokenizer = manifest.Tokenizer is { } kind
            ? new LazyTokenizer(kind, details.ContextLength, () => LoadTokenizer(directory, files.Description))
            : new MissingTokenizer(manifest.Id, details.ContextLength);
        InferenceSession Session(string graph, PackWeights weights, bool convolutions, bool laidOut = false) =>
            SessionFactory.Open(Path.Combine(directory, graph), options, logger, weights, manifest.Precision, convolutions, laidOut);
        OnnxTextEncoder OpenText(PackWeights weights) =>
            new(Session(TextGraph, weights, convolutions: false), weights, tokenizer, manifest.EmbeddingDimension);
        OnnxImageEncoder OpenImage(PackWeights weights)
        {
            InferenceSession Image(string graph, bool laidOut = false) => Session(graph, weights, manifest.ImageTower == ModifiedResNetTower.Name, laidOut);
            var views = manifest.ImageViews == ImageViews.Dihedral ? DihedralViews.Count : 1;
            OnnxImageEncoder Encoder(ImageSession session, Lazy<InferenceSession>? patches) =>
                new(session, patches, weights, files.Config.Preprocess, manifest.EmbeddingDimension, details.PatchGrid, views, SessionFactory.BatchFor(manifest.Precision));
            var session = new ImageSession(Image(ImageGraph), manifest.Precision == PackPrecision.Int8 ? Faster : null);
            InferenceSession Faster() => Proven(() => Image(ImageGraph, laidOut: true), session => Encoder(session, null), directory, files.Description, logger);
            return Encoder(session, File.Exists(Path.Combine(directory, PatchesGraph)) ? new Lazy<InferenceSession>(() => Image(PatchesGraph)) : null);
        }

        // ONNX Runtime opens one at a time. The image encoder comes second, because its golden vectors take all processors, while
        // the captions are checked as it opens.
        var text = Task.Run(() => OpenWith(files.TextWeights, OpenText));
        var image = text.ContinueWith(
            _ => OpenWith(files.ImageWeights, OpenImage), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return new LoadedPack(directory, files.Description, tokenizer, image, text);
    }

    private static ITextTokenizer LoadTokenizer(string directory, PackDescription description) =>
        TokenizerFolder.Load(directory, description.Manifest.Tokenizer == "wordpiece", description.Details.ContextLength)
        ?? throw new ModelPackException($"The pack {description.Manifest.Id} lacks its tokenizer files.", "Remove the pack and add it again.");

    /// <summary>Opens an encoder, which then owns the weights.</summary>
    private static T OpenWith<T>(PackWeights weights, Func<PackWeights, T> open)
    {
        try
        {
            NativeHeap.UseLargePages();
            return open(weights);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>Opens an int8 image session that is to take the place of the first one, and gives it when it reproduces the golden vectors too.</summary>
    private static InferenceSession Proven(
        Func<InferenceSession> open, Func<ImageSession, OnnxImageEncoder> encoder, string directory, PackDescription description, ILogger logger)
    {
        var id = description.Manifest.Id;
        try
        {
            var session = open();
            // The encoder owns neither the session nor the weights, so it is not disposed.
            var golden = ImageVectors.Read(Path.Combine(directory, PackVectors.Folder), description);
            var check = golden?.Compare(encoder(new ImageSession(session, open: null)));
            if (PackTolerance.Holds(check, PackPrecision.Int8, PackTolerance.OpeningMaxAbs)) return session;
            session.Dispose();
            throw new ModelPackException(
                $"With its weights laid out for this processor, the pack {id} does not reproduce its golden vectors (image {check}).",
                "Report the processor and the ONNX Runtime version.");
        }
        catch (Exception e) when (e is ModelPackException or IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(e, "The pack {Pack} goes on as it was opened and becomes no faster: {Reason}", id, e.Message);
            throw;
        }
    }

    /// <summary>Ends what may still be opening.</summary>
    private static void Abandon<T>(Task<T> opening)
        where T : IDisposable =>
        opening.ContinueWith(
            static task =>
            {
                // Looking at the exception of a task nobody waits for keeps it from being reported as lost.
                if (task.IsCompletedSuccessfully) task.Result.Dispose();
                else _ = task.Exception;
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <summary>Checks the golden vectors and hands the pack over; disposes it when they fail.</summary>
    /// <exception cref="ModelPackException">The embeddings are not those the pack was made with.</exception>
    public ModelPack Serve()
    {
        try
        {
            var check = PackVectors.Check(this, Path.Combine(Directory, PackVectors.Folder), PackTolerance.OpeningMaxAbs, padded: true);
            if (!check.Passed)
                throw new ModelPackException(
                    $"The pack {Description.Manifest.Id} does not reproduce its golden vectors (image {check.Image}, text {check.Text}) and is not served.",
                    "Remove the pack and add it again; if it happens again, report the processor and the ONNX Runtime version.");
            return Unchecked();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The pack whatever its golden vectors say, for comparisons; disposing it disposes this.</summary>
    public ModelPack Unchecked() => new() { Directory = Directory, Manifest = Description.Manifest, Image = Image, Text = Text, Tokenizer = Tokenizer };

    public void Dispose()
    {
        Abandon(ImageOpening);
        Abandon(TextOpening);
    }
}
