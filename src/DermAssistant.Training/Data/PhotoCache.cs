using System.Collections.Concurrent;
using DermAssistant.Imaging;

namespace DermAssistant.Training;

/// <summary>The decoded photos of a training, kept in memory as far as the budget goes and decoded anew beyond it.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class PhotoCache(PhotoGate gate, long budget)
{
    // Views need no more; larger photos would only be shrunk again each time.
    private const int LongerSide = 320;

    private readonly ConcurrentDictionary<string, RgbImage> _photos = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>Decodes a sample's photo for the first time; the gate's reasons where it is refused, else null.</summary>
    public string? Add(TrainingSample sample, out RgbImage? photo)
    {
        var result = gate.AdmitFile(sample.ImagePath);
        photo = result.Photo?.ToRgb(LongerSide);
        if (photo is null) return string.Join(' ', result.Report.Reasons);
        if (Interlocked.Add(ref _bytes, photo.Pixels.Length) <= budget) _photos[sample.Id] = photo;

        return null;
    }

    /// <exception cref="TrainingException">A photo beyond the budget has gone since it was added.</exception>
    public RgbImage this[TrainingSample sample] => _photos.TryGetValue(sample.Id, out var photo) ? photo
        : gate.AdmitFile(sample.ImagePath).Photo?.ToRgb(LongerSide)
          ?? throw new TrainingException($"The photo {sample.ImagePath} can no longer be read.", "Put it back and start again; training resumes at the last checkpoint.");
}
