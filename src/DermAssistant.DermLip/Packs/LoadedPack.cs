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

    private readonly Task<ITextTokenizer> _tokenizer;
    private readonly Task<OnnxTextEncoder> _text;

    private LoadedPack(string directory, PackDescription description, OnnxImageEncoder image, Task<ITextTokenizer> tokenizer, Task<OnnxTextEncoder> text)
    {
        Directory = directory;
        Description = description;
        Image = image;
        _tokenizer = tokenizer;
        _text = text;
    }

    public string Directory { get; }

    public PackDescription Description { get; }

    public OnnxImageEncoder Image { get; }

    /// <summary>The text encoder, which goes on opening while the image encoder is used already.</summary>
    /// <exception cref="ModelPackException">A file of it is missing or does not fit.</exception>
    public OnnxTextEncoder Text => _text.GetAwaiter().GetResult();

    /// <exception cref="ModelPackException">A file of it is missing or does not fit.</exception>
    public ITextTokenizer Tokenizer => _tokenizer.GetAwaiter().GetResult();

    /// <summary>Opens the sessions of a pack folder.</summary>
    /// <exception cref="ModelPackException">A file is missing, changed or does not fit.</exception>
    public static LoadedPack Open(string directory, EncoderOptions options, ILogger logger, bool hashAll = false)
    {
        var description = PackDescription.Read(directory);
        description.CheckFiles(directory, hashAll ? long.MaxValue : HashLimit);
        var (manifest, details) = (description.Manifest, description.Details);
        var configPath = Path.Combine(directory, OpenClipConfig.FileName);
        var config = OpenClipConfig.Parse(File.ReadAllText(configPath), configPath);
        var tokenizer = Task.Run<ITextTokenizer>(() => manifest.Tokenizer is null
            ? new MissingTokenizer(manifest.Id, details.ContextLength)
            : TokenizerFolder.Load(directory, manifest.Tokenizer == "wordpiece", details.ContextLength)
              ?? throw new ModelPackException($"The pack {manifest.Id} lacks its tokenizer files.", "Remove the pack and add it again."));
        var text = Task.Run(async () =>
        {
            // Laying out a quarter of a gigabyte takes longer than all the captions of most sessions.
            var session = SessionFactory.Open(Path.Combine(directory, TextGraph), options, logger, mapped: true);
            try
            {
                return new OnnxTextEncoder(session, await tokenizer, manifest.EmbeddingDimension);
            }
            catch
            {
                session.Dispose();
                throw;
            }
        });
        try
        {
            // Integer products gain a quarter from weights laid out for the processor; products of floats, with as many rows as a photo has, next to nothing.
            var mapped = manifest.Precision == PackPrecision.Float32;
            InferenceSession Image(string graph) => SessionFactory.Open(Path.Combine(directory, graph), options, logger, mapped);
            var views = manifest.ImageViews == ImageViews.Dihedral ? DihedralViews.Count : 1;
            var patches = File.Exists(Path.Combine(directory, PatchesGraph)) ? new Lazy<InferenceSession>(() => Image(PatchesGraph)) : null;
            var image = new OnnxImageEncoder(Image(ImageGraph), patches, config.Preprocess, manifest.EmbeddingDimension, details.PatchGrid, views);
            return new LoadedPack(directory, description, image, tokenizer, text);
        }
        catch
        {
            Abandon(text);
            throw;
        }
    }

    /// <summary>Ends an encoder that may still be opening.</summary>
    private static void Abandon(Task<OnnxTextEncoder> text) =>
        text.ContinueWith(
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
        Abandon(_text);
    }
}
