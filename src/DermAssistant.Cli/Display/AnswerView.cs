using DermAssistant.Agent;
using DermAssistant.Diagnosis;
using DermAssistant.Ontology;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary>An answer on the screen: its paragraphs with the evidence each sentence rests on, the evidence, what to ask next.</summary>
internal static class AnswerView
{
    public static void Show(Answer answer, Func<OntologyGraph> ontology, IAnsiConsole console)
    {
        foreach (var (number, paragraph) in answer.Claims.GroupBy(claim => claim.Paragraph).OrderBy(paragraph => paragraph.Key).Index())
        {
            if (number > 0) console.WriteLine();
            console.MarkupLine(string.Join(' ', paragraph.Select(Sentence)));
        }
        if (Placed(answer) is { } id && ontology().Find(id) is { } node)
        {
            console.WriteLine();
            NodeView.ShowTree(node, ontology(), console);
        }
        ShowEvidence(answer, console);
        if (answer.Removed.Count > 0)
        {
            console.WriteLine();
            console.MarkupLine($"[yellow]{answer.Removed.Count} sentence(s) left out because the evidence does not support them.[/]");
        }
        if (answer.Asks is null && answer.Suggestions.Count == 0) return;
        console.WriteLine();
        if (answer.Asks is { } asks) console.MarkupLine($"[dim]Please tell:[/] {ScreenText.Escaped(asks)}");
        if (answer.Suggestions.Count > 0) console.MarkupLine($"[dim]You could ask:[/] {ScreenText.Escaped(string.Join("  |  ", answer.Suggestions))}");
    }

    private static string Sentence(Claim claim)
    {
        var evidence = claim.Evidence.Count == 0 ? "" : $" [dim]{Markup.Escape($"[{string.Join(", ", claim.Evidence)}]")}[/]";
        return ScreenText.Escaped(claim.Text) + evidence;
    }

    private static void ShowEvidence(Answer answer, IAnsiConsole console)
    {
        var cited = answer.Claims.SelectMany(claim => claim.Evidence).ToHashSet();
        var evidence = answer.Evidence.Where(item => cited.Contains(item.Id)).ToList();
        if (evidence.Count == 0) return;
        console.WriteLine();
        console.MarkupLine("[bold underline]Evidence[/]");
        var table = new Table().NoBorder().HideHeaders().AddColumn(new TableColumn("").NoWrap()).AddColumn("");
        foreach (var item in evidence) table.AddRow(new Markup($"[dim]{ScreenText.Escaped(item.Id)}[/]"), new Markup(ScreenText.Escaped(item.Text)));
        console.Write(table);
    }

    /// <summary>The node an answer about the hierarchy places, or null where it is about something else.</summary>
    private static string? Placed(Answer answer)
    {
        if (!answer.Tools.Contains("explain_hierarchy")) return null;
        var place = answer.Evidence.FirstOrDefault(item => item.Kind == EvidenceKind.Ontology && (string?)item.Data["statement"] == "neighbours");
        return (string?)place?.Data["id"];
    }
}
