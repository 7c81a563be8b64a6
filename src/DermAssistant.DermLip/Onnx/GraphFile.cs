namespace DermAssistant.DermLip;

/// <summary>A file with the part of a graph that some outputs need.</summary>
internal sealed record GraphFile(string Name, params IReadOnlyList<string> Outputs);
