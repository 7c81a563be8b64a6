using Microsoft.Extensions.Logging;

namespace DermAssistant.DermLip;

/// <summary>A pack with open sessions, before or after its golden vectors were checked.</summary>
internal sealed class LoadedPack : IDisposable
{
    public const string ImageGraph = "image.onnx";
    public const string TextGraph = "text.onnx";

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
            var image = SessionFactory.Open(Path.Combine(directory, ImageGraph), options, logger);
            var views = manifest.ImageViews == ImageViews.Dihedral ? DihedralViews.Count : 1;
            imageEncoder = new OnnxImageEncoder(image, config.Preprocess, manifest.EmbeddingDimension, details.PatchGrid, views);
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
            return new ModelPack { Directory = Directory, Manifest = Description.Manifest, Image = Image, Text = Text, Tokenizer = Tokenizer };
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Image.Dispose();
        Text.Dispose();
    }
}
