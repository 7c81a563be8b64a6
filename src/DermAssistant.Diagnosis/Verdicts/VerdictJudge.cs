using DermAssistant.Ontology;

namespace DermAssistant.Diagnosis;

/// <summary>Finds the deepest node the probabilities support.</summary>
internal sealed class VerdictJudge(NodeMasses masses, VerdictCalibration? calibration)
{
    /// <summary>Without a calibration a score of a model is no probability: only what it is all but certain of is said.</summary>
    public static VerdictCalibration Uncalibrated { get; } = new(0.99, 0.99, 0.99, 0.99, double.NaN, 0.01);

    private readonly VerdictCalibration _thresholds = calibration ?? Uncalibrated;

    public Verdict Judge(IReadOnlyList<double> probabilities)
    {
        var all = masses.Of(probabilities);
        var malignancy = masses.Malignancy(probabilities);
        var passing = all.Where(Passes).OrderByDescending(mass => mass.Node.Level).ThenByDescending(mass => mass.Mass).ToList();
        var deepest = passing.FirstOrDefault();
        var allowed = passing.FirstOrDefault(mass => mass.Malignant || malignancy <= _thresholds.MalignancyLimit);
        if (allowed is null) return Abstain(all, deepest, malignancy);
        var why = ReferenceEquals(allowed, deepest) ? WhyHere(allowed, all) : WhyNotDeeper(allowed, deepest!, malignancy);
        return new Verdict(allowed.Node.Id, allowed.Node.Name, allowed.Node.Level, allowed.Mass, false, why);
    }

    public double? Threshold(NodeLevel level) => level switch
    {
        NodeLevel.Category => _thresholds.Category,
        NodeLevel.Group => _thresholds.Group,
        NodeLevel.Subgroup => _thresholds.Subgroup,
        _ => _thresholds.Condition,
    };

    private bool Passes(NodeMass mass) => Threshold(mass.Node.Level) is { } threshold && mass.Mass >= threshold;

    private string WhyHere(NodeMass chosen, IReadOnlyList<NodeMass> all)
    {
        var reached = $"{chosen.Node.Name} has a probability of {Wording.Percent(chosen.Mass)}, "
            + $"and {Wording.Percent(Threshold(chosen.Node.Level)!.Value)} is asked for at the level of a {Wording.CamelCase(chosen.Node.Level)}";
        var below = all.Where(mass => mass.Node != chosen.Node && mass.Node.IsWithin(chosen.Node))
            .OrderByDescending(mass => mass.Mass).FirstOrDefault();
        return below is null
            ? $"{reached}."
            : $"{reached}; the most probable below it, {below.Node.Name}, has {Wording.Percent(below.Mass)}, which is too little for a {Wording.CamelCase(below.Node.Level)}.";
    }

    private string WhyNotDeeper(NodeMass chosen, NodeMass deepest, double malignancy) =>
        $"{deepest.Node.Name} has a probability of {Wording.Percent(deepest.Mass)}, but malignant and in-situ conditions together have {Wording.Percent(malignancy)}, "
        + $"more than the {Wording.Percent(_thresholds.MalignancyLimit)} up to which a verdict may leave them out; "
        + $"{chosen.Node.Name}, which leaves them in, has {Wording.Percent(chosen.Mass)}.";

    private Verdict Abstain(IReadOnlyList<NodeMass> all, NodeMass? deepest, double malignancy)
    {
        var highest = all.OrderByDescending(mass => mass.Mass).ThenByDescending(mass => mass.Node.Level).FirstOrDefault();
        var why = (deepest, highest) switch
        {
            ({ } blocked, _) => $"{blocked.Node.Name} has a probability of {Wording.Percent(blocked.Mass)}, but malignant and in-situ conditions together have "
                + $"{Wording.Percent(malignancy)}, more than the {Wording.Percent(_thresholds.MalignancyLimit)} up to which a verdict may leave them out.",
            (_, { } best) when Threshold(best.Node.Level) is { } threshold =>
                $"The most probable, {best.Node.Name}, has {Wording.Percent(best.Mass)}, and {Wording.Percent(threshold)} is asked for at the level of a {Wording.CamelCase(best.Node.Level)}.",
            (_, { } best) => $"The most probable, {best.Node.Name}, has {Wording.Percent(best.Mass)}; at the level of a {Wording.CamelCase(best.Node.Level)} no probability proved reliable enough.",
            _ => "The labels of the pack share no node that could be told from another.",
        };
        return new Verdict(null, null, null, deepest?.Mass ?? highest?.Mass ?? 0, true, "Not enough evidence. " + why);
    }
}
