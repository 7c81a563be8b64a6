namespace DermAssistant.Diagnosis;

/// <summary>Known photos as a cloud of standardised pixel descriptions, and the border between them and foreign pictures.</summary>
internal sealed class PixelDomain(double[] mean, double[] scale, Gaussian known, double[] weights)
{
    /// <summary>Beyond this many standard deviations farther makes no difference.</summary>
    private const double Farthest = 8;

    public double Distance(double[] description) => known.Distance(Standardize(description, mean, scale));

    /// <summary>Log odds that a picture is foreign.</summary>
    public double Foreignness(double[] description) =>
        LogisticBorder.Dot(weights, LogisticBorder.Expand(Standardize(description, mean, scale)));

    public static double[] Standardize(double[] description, double[] mean, double[] scale)
    {
        var z = new double[description.Length];
        for (var i = 0; i < z.Length; i++) z[i] = Math.Clamp((description[i] - mean[i]) / scale[i], -Farthest, Farthest);
        return z;
    }
}
