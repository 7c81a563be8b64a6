namespace DermAssistant.Agent;

internal sealed partial class NarratorVoice
{
    private const int MostCompared = 3;

    /// <summary>What two photos have in different measure: the leading diagnoses, and the measurements that differ most.</summary>
    private void SideBySide(NarratorPlan plan, DraftWriter draft, int first, int second)
    {
        var said = false;
        if (plan.Diagnosis(first) is { Differential: [var leadsFirst, ..] one } && plan.Diagnosis(second) is { Differential: [var leadsSecond, ..] other })
        {
            foreach (var id in new[] { leadsFirst.Id, leadsSecond.Id }.Distinct())
            {
                if (one.FirstOrDefault(entry => entry.Id == id) is not { } here || other.FirstOrDefault(entry => entry.Id == id) is not { } there) continue;
                said = true;
                draft.Say(
                    phrases.Phrase(
                        "photos.probability",
                        ("name", phrases.Inside(here.Name)), ("first", Words.Percent(here.Probability)), ("a", $"{first}"), ("second", Words.Percent(there.Probability)), ("b", $"{second}")),
                    here.Evidence, there.Evidence);
            }
        }

        foreach (var (here, there) in Measured(plan, first, second))
        {
            said = true;
            draft.Say(
                phrases.Phrase(
                    "photos.measured",
                    ("name", phrases.Inside(here.Name)), ("first", Words.Measured(here.Value, here.Unit)), ("a", $"{first}"), ("second", Words.Measured(there.Value, there.Unit)), ("b", $"{second}")),
                here.Evidence, there.Evidence);
        }

        // Nobody may take a closer lens for a grown lesion.
        if (said) draft.Say(phrases.Phrase("photos.caution"));
    }

    // Largest difference first, relative to the size; what reads the same is no difference.
    private static IEnumerable<(MeasurementFact Here, MeasurementFact There)> Measured(NarratorPlan plan, int first, int second)
    {
        if (plan.Concepts(first) is not { } one || plan.Concepts(second) is not { } other) return [];
        return one.Measurements
            .Join(other.Measurements, m => m.Id, m => m.Id, (here, there) => (Here: here, There: there))
            .Where(pair => Words.Measured(pair.Here.Value, pair.Here.Unit) != Words.Measured(pair.There.Value, pair.There.Unit))
            .OrderByDescending(pair => Math.Abs(pair.Here.Value - pair.There.Value) / Math.Max(Math.Max(Math.Abs(pair.Here.Value), Math.Abs(pair.There.Value)), 1e-9))
            .ThenBy(pair => pair.Here.Id, StringComparer.Ordinal)
            .Take(MostCompared);
    }
}
