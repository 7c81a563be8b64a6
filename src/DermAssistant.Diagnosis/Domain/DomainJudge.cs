namespace DermAssistant.Diagnosis;

/// <summary>Tells whether a photo is of the kind a pack knows.</summary>
internal sealed class DomainJudge
{
    private readonly DomainCalibration _calibration;
    private readonly PixelDomain _pixels;
    private readonly Gaussian _embeddings;

    public DomainJudge(DomainCalibration calibration)
    {
        _calibration = calibration;
        _pixels = new PixelDomain([.. calibration.Mean], [.. calibration.Scale], Gaussian.Unpack(calibration.Pixels), [.. calibration.Weights]);
        _embeddings = Gaussian.Unpack(calibration.Embeddings);
    }

    public DomainFinding Judge(double[] description, ReadOnlySpan<float> embedding)
    {
        var wide = new double[embedding.Length];
        for (var i = 0; i < wide.Length; i++) wide[i] = embedding[i];
        return new DomainFinding(
            _pixels.Distance(description) / _calibration.PixelLimit,
            _pixels.Foreignness(description) - _calibration.WeightLimit,
            _embeddings.Distance(wide) / _calibration.EmbeddingLimit);
    }
}

/// <summary>How a photo compares with the limits of the known.</summary>
/// <param name="PixelDistance">In units of the limit; more than 1 is beyond.</param>
/// <param name="Foreignness">Log odds above the limit; more than 0 is beyond.</param>
/// <param name="EmbeddingDistance">In units of the limit; more than 1 is beyond.</param>
internal readonly record struct DomainFinding(double PixelDistance, double Foreignness, double EmbeddingDistance)
{
    public bool Known => PixelDistance <= 1 && Foreignness <= 0 && EmbeddingDistance <= 1;
}
