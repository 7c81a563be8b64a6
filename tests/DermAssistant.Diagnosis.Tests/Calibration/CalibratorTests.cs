using System.Text.Json;
using DermAssistant.DermLip;

namespace DermAssistant.Diagnosis.Tests;

[Collection(CalibratedPackCollection.Name)]
public class CalibratorTests(CalibratedPack calibrated)
{
    [Fact]
    public void The_same_photos_give_the_same_calibration()
    {
        var again = calibrated.Calibrator.Fit(calibrated.Set);
        Assert.Equal(JsonSerializer.Serialize(calibrated.Calibration), JsonSerializer.Serialize(again));
    }

    [Fact]
    public void A_calibration_says_what_it_was_fitted_on_and_keeps_its_promise()
    {
        var calibration = calibrated.Calibration;
        Assert.Equal(new CalibrationOrigin(150, "drawn lesions", "2026-01-02"), calibration.FittedOn);
        Assert.Equal(FakePack.Labels.Ids, calibration.Labels);
        Assert.Equal(1, calibration.Prior.Sum(), 1e-12);
        Assert.InRange(calibration.Conformal.HeldOutCoverage, 0.85, 0.97);
        Assert.InRange(calibration.Domain!.KnownRefused, 0, 0.02);
    }

    [Fact]
    public void A_saved_calibration_comes_back_as_it_was()
    {
        using var folder = new TemporaryFolder();
        calibrated.Calibration.Save(folder.Path);
        Assert.Equal(JsonSerializer.Serialize(calibrated.Calibration), JsonSerializer.Serialize(PackCalibration.Load(folder.Path)));
        Assert.Equal(["calibration.json"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_calibration_of_another_version_is_not_used_and_the_reading_says_so()
    {
        using var folder = new TemporaryFolder();
        File.Copy(FakePack.LabelsFile, Path.Combine(folder.Path, "labels.json"));
        calibrated.Calibration.Save(folder.Path);
        using var pack = FakePack.Create(folder.Path, version: "2");
        var reader = new PhotoReader(pack, FakePack.Ontology, FakePack.Prompts);
        var reading = reader.Read(Pictures.Admit(Pictures.Lesion(500)));
        Assert.False(reading.Model.Calibrated);
        Assert.Null(reading.PredictionSet);
        Assert.Contains("fitted on fake 1, and this is fake 2", reading.Verdict.Why);
    }

    [Theory]
    [InlineData("{ \"packId\": \"fake\"")]
    [InlineData("{}")]
    public void A_damaged_calibration_is_refused_by_name(string content)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "calibration.json"), content);
        var error = Assert.Throws<ModelPackException>(() => PackCalibration.Load(folder.Path));
        Assert.Contains("calibration.json", error.Message);
        Assert.NotEmpty(error.Hint);
    }

    [Fact]
    public void Damaged_domain_statistics_are_refused()
    {
        using var folder = new TemporaryFolder();
        var domain = calibrated.Calibration.Domain!;
        (calibrated.Calibration with { Domain = domain with { Pixels = domain.Pixels with { Whitening = "AAAA" } } }).Save(folder.Path);
        Assert.Throws<ModelPackException>(() => PackCalibration.Load(folder.Path));
    }

    [Fact]
    public void Too_few_photos_or_one_diagnosis_alone_are_refused_with_the_remedy()
    {
        var few = calibrated.Set with { Photos = [.. calibrated.Set.Photos.Take(10)] };
        Assert.Contains("at least 50", Assert.Throws<CalibrationException>(() => calibrated.Calibrator.Fit(few)).Message);
        var alone = calibrated.Set with { Photos = [.. calibrated.Set.Photos.Select(photo => photo with { Label = 5 })] };
        Assert.Contains("same diagnosis", Assert.Throws<CalibrationException>(() => calibrated.Calibrator.Fit(alone)).Message);
    }

    [Fact]
    public void Weighing_classes_equally_favours_the_rare_one()
    {
        var prior = calibrated.Calibration.Prior;
        var rare = Enumerable.Range(0, 7).MinBy(i => prior[i]);
        var common = Enumerable.Range(0, 7).MaxBy(i => prior[i]);
        var p = new double[7];
        (p[common], p[rare]) = (0.55, 0.45);
        Assert.Equal(rare, calibrated.Reader.BalancedDecision(p));
    }
}
