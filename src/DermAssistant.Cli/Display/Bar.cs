using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary>A share of one as a bar of fixed width.</summary>
internal static class Bar
{
    private const int Width = 20;

    /// <summary>Markup of a bar for 0..1; what rounds to one percent shows at least one step.</summary>
    public static string Of(double share, string colour, IAnsiConsole console)
    {
        var full = share < 0.005 || double.IsNaN(share) ? 0 : Math.Clamp((int)Math.Round(share * Width), 1, Width);
        var (filled, empty) = console.Profile.Capabilities.Unicode ? ('█', '░') : ('#', '.');
        return $"[{colour}]{new string(filled, full)}[/][dim]{new string(empty, Width - full)}[/]";
    }
}
