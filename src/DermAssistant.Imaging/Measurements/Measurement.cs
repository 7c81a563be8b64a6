namespace DermAssistant.Imaging;

/// <summary>A number taken from the pixels.</summary>
/// <param name="Id">Stable identifier in camelCase, for example <c>asymmetryMajorAxis</c>.</param>
/// <param name="Name">The name shown to people.</param>
/// <param name="Unit">The unit, or <c>ratio</c>, <c>count</c>, <c>degrees</c>.</param>
public sealed record Measurement(string Id, string Name, double Value, string Unit);
