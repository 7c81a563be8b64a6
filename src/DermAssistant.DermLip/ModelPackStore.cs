namespace DermAssistant.DermLip;

/// <summary>Where packs are looked for.</summary>
/// <param name="BuiltIn">The folder with the packs that ship with the product; never written to.</param>
/// <param name="User">The folder for added packs and the choice of the default pack; made on first write.</param>
public sealed record ModelPackFolders(string BuiltIn, string User);

/// <summary>A pack in the store.</summary>
public sealed record PackListing(PackManifest Manifest, string Directory, bool BuiltIn, bool Default);

/// <summary>The packs on this machine.</summary>
/// <remarks>Opening verifies the golden vectors; a pack that fails them is not served.</remarks>
public sealed class ModelPackStore(ModelPackFolders folders)
{
    public ModelPackFolders Folders { get; } = folders;

    public IReadOnlyList<PackListing> List() => throw new NotImplementedException(Folders.User);

    /// <summary>Opens the pack with this id, or the default pack.</summary>
    /// <exception cref="ModelPackException">No such pack, or it is damaged.</exception>
    public ModelPack Open(string? id = null) => throw new NotImplementedException(id + Folders.User);

    /// <summary>Makes a pack the default.</summary>
    public void Use(string id) => throw new NotImplementedException(id + Folders.User);

    /// <summary>Removes an added pack.</summary>
    public void Remove(string id) => throw new NotImplementedException(id + Folders.User);
}
