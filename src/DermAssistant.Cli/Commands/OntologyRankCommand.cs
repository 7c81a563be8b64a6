using System.CommandLine;
using DermAssistant.Ontology;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary><c>derm ontology rank</c>: the conditions that fit what was seen; and <c>concepts</c>, the words for what can be seen.</summary>
internal static class OntologyRankCommand
{
    private const int MostRanked = 1000;
    private const int MostSuggested = 3;

    public static Command Build(CommandHost host)
    {
        var concepts = new Argument<string[]>("CONCEPT") { Description = "Concepts that were seen, by name, synonym or id; 'derm ontology concepts' lists them.", Arity = ArgumentArity.OneOrMore };
        var top = SharedOptions.Top(10, MostRanked);
        return host.Run(new Command("rank", "Rank the conditions by the concepts that were seen. By the ontology's links alone: no photo, no probability.") { concepts, top }, run =>
        {
            var ontology = run.Rooms.Ontology;
            var seen = run.Value(concepts).SelectMany(text => Read(text, ontology)).Distinct().ToList();
            var ranked = ontology.RankConditions([.. seen.Select(concept => concept.Id)], run.Value(top));
            run.Answer(() => DocumentValue.Array(ranked, condition => ComparisonDocument.Of(condition, ontology)), console => Show(ranked, seen, ontology, console));
            return ExitCode.Done;
        });
    }

    public static Command BuildConcepts(CommandHost host)
    {
        var part = new Argument<string?>("TEXT") { Description = "Part of a name, synonym or category.", Arity = ArgumentArity.ZeroOrOne };
        return host.Run(new Command("concepts", "List the visual concepts with their definitions.") { part }, run =>
        {
            var found = run.Rooms.Ontology.Concepts.Where(concept => Mentions(concept, run.Value(part) ?? "")).ToList();
            run.Answer(() => DocumentValue.Array(found, ComparisonDocument.Of), console =>
            {
                if (found.Count == 0) console.WriteLine("No concept is called like that.");
                foreach (var concept in found)
                    console.MarkupLine($"[bold]{ScreenText.Escaped(concept.Name)}[/] [dim]({ScreenText.Escaped(concept.Category)}, {ScreenText.Words(concept.Modality)})[/] {ScreenText.Escaped(concept.Definition)}");
            });
            return ExitCode.Done;
        });
    }

    /// <summary>One concept, or several joined by commas.</summary>
    private static List<Concept> Read(string text, OntologyGraph ontology)
    {
        if (ontology.FindConcept(text) is { } whole) return [whole];
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? throw Unknown(text, ontology) : parts.Select(part => ontology.FindConcept(part) ?? throw Unknown(part, ontology)).ToList();
    }

    private static CommandException Unknown(string text, OntologyGraph ontology)
    {
        // Words that are concepts first ("silvery scale"), then names that begin alike.
        var start = text.Trim()[..Math.Min(text.Trim().Length, 4)];
        List<string> near = [.. ontology.FindConceptMentions(text).Select(mention => mention.Concept.Name)
            .Concat(ontology.Concepts.Where(concept => start.Length == 4 && Mentions(concept, start)).Select(concept => concept.Name))
            .Distinct().Take(MostSuggested)];
        return CommandException.BadInput(
            $"The ontology has no concept called '{OntologyCommand.Shortened(text)}'.",
            near.Count == 0 ? "'derm ontology concepts' lists them all." : $"Did you mean {string.Join(", or ", near)}? 'derm ontology concepts' lists them all.");
    }

    private static bool Mentions(Concept concept, string text) =>
        concept.Synonyms.Append(concept.Name).Append(concept.Category).Any(name => name.Contains(text.Trim(), StringComparison.OrdinalIgnoreCase));

    private static void Show(IReadOnlyList<RankedCondition> ranked, IReadOnlyList<Concept> seen, OntologyGraph ontology, IAnsiConsole console)
    {
        console.MarkupLine($"[dim]Seen:[/] {ScreenText.Escaped(string.Join(", ", seen.Select(concept => concept.Name)))}");
        if (ranked.Count == 0) console.WriteLine("No condition of the ontology is linked to any of these.");
        foreach (var (condition, score, speaksFor, against, missing) in ranked)
        {
            console.MarkupLine($"[bold]{score,5:0.00}[/]  [bold]{ScreenText.Escaped(condition.Name)}[/]");
            List("for", speaksFor);
            List("against", against);
            List("cardinal, not seen", missing);
        }
        if (ranked.Any(item => !item.Condition.Reviewed)) console.MarkupLine("[dim]The links are not yet reviewed by a clinician. The score is a share of concepts, not a probability.[/]");

        void List(string title, IReadOnlyList<ConceptLink> links)
        {
            if (links.Count > 0) console.MarkupLine($"       [dim]{title}:[/] {ScreenText.Escaped(string.Join(", ", links.Select(link => ontology.FindConcept(link.ConceptId)?.Name ?? link.ConceptId)))}");
        }
    }
}
