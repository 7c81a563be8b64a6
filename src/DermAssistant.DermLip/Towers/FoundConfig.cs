namespace DermAssistant.DermLip;

/// <summary>An open_clip configuration, read or worked out of a bare checkpoint.</summary>
/// <param name="Json">As <c>open_clip_config.json</c> would hold it.</param>
/// <param name="Guesses">What nobody stated and was taken from the published models; a phrase each.</param>
internal sealed record FoundConfig(string Json, IReadOnlyList<string> Guesses);
