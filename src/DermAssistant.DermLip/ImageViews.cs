namespace DermAssistant.DermLip;

/// <summary>How a photo is shown to the image tower.</summary>
public enum ImageViews
{
    /// <summary>Once, as preprocessed.</summary>
    Single,

    /// <summary>In the eight flips and quarter turns of the square; the normalised embeddings are averaged and normalised again,
    /// so that a reading does not depend on how the dermatoscope was turned.</summary>
    Dihedral,
}
