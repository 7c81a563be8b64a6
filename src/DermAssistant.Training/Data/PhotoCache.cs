using DermAssistant.Imaging;

namespace DermAssistant.Training;

/// <summary>The decoded photos of a training, at most 224 pixels on the shorter side, held in memory.</summary>
internal sealed class PhotoCache
{
    // What the largest views need; larger photos would only be shrunk again each time.
    private const int LongerSide = 320;

    private readonly Dictionary<string, RgbImage> _photos = [];

    /// <summary>Decodes every sample's photo.</summary>
    /// <exception cref="TrainingException">A photo is missing or refused by the gate.</exception>
    public static PhotoCache Load(IReadOnlyList<TrainingSample> samples, PhotoGate gate, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var cache = new PhotoCache();
        for (var i = 0; i < samples.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = gate.AdmitFile(samples[i].ImagePath);
            if (result.Photo is not { } photo)
                throw new TrainingException($"The photo {samples[i].ImagePath} cannot be used: {string.Join(' ', result.Report.Reasons)}", "Replace the photo or take its row out of the table.");
            cache._photos[samples[i].Id] = photo.ToRgb(LongerSide);
            progress?.Report((i + 1.0) / samples.Count);
        }

        return cache;
    }

    public RgbImage this[TrainingSample sample] => _photos[sample.Id];
}
