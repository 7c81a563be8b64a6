using System.Text;

namespace DermAssistant.Channels.Teams;

/// <summary>Plain words as Markdown that shows exactly these words.</summary>
/// <remarks>Answers repeat names of files, which users choose: none of them may become a link, an image or a heading.</remarks>
internal static class TeamsMarkdown
{
    public static string Of(string words)
    {
        var text = new StringBuilder(words.Length + 8);
        for (var i = 0; i < words.Length; i++)
        {
            var c = words[i];
            var lineStart = i == 0 || words[i - 1] == '\n';
            text = c switch
            {
                '\\' or '`' or '*' or '[' or ']' or '~' or '|' => text.Append('\\').Append(c),
                // Inside a word an underscore is only an underscore.
                '_' when !(IsWord(words, i - 1) && IsWord(words, i + 1)) => text.Append("\\_"),
                '#' or '+' or '-' when lineStart => text.Append('\\').Append(c),
                '!' when i + 1 < words.Length && words[i + 1] == '[' => text.Append("\\!"),
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '&' => text.Append("&amp;"),
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }

    private static bool IsWord(string words, int index) => index >= 0 && index < words.Length && (char.IsLetterOrDigit(words[index]) || words[index] == '_');
}
