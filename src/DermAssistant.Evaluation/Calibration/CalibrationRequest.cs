namespace DermAssistant.Evaluation;

/// <summary>What a pack is to be calibrated on.</summary>
/// <param name="Photos">Photos of known diagnosis, none of which was trained on.</param>
/// <param name="Split">In words, for example "HAM10000 calibration split, by lesion".</param>
public sealed record CalibrationRequest(ClassificationRequest Photos, string Split)
{
    /// <summary>Rows of the same table that only tell what photos the pack knows; these may have been trained on.</summary>
    public RowFilter? Known { get; init; }

    /// <summary>A folder with photos of other kinds than the pack knows, or null.</summary>
    public string? Foreign { get; init; }
}
