namespace DermAssistant.Imaging;

/// <summary>The six dermoscopic colours.</summary>
public enum DermoscopicColour
{
    White,
    Red,
    LightBrown,
    DarkBrown,
    BlueGray,
    Black,
}

/// <summary>What is measured in the pixels of one photo of a lesion.</summary>
/// <param name="LesionFound">Whether a lesion could be told from the surrounding skin; without it there are no lesion measurements.</param>
/// <param name="Colours">The dermoscopic colours present in the lesion, with the fraction of the lesion each covers.</param>
/// <param name="Values">All measurements in a fixed order, the ones for people and for evidence.</param>
public sealed record LesionMeasurements(
    bool LesionFound,
    IReadOnlyDictionary<DermoscopicColour, double> Colours,
    IReadOnlyList<Measurement> Values)
{
    /// <summary>The value of a measurement, or null where it was not taken.</summary>
    public double? this[string id]
    {
        get
        {
            foreach (var value in Values)
                if (value.Id == id) return value.Value;
            return null;
        }
    }
}
