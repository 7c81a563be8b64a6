using System.Text;

namespace DermAssistant.Channels.WebChat;

/// <summary>Plain words in Markdown: names of files, which users choose, become neither links nor images.</summary>
internal static class WebChatMarkdown
{
    public static string Of(string words)
    {
        var text = new StringBuilder(words.Length + 8);
        foreach (var c in words)
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '~' or '#' or '&') text.Append('\\');
            text.Append(c);
        }

        return text.ToString();
    }
}
