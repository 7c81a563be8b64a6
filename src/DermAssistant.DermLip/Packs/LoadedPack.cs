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

    private LoadedPack(string directory, PackDescription description, OnnxImageEncoder image, OnnxTextEncoder text, ITextTokenizer tokenizer)
    {
        Directory = directory;
        Description = description;
        Image = image;
        Text = text;
        Tokenizer = tokenizer;
    }

    public string Directory { get; }

    public PackDescription Description { get; }

    public OnnxImageEncoder Image { get; }

    public OnnxTextEncoder Text { get; }

    public ITextTokenizer Tokenizer { get; }

    /// <summary>Opens the sessions of a pack folder.</summary>
    /// <exception cref="ModelPackException">A file is missing, changed or does not fit.</exception>
    public static LoadedPack Open(string directory, EncoderOptions options, ILogger logger, bool hashAll = false)
    {
        var description = PackDescription.Read(directory);
        description.CheckFiles(directory, hashAll ? long.MaxValue : HashLimit);
        var (manifest, details) = (description.Manifest, description.Details);
        var configPath = Path.Combine(directory, OpenClipConfig.FileName);
        var config = OpenClipConfig.Parse(File.ReadAllText(configPath), configPath);
        var textSession = Task.Run(() => SessionFactory.Open(Path.Combine(directory, TextGraph), options, logger));
        var tokenizer = Task.Run<ITextTokenizer>(() => manifest.Tokenizer is null
            ? new MissingTokenizer(manifest.Id, details.ContextLength)
            : TokenizerFolder.Load(directory, manifest.Tokenizer == "wordpiece", details.ContextLength)
              ?? throw new ModelPackException($"The pack {manifest.Id} lacks its tokenizer files.", "Remove the pack and add it again."));
        OnnxImageEncoder? imageEncoder = null;
        try
        {
            // The rows of a photo are many, so laying the weights out anew for the processor gains nothing that opening would not pay for.
            var mapped = manifest.Precision == PackPrecision.Float32;
            InferenceSession Image(string graph) => SessionFactory.Open(Path.Combine(directory, graph), options, logger, mapped);
            var views = manifest.ImageViews == ImageViews.Dihedral ? DihedralViews.Count : 1;
            var patches = File.Exists(Path.Combine(directory, PatchesGraph)) ? new Lazy<InferenceSession>(() => Image(PatchesGraph)) : null;
            imageEncoder = new OnnxImageEncoder(Image(ImageGraph), patches, config.Preprocess, manifest.EmbeddingDimension, details.PatchGrid, views);
            var loadedTokenizer = tokenizer.GetAwaiter().GetResult();
            return new LoadedPack(
                directory, description, imageEncoder,
                new OnnxTextEncoder(textSession.GetAwaiter().GetResult(), loadedTokenizer, manifest.EmbeddingDimension), loadedTokenizer);
        }
        catch
        {
            imageEncoder?.Dispose();

            // The other session may still be opening; it must not outlive the failure.
            _ = textSession.ContinueWith(task => task.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }
    }

    /// <summary>Checks the golden vectors and hands the pack over; disposes it when they fail.</summary>
    /// <exception cref="ModelPackException">The embeddings are not those the pack was made with.</exception>
    public ModelPack Serve()
    {
        try
        {
            var check = PackVectors.Check(this, Path.Combine(Directory, PackVectors.Folder), PackTolerance.OpeningMaxAbs);
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
        Image.Dispose();
        Text.Dispose();
    }
}
