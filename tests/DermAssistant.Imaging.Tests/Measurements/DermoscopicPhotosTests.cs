using DermAssistant.Tests;
using SkiaSharp;

namespace DermAssistant.Imaging.Tests.Measurements;

public class DermoscopicPhotosTests
{
    /// <summary>Photos a diagnosis of HAM10000; naevi and melanomas, which are compared, get more.</summary>
    private static int PhotosOf(string diagnosis) => diagnosis is "nv" or "mel" ? 20 : 4;

    [SharedFact("data", "ham10000")]
    public void Lesions_are_found_and_melanomas_are_less_regular_than_naevi()
    {
        var found = File.ReadLines(TestPaths.InShared("data", "ham10000", "metadata.csv")).Skip(1)
            .Select(line => line.Split(','))
            .Select(fields => (Diagnosis: fields[2], Path: TestPaths.InShared("data", "ham10000", "images", fields[0] + ".jpg")))
            .Where(photo => File.Exists(photo.Path))
            .GroupBy(photo => photo.Diagnosis)
            .SelectMany(photos => photos.OrderBy(photo => photo.Path, StringComparer.Ordinal).Take(PhotosOf(photos.Key)))
            .Select(photo => (photo.Diagnosis, Measured: LesionMeasurer.Measure(Decode(photo.Path))))
            .ToList();

        Assert.InRange(found.Count, 55, 70);
        var rate = found.Count(photo => photo.Measured.LesionFound) / (double)found.Count;
        Assert.True(rate >= 0.9, $"a lesion was found in {rate:P0} of {found.Count} photos");

        double Average(string diagnosis, string id) => found
            .Where(photo => photo.Diagnosis == diagnosis && photo.Measured.LesionFound)
            .Average(photo => LesionMeasurerTests.Value(photo.Measured, id));
        foreach (var id in new[] { "asymmetryMajorAxis", "asymmetryMinorAxis", "borderIrregularity", "colourCount" })
            Assert.True(Average("mel", id) > Average("nv", id), $"{id}: melanomas {Average("mel", id):F2}, naevi {Average("nv", id):F2}");
    }

    private static RgbImage Decode(string path)
    {
        using var bitmap = SKBitmap.Decode(path);
        var pixels = bitmap.Pixels.SelectMany(pixel => new[] { pixel.Red, pixel.Green, pixel.Blue }).ToArray();
        return new RgbImage(bitmap.Width, bitmap.Height, pixels);
    }
}
