using System.Globalization;
using DermAssistant.Agent;

namespace DermAssistant.Channels.Rendering;

/// <summary>An answer's text with numbered citations behind each sentence: "… melanoma, at 64%. [1][2]".</summary>
/// <param name="Text">Sentences joined by a space, paragraphs by an empty line.</param>
/// <param name="Cited">Ids of the evidence in the order of their numbers; the first has the number 1.</param>
public sealed record CitedText(string Text, IReadOnlyList<string> Cited)
{
    /// <summary>Numbers evidence by its first appearance, so that a text in writing keeps its numbers as it grows.</summary>
    /// <param name="most">How many citations the channel shows; evidence beyond is not cited.</param>
    public static CitedText Of(IReadOnlyList<Claim> claims, int most = int.MaxValue)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var cited = new List<Claim>(claims.Count);
        foreach (var claim in claims)
        {
            var marks = new SortedSet<int>();
            foreach (var id in claim.Evidence)
            {
                if (!numbers.TryGetValue(id, out var number))
                {
                    if (numbers.Count == most) continue;
                    numbers[id] = number = numbers.Count + 1;
                }

                marks.Add(number);
            }

            cited.Add(marks.Count == 0 ? claim : claim with { Text = $"{claim.Text} {string.Concat(marks.Select(mark => string.Create(CultureInfo.InvariantCulture, $"[{mark}]")))}" });
        }

        return new(Answer.Join(cited), [.. numbers.OrderBy(pair => pair.Value).Select(pair => pair.Key)]);
    }
}
