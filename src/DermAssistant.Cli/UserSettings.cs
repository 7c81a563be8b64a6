using DermAssistant.Imaging;

namespace DermAssistant.Cli;

/// <summary>What users set through their environment.</summary>
internal static class UserSettings
{
    /// <summary>The photo gate's limits; DERM_EXTENDED_FORMATS=1 lets HEIC, AVIF and TIFF in.</summary>
    public static PhotoGateOptions PhotoGate() => new() { AllowExtendedFormats = Environment.GetEnvironmentVariable("DERM_EXTENDED_FORMATS") == "1" };
}
