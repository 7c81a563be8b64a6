using System.Text.Json.Nodes;

namespace DermAssistant.Diagnosis;

/// <summary>What concepts say of the first conditions, as the field <c>influence</c> of <c>derm analyze --json</c>.</summary>
public static class InfluenceJson
{
    /// <summary>One object a condition.</summary>
    public static JsonArray Write(IReadOnlyList<ConditionInfluence> influences)
    {
        ArgumentNullException.ThrowIfNull(influences);
        return Array(influences, influence => new JsonObject
        {
            ["id"] = influence.Id,
            ["name"] = influence.Name,
            ["for"] = Array(influence.For, Write),
            ["against"] = Array(influence.Against, Write),
        });
    }

    private static JsonObject Write(ConceptEffect effect) => new()
    {
        ["id"] = effect.ConceptId,
        ["name"] = effect.Name,
        ["weight"] = Wording.CamelCase(effect.Weight),
        ["score"] = effect.Score,
        ["influence"] = effect.Influence,
        ["rankingWithout"] = effect.Ranking is { } ranking
            ? Array(ranking, moved => new JsonObject
            {
                ["id"] = moved.Id,
                ["name"] = moved.Name,
                ["rankBefore"] = moved.RankBefore,
                ["rankAfter"] = moved.RankAfter,
                ["probabilityBefore"] = moved.ProbabilityBefore,
                ["probabilityAfter"] = moved.ProbabilityAfter,
            })
            : null,
    };

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonObject> write) => [.. items.Select(item => (JsonNode?)write(item))];
}
