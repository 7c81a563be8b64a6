using DermAssistant.Diagnosis;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary>A reading on the screen: gate, verdict, differential, concepts, measurements, urgency.</summary>
internal static class ReadingView
{
    private const int MostDifferentialRows = 7;
    private const int MostConceptRows = 8;
    private const string NotEnough = "Not enough evidence. ";

    /// <summary>Below this a concept is more likely absent than present.</summary>
    private const double ShownConcept = 0.5;

    /// <param name="influences">What concepts say of the first conditions, or null to leave it out.</param>
    public static void Show(Reading reading, IAnsiConsole console, IReadOnlyList<ConditionInfluence>? influences = null)
    {
        var gate = reading.Photo.Gate;
        PhotoView.Show(gate, console, gate.Accepted ? Modality(reading.Photo.Modality) : null);
        if (!gate.Accepted) return;

        ShowVerdict(reading, console);
        if (reading.Differential.Count > 0) ShowDifferential(reading, console);
        if (reading.Concepts.Count > 0) ShowConcepts(reading, console);
        if (influences?.Any(influence => influence.For.Count + influence.Against.Count > 0) == true)
        {
            Heading(console, "For and against the first conditions");
            foreach (var line in InfluenceView.Lines(influences)) Line(console, line);
        }
        if (reading.Measurements.Count > 0) ShowMeasurements(reading, console);
        ShowUrgency(reading.Triage, console);
    }

    private static void ShowVerdict(Reading reading, IAnsiConsole console)
    {
        Heading(console, "Verdict");
        if (reading.OutsideKnowledge is { } outside)
        {
            Line(console, $"[bold]Outside what this model knows[/]");
            Line(console, ScreenText.Escaped(outside));
            return;
        }
        var verdict = reading.Verdict;
        Line(console, verdict is { Name: { } name, Level: { } level }
            ? $"[bold]{ScreenText.Escaped(name)}[/] ({ScreenText.Words(level)}), {ScreenText.Percent(verdict.Probability)}"
            : $"[bold]{NotEnough.TrimEnd('.', ' ')}[/]");
        Line(console, ScreenText.Escaped(verdict.Name is null && verdict.Why.StartsWith(NotEnough, StringComparison.Ordinal) ? verdict.Why[NotEnough.Length..] : verdict.Why));
    }

    private static void ShowDifferential(Reading reading, IAnsiConsole console)
    {
        Heading(console, $"Differential [dim]over {ScreenText.Escaped(reading.Model.Labels)}[/]");
        var table = Columns();
        foreach (var entry in reading.Differential.Take(MostDifferentialRows))
            table.AddRow(new Markup(ScreenText.Escaped(entry.Name)), new Markup(Bar.Of(entry.Probability, "blue", console)), new Markup(ScreenText.Percent(entry.Probability)));
        Write(console, table);
        var more = reading.Differential.Count - MostDifferentialRows;
        if (more > 0) Line(console, $"[dim]and {more} less probable[/]");
        if (!reading.Model.Calibrated) Line(console, "[yellow]![/] These probabilities are not calibrated for this model pack.");
        if (reading.PredictionSet is { } set)
            Line(console, $"{ScreenText.Percent(set.Coverage)} prediction set: {ScreenText.Escaped(Names(set, reading))}");
        if (reading.MalignancyProbability is { } malignant)
            Line(console, $"Malignant or in situ together: {ScreenText.Percent(malignant)}");
    }

    private static void ShowConcepts(Reading reading, IAnsiConsole console)
    {
        Heading(console, "Concepts");
        var present = reading.Concepts.Where(concept => concept.Score >= ShownConcept).OrderByDescending(concept => concept.Score).ToList();
        if (present.Count == 0) Line(console, "[dim]none stands out[/]");
        var table = Columns();
        foreach (var concept in present.Take(MostConceptRows))
        {
            var from = concept.Source == ConceptSource.Measured ? "measured" : concept.Auroc is { } auroc ? $"encoder, AUROC {ScreenText.Number(auroc)}" : "encoder, AUROC not measured";
            table.AddRow(new Markup(ScreenText.Escaped(concept.Name)), new Markup(Bar.Of(concept.Score, "teal", console)), new Markup($"{concept.Score:0.00} [dim]{from}[/]"));
        }
        if (present.Count > 0) Write(console, table);
    }

    private static void ShowMeasurements(Reading reading, IAnsiConsole console)
    {
        Heading(console, "Measurements");
        var table = Columns();
        foreach (var measurement in reading.Measurements)
        {
            var unit = measurement.Unit is "ratio" or "count" ? "" : measurement.Unit;
            table.AddRow(new Markup(ScreenText.Escaped(measurement.Name)), new Markup($"{ScreenText.Number(measurement.Value)} {ScreenText.Escaped(unit)}"), new Markup(""));
        }
        Write(console, table);
    }

    private static void ShowUrgency(TriageAssessment triage, IAnsiConsole console)
    {
        Heading(console, triage.Urgency is { } urgency ? $"Urgency {UrgencyStyle.Markup(urgency)}" : "Urgency not judged");
        foreach (var reason in triage.Reasons)
        {
            var evidence = reason.Evidence.Count == 0 ? "" : $" [dim]({ScreenText.Escaped(string.Join(", ", reason.Evidence))})[/]";
            Line(console, $"- {ScreenText.Escaped(reason.Text)}{evidence}");
        }
    }

    private static string Names(PredictionSet set, Reading reading)
    {
        var names = reading.Differential.ToDictionary(entry => entry.Id, entry => entry.Name);
        return string.Join("; ", set.Conditions.Select(id => names.GetValueOrDefault(id, id)));
    }

    private static string Modality(Modality modality) => modality == Diagnosis.Modality.Other ? "neither dermoscopic nor clinical" : ScreenText.Words(modality);

    private static Table Columns() =>
        new Table().NoBorder().HideHeaders().AddColumn(new TableColumn("")).AddColumn(new TableColumn("").NoWrap()).AddColumn(new TableColumn(""));

    private static void Heading(IAnsiConsole console, string markup)
    {
        console.WriteLine();
        console.MarkupLine($"[bold underline]{markup}[/]");
    }

    private static void Line(IAnsiConsole console, string markup) => Write(console, new Markup(markup));

    private static void Write(IAnsiConsole console, Spectre.Console.Rendering.IRenderable what) => console.Write(new Padder(what, new Padding(2, 0, 0, 0)));
}
