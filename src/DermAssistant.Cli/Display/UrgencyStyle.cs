using DermAssistant.Ontology;

namespace DermAssistant.Cli;

/// <summary>How urgencies look; the words carry the meaning, the colour repeats it.</summary>
internal static class UrgencyStyle
{
    public static string Markup(Urgency urgency) => $"[{Colour(urgency)}]{ScreenText.Words(urgency).ToUpperInvariant()}[/]";

    private static string Colour(Urgency urgency) => urgency switch
    {
        Urgency.Emergency => "bold white on red",
        Urgency.Urgent => "bold red",
        Urgency.Soon => "bold yellow",
        Urgency.Routine => "bold green",
        _ => "bold",
    };
}
