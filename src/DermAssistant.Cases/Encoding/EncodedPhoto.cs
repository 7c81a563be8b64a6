using DermAssistant.Imaging;

namespace DermAssistant.Cases;

/// <summary>What became of one image file.</summary>
/// <param name="Path">The path as given.</param>
/// <param name="Report">The gate's report.</param>
/// <param name="Embedding">L2-normalised, or null where the gate refused the file.</param>
/// <param name="Measurements">Taken only where asked for.</param>
public sealed record EncodedPhoto(string Path, GateReport Report, float[]? Embedding, LesionMeasurements? Measurements);
