namespace DermAssistant.Imaging;

/// <summary>How usable a photo is for reading, with retake advice where it is not.</summary>
/// <param name="Sharpness">Variance of the Laplacian of the luma (0 to 255) with the longer side shrunk to 256 pixels; higher is sharper.</param>
/// <param name="Exposure">Mean luma, 0 (black) to 1 (white).</param>
/// <param name="Warnings">Sentences for the user, each with what to do; empty when nothing is wrong.</param>
public sealed record PhotoQuality(double Sharpness, double Exposure, IReadOnlyList<string> Warnings);

/// <summary>What the gate found out about one file. Width and height are those of the upright photo.</summary>
/// <param name="Reasons">Why the file was refused, each with the remedy; empty when accepted.</param>
public sealed record GateReport(
    string File,
    string? Sha256,
    PhotoFormat? Format,
    int? Width,
    int? Height,
    bool Accepted,
    PhotoQuality? Quality,
    IReadOnlyList<string> Reasons);

/// <summary>The gate's report and, when the file was accepted, the photo.</summary>
public sealed record GateResult(GateReport Report, Photo? Photo);
