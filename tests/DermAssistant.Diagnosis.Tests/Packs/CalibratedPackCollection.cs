namespace DermAssistant.Diagnosis.Tests;

/// <summary>Calibrating takes seconds, so it is done once for all tests that read photos.</summary>
[CollectionDefinition(Name)]
public sealed class CalibratedPackCollection : ICollectionFixture<CalibratedPack>
{
    public const string Name = "calibrated pack";
}
