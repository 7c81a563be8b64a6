using System.Security.Cryptography;
using System.Text;

namespace DermAssistant.Training;

/// <summary>Splits by lesion, stratified by label: the same lesions land in the same split on every machine.</summary>
internal static class LesionSplit
{
    public const double CalibrationShare = 0.1;
    public const double ValidationShare = 0.1;

    /// <param name="lesions">Lesion id and label of each sample, in the order of the result.</param>
    public static Split[] Assign(IReadOnlyList<(string Lesion, string Label)> lesions, int seed)
    {
        var split = new Dictionary<string, Split>();
        // A lesion counts under the label it is first seen with, so that several photos of it stay together.
        var labelOf = new Dictionary<string, string>();
        foreach (var (lesion, label) in lesions) labelOf.TryAdd(lesion, label);
        foreach (var group in labelOf.GroupBy(l => l.Value))
        {
            var order = group.Select(l => l.Key).OrderBy(l => Key(l, seed), StringComparer.Ordinal).ToArray();
            var calibration = (int)Math.Round(order.Length * CalibrationShare);
            var validation = (int)Math.Round(order.Length * ValidationShare);
            for (var i = 0; i < order.Length; i++)
                split[order[i]] = i < calibration ? Split.Calibration : i < calibration + validation ? Split.Validation : Split.Train;
        }

        return [.. lesions.Select(l => split[l.Lesion])];
    }

    private static string Key(string lesion, int seed) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}:{lesion}")));
}
