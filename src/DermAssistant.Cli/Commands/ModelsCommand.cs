using System.CommandLine;
using System.Text.Json.Nodes;
using DermAssistant.DermLip;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary><c>derm models</c>: the model packs on this machine.</summary>
internal static class ModelsCommand
{
    public static Command Build(CommandHost host) => new("models", "List, add, check and choose model packs.")
    {
        List(host),
        Use(host),
        Remove(host),
    };

    private static Command List(CommandHost host) => host.Run(new Command("list", "The packs on this machine."), run =>
    {
        var packs = run.Rooms.Packs.List();
        run.Answer(() => DocumentValue.Array(packs, Document), console =>
        {
            if (packs.Count == 0)
            {
                console.WriteLine("No model pack is installed; 'derm models add FOLDER' adds one.");
                return;
            }
            var table = new Table().NoBorder().AddColumn("pack").AddColumn("version").AddColumn("towers").AddColumn("").AddColumn("licence");
            foreach (var pack in packs)
                table.AddRow(
                    new Markup($"[bold]{ScreenText.Escaped(pack.Manifest.Id)}[/]{(pack.Default ? " [green]*[/]" : "")}"),
                    new Markup(ScreenText.Escaped(pack.Manifest.Version)),
                    new Markup(ScreenText.Escaped($"{pack.Manifest.ImageTower} + {pack.Manifest.TextTower}")),
                    new Markup(pack.BuiltIn ? "built in" : "added"),
                    new Markup(ScreenText.Escaped(pack.Manifest.Licence)));
            console.Write(table);
            console.MarkupLine("[dim]* used unless --model names another[/]");
        });
        return ExitCode.Done;
    });

    private static Command Use(CommandHost host)
    {
        var id = new Argument<string>("PACK");
        return host.Run(new Command("use", "Make a pack the one that is used.") { id }, run =>
        {
            run.Rooms.Packs.Use(run.Value(id));
            run.Answer(() => new JsonObject { ["default"] = run.Value(id) }, console => console.MarkupLine($"[bold]{ScreenText.Escaped(run.Value(id))}[/] is used from now on."));
            return ExitCode.Done;
        });
    }

    private static Command Remove(CommandHost host)
    {
        var id = new Argument<string>("PACK");
        return host.Run(new Command("remove", "Remove an added pack.") { id }, run =>
        {
            run.Rooms.Packs.Remove(run.Value(id));
            run.Answer(() => new JsonObject { ["removed"] = run.Value(id) }, console => console.MarkupLine($"[bold]{ScreenText.Escaped(run.Value(id))}[/] is removed."));
            return ExitCode.Done;
        });
    }

    private static JsonObject Document(PackListing pack) => new()
    {
        ["id"] = pack.Manifest.Id,
        ["version"] = pack.Manifest.Version,
        ["name"] = pack.Manifest.Name,
        ["licence"] = pack.Manifest.Licence,
        ["embeddingDimension"] = pack.Manifest.EmbeddingDimension,
        ["imageTower"] = pack.Manifest.ImageTower,
        ["textTower"] = pack.Manifest.TextTower,
        ["builtIn"] = pack.BuiltIn,
        ["default"] = pack.Default,
        ["directory"] = pack.Directory,
    };
}
