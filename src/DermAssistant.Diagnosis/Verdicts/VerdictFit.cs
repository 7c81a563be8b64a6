using DermAssistant.Ontology;

namespace DermAssistant.Diagnosis;

/// <summary>Chooses the thresholds of verdicts on photos with known labels.</summary>
internal static class VerdictFit
{
    private const int FewestVerdicts = 20;
    private const double HighestLimit = 0.2;
    private const double LowestLimit = 0.01;

    /// <summary>
    /// For each level the lowest mass at which, counting one error more than was seen, the stated share of nodes with at least that mass is right;
    /// a level where even that was never reached gives no verdicts.
    /// </summary>
    public static VerdictCalibration Fit(
        NodeMasses masses, LabelSet labels, IReadOnlyList<double[]> probabilities, IReadOnlyList<int> truth, CalibrationOptions options)
    {
        var best = probabilities.Select((p, i) => (Masses: masses.Of(p), Truth: truth[i])).ToList();
        return new VerdictCalibration(
            Threshold(NodeLevel.Category), Threshold(NodeLevel.Group), Threshold(NodeLevel.Subgroup), Threshold(NodeLevel.Condition),
            options.VerdictRate,
            MalignancyLimit(masses, labels, probabilities, truth, options.MissedMalignancy));

        double? Threshold(NodeLevel level)
        {
            var candidates = best
                .Select(photo => (Best: photo.Masses.Where(mass => mass.Node.Level == level).MaxBy(mass => mass.Mass), photo.Truth))
                .Where(photo => photo.Best is not null)
                .Select(photo => (photo.Best!.Mass, Right: masses.IsRight(photo.Best.Node, photo.Truth)))
                .OrderByDescending(photo => photo.Mass)
                .ToList();
            double? lowest = null;
            var wrong = 0;
            for (var i = 0; i < candidates.Count; i++)
            {
                if (!candidates[i].Right) wrong++;
                var last = i + 1 == candidates.Count || candidates[i + 1].Mass < candidates[i].Mass;
                if (last && i + 1 >= FewestVerdicts && wrong + 1 <= (1 - options.VerdictRate) * (i + 2)) lowest = candidates[i].Mass;
            }
            return lowest is { } threshold ? Math.Max(0.5, threshold) : null;
        }
    }

    /// <summary>The malignancy mass that all but the stated share of malignant photos exceed, within bounds nobody should be asked to trust past.</summary>
    private static double MalignancyLimit(
        NodeMasses masses, LabelSet labels, IReadOnlyList<double[]> probabilities, IReadOnlyList<int> truth, double missed)
    {
        var malignant = probabilities.Where((_, i) => labels.Labels[truth[i]].Malignant).Select(p => masses.Malignancy(p)).Order().ToArray();
        // With fewer photos than 1 / missed not even one may be missed, so the smallest mass itself is already too high.
        var allowed = (int)(missed * (malignant.Length + 1));
        return allowed == 0 ? LowestLimit : Math.Clamp(malignant[allowed - 1], LowestLimit, HighestLimit);
    }
}
