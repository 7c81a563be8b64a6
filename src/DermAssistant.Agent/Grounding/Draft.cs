using System.Text;
using System.Text.RegularExpressions;

namespace DermAssistant.Agent;

/// <summary>One sentence of a draft without its evidence markers.</summary>
/// <param name="Citations">The ids in its markers, as written; they need not exist.</param>
/// <param name="Paragraph">Number of the paragraph it stands in, from 0.</param>
internal sealed record DraftSentence(string Text, IReadOnlyList<string> Citations, int Paragraph);

/// <summary>Takes a draft apart: paragraphs, sentences, and the markers (<c>[D1]</c>, <c>[C2, K3]</c>) that belong to each sentence.</summary>
internal static partial class Draft
{
    // Full stops after these do not end a sentence.
    private static readonly string[] Abbreviations = ["e.g.", "i.e.", "etc.", "vs.", "cf.", "ca.", "approx.", "dr.", "prof.", "st.", "no.", "fig."];

    public static IReadOnlyList<DraftSentence> Read(string draft)
    {
        var sentences = new List<DraftSentence>();
        var paragraph = 0;
        foreach (var block in draft.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = ListMark().Replace(block, "").Replace("**", "", StringComparison.Ordinal).Trim();
            if (line.Length == 0)
            {
                if (sentences.Count > 0 && sentences[^1].Paragraph == paragraph) paragraph++;
                continue;
            }

            foreach (var sentence in Split(line))
            {
                var text = Tidy(Marker().Replace(sentence, ""));
                var ids = Marker().Matches(sentence).SelectMany(m => Id().Matches(m.Value)).Select(m => m.Value.ToUpperInvariant()).Distinct().ToList();
                if (text.Any(char.IsLetterOrDigit)) sentences.Add(new DraftSentence(text, ids, paragraph));
                else if (ids.Count > 0 && sentences.Count > 0 && sentences[^1].Paragraph == paragraph)
                    sentences[^1] = sentences[^1] with { Citations = [.. sentences[^1].Citations.Union(ids)] };
            }
        }

        return sentences;
    }

    /// <summary>Writes sentences with their markers; a text of several sentences carries the markers on each.</summary>
    public static string Cite(string text, IEnumerable<string> evidence)
    {
        var marker = string.Concat(evidence.Distinct().Select(id => $"[{id}]"));
        if (marker.Length == 0) return text;
        return string.Join(' ', Split(text.Trim()).Select(sentence => $"{sentence} {marker}"));
    }

    // A sentence ends at . ! or ? before white space, together with the markers that follow it.
    private static IEnumerable<string> Split(string line)
    {
        var current = new StringBuilder();
        for (var i = 0; i < line.Length; i++)
        {
            current.Append(line[i]);
            if (line[i] is not ('.' or '!' or '?') || !EndsSentence(line, i)) continue;
            while (i + 1 < line.Length && line[i + 1] is '.' or '!' or '?' or '"' or '\'' or ')' or '”' or '’') current.Append(line[++i]);
            if (TrailingMarkers().Match(line, i + 1) is { Success: true } markers)
            {
                current.Append(markers.Value);
                i += markers.Length;
            }

            yield return current.ToString().Trim();
            current.Clear();
        }

        if (current.ToString().Trim() is { Length: > 0 } rest) yield return rest;
    }

    private static bool EndsSentence(string line, int stop)
    {
        var next = stop + 1;
        while (next < line.Length && line[next] is '.' or '!' or '?' or '"' or '\'' or ')' or '”' or '’') next++;
        if (next < line.Length && !char.IsWhiteSpace(line[next]) && line[next] != '[') return false;
        if (line[stop] != '.') return true;
        var before = line[..(stop + 1)];
        if (next + 1 < line.Length && char.IsLower(line[next + 1]) && Initial().IsMatch(before)) return false;
        return !Abbreviations.Any(a => before.EndsWith(a, StringComparison.OrdinalIgnoreCase)
            && (before.Length == a.Length || !char.IsLetter(before[^(a.Length + 1)])));
    }

    private static string Tidy(string text) => SpaceBeforeStop().Replace(Spaces().Replace(text, " "), "$1").Trim();

    [GeneratedRegex(@"\[\s*[DCMKOTP]\d+(?:\s*[,;]\s*[DCMKOTP]\d+)*\s*\]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Marker();

    [GeneratedRegex(@"\G(?:\s*\[\s*[DCMKOTP]\d+(?:\s*[,;]\s*[DCMKOTP]\d+)*\s*\])+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TrailingMarkers();

    [GeneratedRegex(@"[DCMKOTP]\d+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    [GeneratedRegex(@"^\s*(?:#{1,6}\s+|[-*•]\s+|\d{1,2}[.)]\s+)", RegexOptions.CultureInvariant)]
    private static partial Regex ListMark();

    // "P. vivax"
    [GeneratedRegex(@"(?:^|\s)[A-Z]\.$", RegexOptions.CultureInvariant)]
    private static partial Regex Initial();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    // Not the point of ".jpg", ".5" or "../photo".
    [GeneratedRegex(@"\s+([,;:!?]|\.(?![\w./\\]))", RegexOptions.CultureInvariant)]
    private static partial Regex SpaceBeforeStop();
}
