namespace DermAssistant.DermLip;

/// <summary>A tensor a tower needs.</summary>
internal sealed record ExpectedTensor(string Key, params int[] Shape);
