using DermAssistant.Cases;
using DermAssistant.DermLip;

namespace DermAssistant.Training;

/// <summary>What is to be trained on what, and where the pack goes.</summary>
public sealed record TrainingRequest
{
    /// <summary>The folder of the data set.</summary>
    public required string Data { get; init; }

    /// <summary>One of <see cref="CaseImporter.Formats"/>.</summary>
    public required string Format { get; init; }

    /// <summary>The folder of the pack; must not exist. The checkpoint is kept beside it, in the folder of this name with <c>.training</c>.</summary>
    public required string Output { get; init; }

    /// <summary>The pack's id: lower-case letters, digits, dot, dash and underscore.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The folder with the caption grammars, one a format.</summary>
    public required string Grammars { get; init; }

    public TrainingOptions Options { get; init; } = new();

    /// <summary>Dermoscopic photos have no up; clinical ones do.</summary>
    public ImageViews ImageViews { get; init; } = ImageViews.Dihedral;

    internal string CheckpointFolder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(Output)) + ".training";

    /// <summary>How many photos must be left for a calibration afterwards; too few is said before the training, not after it.</summary>
    public int FewestForCalibration { get; init; }
}
