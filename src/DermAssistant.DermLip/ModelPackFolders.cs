namespace DermAssistant.DermLip;

/// <summary>Where packs are looked for.</summary>
/// <param name="BuiltIn">The folder with the packs that ship with the product; never written to.</param>
/// <param name="User">The folder for added packs and the choice of the default pack; made on first write.</param>
public sealed record ModelPackFolders(string BuiltIn, string User);
