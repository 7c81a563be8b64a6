using DermAssistant.Diagnosis;
using DermAssistant.Ontology;

namespace DermAssistant.Cli;

/// <summary>What concepts say of the first conditions, in lines of markup.</summary>
internal static class InfluenceView
{
    private const int MostOfEachSide = 3;

    public static IEnumerable<string> Lines(IReadOnlyList<ConditionInfluence> influences)
    {
        foreach (var influence in influences)
        {
            yield return $"[bold]{ScreenText.Escaped(influence.Name)}[/]";
            foreach (var effect in influence.For.Take(MostOfEachSide)) yield return $"[green]+[/] {Words(effect, influence.Id)}";
            foreach (var effect in influence.Against.Take(MostOfEachSide)) yield return $"[red]-[/] {Words(effect, influence.Id)}";
            if (influence.For.Count + influence.Against.Count == 0) yield return "[dim]no concept that the ontology links to it was scored[/]";
        }
    }

    private static string Rank(MovedCondition moved) =>
        moved.RankAfter == moved.RankBefore ? $"rank stays {moved.RankBefore}" : $"rank {moved.RankBefore} becomes {moved.RankAfter}";

    private static string Words(ConceptEffect effect, string condition)
    {
        var link = effect.Weight == ConceptWeight.Against ? "speaks against it" : ScreenText.Words(effect.Weight);
        var without = effect.Ranking?.FirstOrDefault(moved => moved.Id == condition) is { } moved
            ? $"[dim]; taken out of the embedding: {Rank(moved)}, {ScreenText.Percent(moved.ProbabilityBefore)} then {ScreenText.Percent(moved.ProbabilityAfter)}[/]"
            : "";
        return $"{ScreenText.Escaped(effect.Name)} {(effect.Score >= 0.5 ? "present" : "absent")} (score {effect.Score:0.00}, {link}){without}";
    }
}
