namespace DermAssistant.Diagnosis;

/// <summary>What a calibration is to promise.</summary>
public sealed record CalibrationOptions
{
    /// <summary>The share of photos whose diagnosis is to be in the prediction set.</summary>
    public double Coverage { get; init; } = 0.9;

    /// <summary>The share of verdicts that are to be right, at every level.</summary>
    public double VerdictRate { get; init; } = 0.95;

    /// <summary>The share of malignant photos that may be given a verdict without malignant conditions.</summary>
    public double MissedMalignancy { get; init; } = 0.05;

    /// <summary>The share of photos of the known kind that may be refused as unknown.</summary>
    public double RefusedKnown { get; init; } = 0.015;

    /// <summary>How many photos of evidence hold the class biases to the frequencies of the calibration photos.</summary>
    public double BiasStrength { get; init; } = 2;
}
