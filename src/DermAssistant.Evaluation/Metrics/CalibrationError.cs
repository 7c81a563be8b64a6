namespace DermAssistant.Evaluation;

/// <summary>Expected calibration error (Naeini, Cooper and Hauskrecht, AAAI 2015; Guo et al., ICML 2017).</summary>
/// <remarks>
/// Photos fall into 15 bins of equal width by the probability of their most probable class, bin i holding [i/15, (i+1)/15) and the last one also 1.
/// The error is the mean distance between confidence and accuracy of the bins, each weighted by its photos.
/// </remarks>
internal sealed class CalibrationError
{
    public const int Bins = 15;

    private readonly double[] _confidence = new double[Bins];
    private readonly double[] _correct = new double[Bins];
    private double _all;

    /// <summary>Between 0 and 1.</summary>
    public double Value
    {
        get
        {
            double error = 0;
            for (var bin = 0; bin < Bins; bin++) error += Math.Abs(_correct[bin] - _confidence[bin]);
            return error / _all;
        }
    }

    public void Add(double confidence, bool correct, int count)
    {
        var bin = Math.Clamp((int)(confidence * Bins), 0, Bins - 1);
        _confidence[bin] += confidence * count;
        if (correct) _correct[bin] += count;
        _all += count;
    }
}
