using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary>One run of a command: what was asked for, and where the answer goes.</summary>
internal sealed class CommandRun(ParseResult parsed, Terminal terminal, Composition rooms)
{
    public Terminal Terminal { get; } = terminal;

    public Composition Rooms { get; } = rooms;

    /// <summary>Whether the answer is one JSON document.</summary>
    public bool Json { get; } = parsed.GetValue<bool>(SharedOptions.JsonName);

    /// <summary>Whether the answer is out.</summary>
    public bool Answered { get; private set; }

    public T? Value<T>(Option<T> option) => parsed.GetValue(option);

    public T Value<T>(Argument<T> argument) => parsed.GetValue(argument)!;

    /// <summary>Gives the answer: as a document for scripts, or on the screen for people.</summary>
    public void Answer(Func<JsonNode?> document, Action<IAnsiConsole> view)
    {
        if (Json) Terminal.WriteDocument(document());
        else view(Terminal.Screen);
        Answered = true;
    }

    /// <summary>Tells of something that went wrong beside the answer.</summary>
    public void Complain(CommandException failure) => Terminal.Complain(failure);
}
