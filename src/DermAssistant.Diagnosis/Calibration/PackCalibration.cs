using System.Text.Json;
using System.Text.Json.Serialization;
using DermAssistant.DermLip;

namespace DermAssistant.Diagnosis;

/// <summary>What a calibration was fitted on.</summary>
/// <param name="Count">Photos the probabilities were fitted on.</param>
/// <param name="Split">In words, for example "HAM10000 calibration split, by lesion".</param>
/// <param name="Date">Of the fit, ISO 8601.</param>
public sealed record CalibrationOrigin(int Count, string Split, string Date);

/// <summary>How a prediction set is made.</summary>
public enum ConformalMethod
{
    /// <summary>Labels with at least a certain probability (least ambiguous set).</summary>
    Lac,

    /// <summary>The most probable labels until their sum passes a certain mass (adaptive set).</summary>
    Aps,
}

/// <summary>The conformal quantile, and what held-out folds of the calibration photos say of it.</summary>
/// <param name="Coverage">The share of photos whose diagnosis is to be in the set.</param>
/// <param name="Quantile">Labels with a nonconformity score up to this are in the set.</param>
/// <param name="HeldOutCoverage">Measured on folds the quantile was not taken from.</param>
/// <param name="HeldOutMeanSize">As <paramref name="HeldOutCoverage"/>.</param>
public sealed record ConformalCalibration(
    ConformalMethod Method, double Coverage, double Quantile, double HeldOutCoverage, double HeldOutMeanSize);

/// <summary>The mass a node must have to be a verdict, by level; a level without a threshold gives no verdicts.</summary>
/// <param name="StatedRate">The share of verdicts of a level that were right on the calibration photos at its threshold.</param>
/// <param name="MalignancyLimit">No node without malignant conditions is a verdict above this malignancy mass.</param>
public sealed record VerdictCalibration(
    double? Category, double? Group, double? Subgroup, double? Condition, double StatedRate, double MalignancyLimit);

/// <summary>What was fitted to make a pack's scores probabilities: the content of <c>calibration.json</c> in a pack.</summary>
/// <remarks>Probability = softmax(100 * cosine / Temperature + LogBias). Immutable and safe for concurrent use.</remarks>
public sealed record PackCalibration
{
    /// <summary>The name of the file in a pack.</summary>
    public const string FileName = "calibration.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        IndentSize = 1,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <summary>The pack and version it belongs to; it is not used with any other.</summary>
    public required string PackId { get; init; }

    public required string PackVersion { get; init; }

    /// <summary>A hash of the prompts of all labels: other wordings give other scores.</summary>
    public required string PromptsHash { get; init; }

    /// <summary>Ids of the labels, in the order of <see cref="LogBias"/> and <see cref="Prior"/>.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    public required CalibrationOrigin FittedOn { get; init; }

    public required double Temperature { get; init; }

    public required IReadOnlyList<double> LogBias { get; init; }

    /// <summary>The share of each label among the calibration photos (smoothed); the decision that weighs classes equally divides by it.</summary>
    public required IReadOnlyList<double> Prior { get; init; }

    public required ConformalCalibration Conformal { get; init; }

    public required VerdictCalibration Verdict { get; init; }

    /// <summary>The photos the pack knows, or null where this was not fitted.</summary>
    public DomainCalibration? Domain { get; init; }

    /// <summary>Reads a pack's calibration; null where it has none.</summary>
    /// <exception cref="ModelPackException">The file is malformed.</exception>
    public static PackCalibration? Load(string packDirectory)
    {
        var path = Path.Combine(packDirectory, FileName);
        if (!File.Exists(path)) return null;
        try
        {
            var calibration = JsonSerializer.Deserialize<PackCalibration>(File.ReadAllBytes(path), Options)
                ?? throw new JsonException("the file is empty");
            calibration.Check();
            return calibration;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ModelPackException(
                $"The calibration {path} cannot be read: {e.Message}", "Run 'derm models calibrate' on the pack again, or delete the file.", e);
        }
    }

    /// <summary>Writes <c>calibration.json</c> into a pack's folder: beside first, then moved, so that a failure leaves the old one.</summary>
    /// <exception cref="ModelPackException">The folder cannot be written to.</exception>
    public void Save(string packDirectory) =>
        PackFileWriter.Write(Path.Combine(packDirectory, FileName), [.. JsonSerializer.SerializeToUtf8Bytes(this, Options), (byte)'\n']);

    /// <summary>Why this does not fit a pack, or null when it does.</summary>
    internal string? MisfitWith(PackManifest manifest, LabelSet labels, string promptsHash)
    {
        if (PackId != manifest.Id || PackVersion != manifest.Version)
            return $"it was fitted on {PackId} {PackVersion}, and this is {manifest.Id} {manifest.Version}";
        if (!Labels.SequenceEqual(labels.Ids, StringComparer.Ordinal)) return "it was fitted for other labels";
        if (PromptsHash != promptsHash) return "it was fitted with other prompts";
        return Domain is { Fits: false } ? "its statistics of known photos are of another version of the pixel description" : null;
    }

    /// <summary>Calibrated probabilities of logits (100 * cosine).</summary>
    internal double[] Probabilities(ReadOnlySpan<double> logits) => Probabilities(logits, Temperature, LogBias);

    internal static double[] Probabilities(ReadOnlySpan<double> logits, double temperature, IReadOnlyList<double> logBias)
    {
        var shifted = new double[logits.Length];
        for (var i = 0; i < shifted.Length; i++) shifted[i] = (logits[i] / temperature) + logBias[i];
        return Vectors.Softmax(shifted);
    }

    private void Check()
    {
        if (Labels.Count < 2 || LogBias.Count != Labels.Count || Prior.Count != Labels.Count)
            throw new JsonException("labels, logBias and prior must be lists of the same length");
        if (!(Temperature > 0) || !double.IsFinite(Temperature) || !LogBias.All(double.IsFinite) || !Prior.All(p => p > 0))
            throw new JsonException("temperature and prior must be above 0, and all numbers finite");
        Domain?.Check();
    }
}
