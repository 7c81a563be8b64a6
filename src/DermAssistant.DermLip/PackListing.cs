namespace DermAssistant.DermLip;

/// <summary>A pack in the store.</summary>
public sealed record PackListing(PackManifest Manifest, string Directory, bool BuiltIn, bool Default);
