using DermAssistant.Imaging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DermAssistant.DermLip;

/// <summary>The packs on this machine.</summary>
/// <remarks>Opening verifies the golden vectors; a pack that fails them is not served. Safe for concurrent use.</remarks>
public sealed class ModelPackStore(ModelPackFolders folders, EncoderOptions? options = null, ILogger<ModelPackStore>? logger = null)
{
    /// <summary>The pack that serves where the user has not chosen one.</summary>
    public const string BuiltInDefault = "derm-mini";

    private const string ChoiceFile = "default-pack.txt";

    private const string Temporary = "derm-verify-";

    private readonly EncoderOptions _options = options ?? new EncoderOptions();
    private readonly ILogger _logger = logger ?? NullLogger<ModelPackStore>.Instance;

    public ModelPackFolders Folders { get; } = folders;

    /// <summary>The packs that can be read, built-in ones first, by id. A damaged <c>pack.json</c> is left out and logged.</summary>
    public IReadOnlyList<PackListing> List()
    {
        var chosen = DefaultId();
        var packs = new List<PackListing>();
        foreach (var pack in Scan(Folders.BuiltIn, true, chosen).Concat(Scan(Folders.User, false, chosen)))
        {
            if (packs.Find(other => other.Manifest.Id == pack.Manifest.Id) is not { } first) packs.Add(pack);
            else _logger.LogWarning("{Directory} holds the pack {Pack} too, and is left out: {First} serves. Remove one of the folders.", pack.Directory, pack.Manifest.Id, first.Directory);
        }

        return packs;
    }

    private IEnumerable<PackListing> Scan(string folder, bool builtIn, string chosen)
    {
        if (!Directory.Exists(folder)) yield break;
        foreach (var directory in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            if (Path.GetFileName(directory).StartsWith('.') || !File.Exists(Path.Combine(directory, PackDescription.FileName))) continue;
            PackManifest manifest;
            try
            {
                manifest = PackDescription.Read(directory).Manifest;
            }
            catch (ModelPackException e)
            {
                _logger.LogWarning("{Message} {Hint}", e.Message, e.Hint);
                continue;
            }

            yield return new PackListing(manifest, directory, builtIn, manifest.Id == chosen);
        }
    }

    /// <summary>The id of the default pack: the user's choice, else <see cref="BuiltInDefault"/>.</summary>
    public string DefaultId()
    {
        var path = Path.Combine(Folders.User, ChoiceFile);
        return File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } id ? id : BuiltInDefault;
    }

    /// <summary>Whether a pack of this id is installed, be it damaged.</summary>
    public bool Has(string id) => Installed(id) is not null;

    /// <summary>Opens the pack with this id, or the default pack.</summary>
    /// <exception cref="ModelPackException">No such pack, or it is damaged.</exception>
    public ModelPack Open(string? id = null) => LoadedPack.Open(DirectoryOf(id ?? DefaultId()), _options, _logger).Serve();

    /// <summary>Makes a pack the default.</summary>
    /// <exception cref="ModelPackException">No such pack.</exception>
    public void Use(string id)
    {
        Find(id);
        var choice = Path.Combine(Folders.User, ChoiceFile);
        var partial = Path.Combine(Folders.User, $".{ChoiceFile}.{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(Folders.User);
            try
            {
                File.WriteAllText(partial, id + "\n");
                File.Move(partial, choice, overwrite: true);
            }
            finally
            {
                if (File.Exists(partial)) File.Delete(partial);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelPackException(
                $"The choice cannot be stored in {choice}: {e.Message.Replace(partial, choice, StringComparison.Ordinal)}",
                "Make the folder writable, or free space on its disk.", e) { Unwritable = true };
        }
    }

    /// <summary>Removes an added pack; a choice of it as the default falls back to <see cref="BuiltInDefault"/>.</summary>
    /// <exception cref="ModelPackException">No such pack, or it ships with the product.</exception>
    public void Remove(string id)
    {
        var directory = Installed(id) ?? throw Unknown(id);
        if (IsBuiltIn(directory))
            throw new ModelPackException($"The pack {id} ships with the product and cannot be removed.", "Choose another default with 'derm models use'.");
        try
        {
            PackFolder.Remove(directory);
            if (DefaultId() == id) File.Delete(Path.Combine(Folders.User, ChoiceFile));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelPackException($"The pack {id} cannot be removed from {directory}: {e.Message}", "Make the folder writable.", e) { Unwritable = true };
        }
    }

    /// <summary>Converts a folder downloaded from the hub, or a checkpoint file, and adds it to the user's packs.</summary>
    /// <param name="path">A folder with weights and <c>open_clip_config.json</c>, or a checkpoint; a configuration beside it is used.</param>
    /// <param name="id">The id of the pack; made of the name of the folder or file where null.</param>
    /// <param name="quickGelu">Overrides <c>quick_gelu</c> of the configuration.</param>
    /// <exception cref="ModelPackException">Something is missing or does not fit; nothing was added.</exception>
    public PackManifest Add(string path, string? id = null, bool? quickGelu = null, CancellationToken cancellationToken = default)
    {
        var source = HubFolder.Read(path, id, quickGelu);
        return PackBuilder.Build(source, Vacant(source.Id), options: _options, logger: _logger, cancellationToken: cancellationToken);
    }

    /// <summary>Makes the int8 variant of a pack and adds it to the user's packs.</summary>
    /// <param name="photos">Real photos to measure the error on; at least one, some dozens for a figure to rely on. Each is let go of after use.</param>
    /// <param name="newId">The id of the variant; the pack's with <c>-int8</c> where null.</param>
    /// <param name="judge">Compares what both say of photos; null to compare by a few fixed texts.</param>
    /// <exception cref="ModelPackException">The error is too large, or the pack cannot be quantised; nothing was added.</exception>
    public PackManifest Quantize(string id, IEnumerable<Photo> photos, string? newId = null, QuantizationJudge? judge = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(photos);
        newId ??= $"{id}-int8";
        var destination = Vacant(newId);
        using var pack = Open(id);
        var pixels = new List<float>();
        foreach (var photo in photos)
        {
            cancellationToken.ThrowIfCancellationRequested();
            pixels.AddRange(pack.Pixels(photo));
        }

        return QuantizedPackBuilder.Build(pack.Directory, destination, newId, [.. pixels], judge, _options, _logger, cancellationToken);
    }

    /// <summary>Compares the embeddings of a pack with given ones, or with its golden vectors.</summary>
    /// <param name="packOrFolder">The id of a pack, a pack folder, or a hub folder or checkpoint, which is converted to a temporary folder.</param>
    /// <param name="vectorsFolder">A folder with inputs and embeddings as in the contract; the pack's own golden vectors where null.</param>
    /// <exception cref="ModelPackException">There is no such pack, a file of it was changed, or there is nothing to compare with.</exception>
    public PackVerification Verify(string packOrFolder, string? vectorsFolder = null, CancellationToken cancellationToken = default)
    {
        if (vectorsFolder is not null && !Directory.Exists(vectorsFolder))
            throw new ModelPackException($"The folder {vectorsFolder} does not exist.", "Give a folder with .npy files.");
        return WithPackFolder(packOrFolder, folder =>
        {
            using var pack = LoadedPack.Open(folder, _options, _logger, hashAll: true);
            return vectorsFolder is null
                ? PackVectors.Check(pack, Path.Combine(folder, PackVectors.Folder), PackTolerance.OpeningMaxAbs)
                : PackVectors.Check(pack, vectorsFolder, PackTolerance.Float32MaxAbs);
        }, cancellationToken);
    }

    /// <summary>The token ids of texts as the reference tokenizer gives them, special tokens included, not padded.</summary>
    /// <param name="packOrFolder">The id of a pack, or a folder with a tokenizer.</param>
    /// <exception cref="ModelPackException">There is no such pack or no tokenizer in the folder.</exception>
    public IReadOnlyList<int[]> Tokenize(string packOrFolder, IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var tokenizer = TokenizerFolder.Open(Installed(packOrFolder) ?? (Directory.Exists(packOrFolder) ? packOrFolder : throw Unknown(packOrFolder)));
        return [.. texts.Select(tokenizer.Encode)];
    }

    // What is installed goes before a folder that is called alike, by chance or because the pack was made of it.
    private T WithPackFolder<T>(string packOrFolder, Func<string, T> use, CancellationToken cancellationToken)
    {
        if (Installed(packOrFolder) is { } installed) return use(installed);
        if (!Path.Exists(packOrFolder)) throw Unknown(packOrFolder);
        if (File.Exists(Path.Combine(packOrFolder, PackDescription.FileName))) return use(packOrFolder);
        foreach (var abandoned in ClaimedFolder.Abandoned(Path.GetTempPath(), Temporary, "")) ClaimedFolder.Remove(abandoned);
        using var temporary = ClaimedFolder.New(Path.GetTempPath(), Temporary, "");
        var folder = Path.Combine(temporary.Folder, "pack");
        PackBuilder.Build(HubFolder.Read(packOrFolder, "verified", null), folder, options: _options, logger: _logger, cancellationToken: cancellationToken);
        return use(folder);
    }

    /// <summary>The folder for a new pack of the user.</summary>
    private string Vacant(string id)
    {
        PackId.Require(id);
        if (Installed(id) is { } taken)
            throw new ModelPackException(
                $"There is a pack {id} already{(IsBuiltIn(taken) ? ", which ships with the product" : "")}.", "Choose another id, or remove that pack first.");
        return Path.Combine(Folders.User, id);
    }

    private bool IsBuiltIn(string directory) => Path.GetFullPath(Path.GetDirectoryName(directory)!) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(Folders.BuiltIn));

    private string DirectoryOf(string id) => Installed(id) ?? throw Unknown(id);

    /// <summary>The folder of the pack with this id, which may be damaged; null where none is installed.</summary>
    private string? Installed(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (List().FirstOrDefault(pack => pack.Manifest.Id == id) is { } listing) return listing.Directory;
        if (!PackId.IsValid(id)) return null;
        // One whose description cannot be read is not listed, and still in the way.
        return new[] { Folders.BuiltIn, Folders.User }.Select(folder => Path.Combine(folder, id)).FirstOrDefault(Directory.Exists);
    }

    private PackListing Find(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return List().FirstOrDefault(pack => pack.Manifest.Id == id) ?? throw Unknown(id);
    }

    private ModelPackException Unknown(string id)
    {
        var packs = List();
        return new(
            $"There is no model pack {id}.",
            packs.Count == 0
                ? $"No pack was found in {Folders.BuiltIn} or {Folders.User}; add one with 'derm models add'."
                : $"The packs are: {string.Join(", ", packs.Select(pack => pack.Manifest.Id))}. Add others with 'derm models add'.");
    }
}
