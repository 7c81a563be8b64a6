using DermAssistant.Imaging;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary>The gate's report on the screen.</summary>
internal static class PhotoView
{
    public static void Show(GateReport gate, IAnsiConsole console, string? modality = null)
    {
        var facts = new List<string>();
        if (gate.Format is { } format) facts.Add(format.ToString().ToUpperInvariant());
        if (gate is { Width: { } width, Height: { } height }) facts.Add($"{width} x {height} px");
        if (modality is not null) facts.Add(modality);
        facts.Add(gate.Accepted ? "accepted" : "[bold red]refused[/]");
        console.MarkupLine($"[bold]{ScreenText.Escaped(gate.File)}[/]  {string.Join(", ", facts)}");
        foreach (var reason in gate.Reasons) Item(console, "red", reason);
        if (gate.Quality is not { } quality) return;
        foreach (var warning in quality.Warnings) Item(console, "yellow", warning);
    }

    /// <summary>Sharpness and exposure in numbers.</summary>
    public static void ShowQuality(GateReport gate, IAnsiConsole console)
    {
        if (gate.Quality is { } quality)
            console.MarkupLine($"  sharpness {ScreenText.Number(quality.Sharpness)}, exposure {ScreenText.Number(quality.Exposure)}");
    }

    private static void Item(IAnsiConsole console, string colour, string text) =>
        console.Write(new Padder(new Markup($"[{colour}]![/] {ScreenText.Escaped(text)}"), new Padding(2, 0, 0, 0)));
}
