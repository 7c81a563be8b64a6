namespace DermAssistant.Training;

/// <summary>What a sample is used for. Nothing crosses over: a lesion is in one split only.</summary>
public enum Split
{
    Train,
    Calibration,
    Validation,
}

/// <summary>One image with what is known of it.</summary>
/// <param name="Label">The ontology node two samples must share to be positives of each other.</param>
/// <param name="Facts">
/// What captions can be composed from, by field: <c>site</c>, <c>age</c>, <c>sex</c>, <c>colours</c> (joined by ", "), <c>shape</c>,
/// <c>border</c>; or <c>caption</c>, used as it is.
/// </param>
internal sealed record TrainingSample(string Id, string ImagePath, string Label, Split Split, IReadOnlyDictionary<string, string> Facts);
