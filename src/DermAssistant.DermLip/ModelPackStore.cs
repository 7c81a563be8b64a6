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

    private readonly EncoderOptions _options = options ?? new EncoderOptions();
    private readonly ILogger _logger = logger ?? NullLogger<ModelPackStore>.Instance;

    public ModelPackFolders Folders { get; } = folders;

    /// <summary>The packs that can be read, built-in ones first, by id. A damaged <c>pack.json</c> is left out and logged.</summary>
    public IReadOnlyList<PackListing> List()
    {
        var chosen = DefaultId();
        return [.. Scan(Folders.BuiltIn, true, chosen).Concat(Scan(Folders.User, false, chosen))];
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

    /// <summary>Opens the pack with this id, or the default pack.</summary>
    /// <exception cref="ModelPackException">No such pack, or it is damaged.</exception>
    public ModelPack Open(string? id = null) => LoadedPack.Open(DirectoryOf(id ?? DefaultId()), _options, _logger).Serve();

    /// <summary>Makes a pack the default.</summary>
    /// <exception cref="ModelPackException">No such pack.</exception>
    public void Use(string id)
    {
        DirectoryOf(id);
        try
        {
            Directory.CreateDirectory(Folders.User);
            var partial = Path.Combine(Folders.User, $".{ChoiceFile}.{Guid.NewGuid():N}");
            File.WriteAllText(partial, id + "\n");
            File.Move(partial, Path.Combine(Folders.User, ChoiceFile), overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelPackException($"The choice cannot be stored in {Folders.User}: {e.Message}", "Make the folder writable.", e);
        }
    }

    /// <summary>Removes an added pack; a choice of it as the default falls back to <see cref="BuiltInDefault"/>.</summary>
    /// <exception cref="ModelPackException">No such pack, or it ships with the product.</exception>
    public void Remove(string id)
    {
        var listing = Find(id);
        if (listing.BuiltIn)
            throw new ModelPackException($"The pack {id} ships with the product and cannot be removed.", "Choose another default with 'derm models use'.");
        try
        {
            PackFolder.Remove(listing.Directory);
            if (listing.Default) File.Delete(Path.Combine(Folders.User, ChoiceFile));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelPackException($"The pack {id} cannot be removed from {listing.Directory}: {e.Message}", "Make the folder writable.", e);
        }
    }

    /// <summary>The folder of a pack by id, or of a pack folder anywhere.</summary>
    private string DirectoryOf(string idOrFolder) => Find(idOrFolder).Directory;

    private PackListing Find(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var packs = List();
        return packs.FirstOrDefault(pack => pack.Manifest.Id == id) ?? throw new ModelPackException(
            $"There is no model pack {id}.",
            packs.Count == 0
                ? $"No pack was found in {Folders.BuiltIn} or {Folders.User}; add one with 'derm models add'."
                : $"The packs are: {string.Join(", ", packs.Select(pack => pack.Manifest.Id))}. Add others with 'derm models add'.");
    }
}
