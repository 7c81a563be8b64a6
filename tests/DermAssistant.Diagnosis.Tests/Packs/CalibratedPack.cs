using DermAssistant.DermLip;

namespace DermAssistant.Diagnosis.Tests;

/// <summary>The fake pack, calibrated once on drawn lesions.</summary>
public sealed class CalibratedPack : IDisposable
{
    private readonly string _directory = FakePack.NewDirectory();

    public CalibratedPack()
    {
        Pack = FakePack.Create(_directory);
        var calibrator = new Calibrator(Pack, FakePack.Ontology, FakePack.Prompts);
        var random = new Random(1);
        var photos = Enumerable.Range(0, 150).Select(i =>
        {
            var features = calibrator.Observe(Pictures.Admit(Pictures.Lesion(i)).Photo!);
            // The fake encoder sees five reds; one label in six is another than the one it sees.
            var seen = Array.IndexOf(features.Embedding, features.Embedding.Max());
            return new LabelledPhoto(features, random.Next(6) == 0 ? random.Next(7) : seen);
        }).ToList();
        Set = new CalibrationSet { Photos = photos, Split = "drawn lesions", Date = new DateOnly(2026, 1, 2) };
        Calibration = calibrator.Fit(Set);
        Calibration.Save(_directory);
        Calibrator = calibrator;
        Reader = new PhotoReader(Pack, FakePack.Ontology, FakePack.Prompts);
    }

    public ModelPack Pack { get; }

    public Calibrator Calibrator { get; }

    public CalibrationSet Set { get; }

    public PackCalibration Calibration { get; }

    public PhotoReader Reader { get; }

    public void Dispose()
    {
        Pack.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
