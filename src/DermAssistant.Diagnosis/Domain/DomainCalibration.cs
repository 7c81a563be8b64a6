using System.Text.Json;

namespace DermAssistant.Diagnosis;

/// <summary>What photos a pack knows: statistics of their pixels and embeddings, and how far from them is too far.</summary>
/// <param name="Description">The version of the pixel description the statistics are of.</param>
/// <param name="Modality">The kind of photo the pack knows.</param>
/// <param name="Mean">Of each value of the description, over known photos.</param>
/// <param name="Scale">The standard deviation of each value.</param>
/// <param name="Pixels">Of the standardised descriptions of known photos.</param>
/// <param name="PixelLimit">Known photos lie nearer than this.</param>
/// <param name="Weights">Of a logistic regression of foreign against known pictures: intercept, then one a standardised value, then one a square.</param>
/// <param name="WeightLimit">Known photos score below this.</param>
/// <param name="Embeddings">Of the embeddings of known photos by label.</param>
/// <param name="EmbeddingLimit">Known photos lie nearer than this.</param>
/// <param name="KnownCount">Known photos the statistics are of.</param>
/// <param name="ForeignCount">Foreign pictures given, the made-up ones not counted.</param>
/// <param name="KnownRefused">The share of calibration photos beyond a limit.</param>
/// <param name="ForeignRefused">The share of the given foreign pictures beyond a limit, each judged by a fit that did not see it; null without any.</param>
public sealed record DomainCalibration(
    string Description,
    string Modality,
    IReadOnlyList<double> Mean,
    IReadOnlyList<double> Scale,
    GaussianStatistics Pixels,
    double PixelLimit,
    IReadOnlyList<double> Weights,
    double WeightLimit,
    GaussianStatistics Embeddings,
    double EmbeddingLimit,
    int KnownCount,
    int ForeignCount,
    double KnownRefused,
    double? ForeignRefused)
{
    /// <summary>Whether the statistics are of the pixel description this version computes; others cannot be used.</summary>
    internal bool Fits => Description == PixelDescriptor.Version;

    internal void Check()
    {
        if (!Fits) return;
        if (Mean.Count != PixelDescriptor.Length || Scale.Count != Mean.Count || Weights.Count != (2 * Mean.Count) + 1 || Pixels.Dimension != Mean.Count)
            throw new JsonException("the lists of its domain statistics do not have the length of the pixel description");
        try
        {
            Gaussian.Unpack(Pixels);
            Gaussian.Unpack(Embeddings);
        }
        catch (FormatException e)
        {
            throw new JsonException("its domain statistics are damaged: " + e.Message, e);
        }
    }
}
