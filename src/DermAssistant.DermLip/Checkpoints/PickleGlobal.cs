namespace DermAssistant.DermLip;

/// <summary>A name that a pickle refers to, from the whitelist.</summary>
internal sealed record PickleGlobal(string Name);
