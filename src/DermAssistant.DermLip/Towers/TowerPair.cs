namespace DermAssistant.DermLip;

/// <summary>The two towers of a checkpoint, each recognised by its own keys.</summary>
/// <remarks>Names of repositories and models decide nothing: a tower is what its tensors say.</remarks>
/// <param name="Guesses">What neither the tensors nor a configuration says; a phrase each.</param>
internal sealed record TowerPair(IImageTower Image, ITextTower Text, double LogitScale, bool QuickGelu, IReadOnlyList<string> Guesses);
