using System.Text;

namespace DermAssistant.Agent;

/// <summary>Writes a draft: sentences with their evidence markers, grouped in paragraphs.</summary>
internal sealed class DraftWriter
{
    private readonly StringBuilder _text = new();
    private bool _paragraphOpen;

    public bool IsEmpty => _text.Length == 0;

    public void Paragraph() => _paragraphOpen = false;

    public void Say(string sentence, params ReadOnlySpan<string?> evidence)
    {
        var ids = new List<string>();
        foreach (var id in evidence)
            if (id is not null) ids.Add(id);
        Say(sentence, ids);
    }

    public void Say(string sentence, IEnumerable<string> evidence)
    {
        if (string.IsNullOrWhiteSpace(sentence)) return;
        if (_text.Length > 0) _text.Append(_paragraphOpen ? " " : "\n\n");
        _text.Append(Draft.Cite(sentence.ReplaceLineEndings(" "), evidence));
        _paragraphOpen = true;
    }

    public override string ToString() => _text.ToString();
}
