using System.Text.RegularExpressions;
using DermAssistant.Ontology;

namespace DermAssistant.Agent;

/// <summary>Which node a number in a sentence is said of.</summary>
internal static partial class Binding
{
    // "melanoma, at 21%": how far a number may stand behind the name it belongs to.
    private const int Reach = 40;

    /// <summary>The node the number is said of, or null where it is said of none in particular.</summary>
    public static OntologyNode? SubjectOf(StatedNumber number, string sentence, IReadOnlyList<Mention> mentions)
    {
        var end = number.Start + number.Length;
        foreach (var mention in mentions)
        {
            // "21% for melanoma", "4 are melanocytic naevus"
            if (mention.Start >= end && Link().IsMatch(sentence[end..mention.Start])) return mention.Node;
        }

        for (var i = mentions.Count - 1; i >= 0; i--)
        {
            var behind = mentions[i].Start + mentions[i].Length;
            if (behind > number.Start) continue;
            var between = sentence[behind..number.Start];
            return between.Length <= Reach && !between.Contains(';', StringComparison.Ordinal) ? mentions[i].Node : null;
        }

        return null;
    }

    [GeneratedRegex(@"^\s*(?:probability\s+|chance\s+|cases?\s+)?(?:for|of|to|are|is|were|was|as|that it is)?\s*(?:an?\s+|the\s+)?(?:cases?\s+of\s+)?[""'“‘]?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Link();
}
