namespace DermAssistant.DermLip;

/// <summary>A storage that a pickle refers to: its bytes lie elsewhere in the file.</summary>
internal sealed record TorchStorage(string Key, ElementType Type, long Elements);
