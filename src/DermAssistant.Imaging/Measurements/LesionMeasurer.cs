namespace DermAssistant.Imaging;

/// <summary>Measures a lesion: asymmetry on two axes, border irregularity, dermoscopic colours, lesion fraction, ITA of the skin around it.</summary>
public static class LesionMeasurer
{
    /// <summary>Measures an upright picture; the result depends on its pixels alone.</summary>
    public static LesionMeasurements Measure(RgbImage image) => throw new NotImplementedException(image.Width.ToString());
}
