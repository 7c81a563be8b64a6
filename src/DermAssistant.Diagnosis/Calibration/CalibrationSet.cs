namespace DermAssistant.Diagnosis;

/// <summary>What calibration needs of one photo.</summary>
/// <param name="Embedding">The L2-normalised image embedding.</param>
/// <param name="Descriptions">Descriptions of the pixels: of the photo first, then of the variants another camera would have made of it.</param>
public sealed record PhotoFeatures(float[] Embedding, IReadOnlyList<double[]> Descriptions);

/// <summary>A photo and the label it has.</summary>
/// <param name="Label">Index into the label set.</param>
public sealed record LabelledPhoto(PhotoFeatures Features, int Label);

/// <summary>Photos to calibrate a pack on. None of <see cref="Photos"/> may have been trained on.</summary>
public sealed record CalibrationSet
{
    /// <summary>Probabilities, prediction sets, verdicts and the share of refused photos are fitted on these.</summary>
    public required IReadOnlyList<LabelledPhoto> Photos { get; init; }

    /// <summary>More photos of the kind the pack knows; these may have been trained on. They only tell what such photos look like.</summary>
    public IReadOnlyList<PhotoFeatures> Known { get; init; } = [];

    /// <summary>Pictures of other kinds. Without any, only made-up pictures stand for them.</summary>
    public IReadOnlyList<PhotoFeatures> Foreign { get; init; } = [];

    /// <summary>Whether to fit what photos the pack knows; done only for packs whose labels state one modality.</summary>
    public bool FitDomain { get; init; } = true;

    /// <summary>In words, for example "HAM10000 calibration split, by lesion".</summary>
    public required string Split { get; init; }

    /// <summary>The day of the fit.</summary>
    public required DateOnly Date { get; init; }
}
