using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary>What stands below every reading and answer.</summary>
internal static class ScreenFooter
{
    public static void Show(IAnsiConsole console)
    {
        console.WriteLine();
        console.MarkupLine("[dim]Decision support for professionals and research, not a medical device.[/]");
    }
}
