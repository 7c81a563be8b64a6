using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary>Where a command reads and writes: answers go to standard output, everything else to standard error.</summary>
internal sealed class Terminal
{
    private const int WidthWhenRedirected = 80;
    private const int WidestReadable = 100;

    private static readonly JsonWriterOptions Writing = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lazy<IAnsiConsole> _screen;
    private readonly Lazy<IAnsiConsole> _notices;

    public Terminal(TextWriter output, TextWriter error, TextReader input)
    {
        (Out, Error, In) = (output, error, input);
        _screen = new(() => Console(Out, OutIsTerminal));
        _notices = new(() => Console(Error, ErrorIsTerminal));
    }

    public TextWriter Out { get; }

    public TextWriter Error { get; }

    public TextReader In { get; }

    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public bool InIsTerminal { get; init; }

    /// <summary>Whether colour is wanted where there is a terminal (https://no-color.org).</summary>
    public bool Colour { get; init; } = true;

    /// <summary>Standard output for people.</summary>
    public IAnsiConsole Screen => _screen.Value;

    /// <summary>Standard error for people: progress, advice.</summary>
    public IAnsiConsole Notices => _notices.Value;

    /// <summary>The terminal this process was started in.</summary>
    public static Terminal OfProcess() => new(System.Console.Out, System.Console.Error, System.Console.In)
    {
        OutIsTerminal = !System.Console.IsOutputRedirected,
        ErrorIsTerminal = !System.Console.IsErrorRedirected,
        InIsTerminal = !System.Console.IsInputRedirected,
        Colour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
    };

    /// <summary>Writes one JSON document to standard output.</summary>
    public void WriteDocument(JsonNode? document)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Writing))
        {
            if (document is null) writer.WriteNullValue();
            else document.WriteTo(writer);
        }
        Out.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
        Out.Flush();
    }

    /// <summary>Says on standard error what went wrong and what to do.</summary>
    public void Complain(CommandException failure)
    {
        Error.WriteLine($"derm: {ScreenText.Safe(failure.Message)}");
        if (failure.Hint.Length > 0) Error.WriteLine($"      {ScreenText.Safe(failure.Hint)}");
    }

    /// <summary>Says something on standard error that needs no action.</summary>
    public void Note(string text) => Error.WriteLine(ScreenText.Safe(text));

    private IAnsiConsole Console(TextWriter writer, bool isTerminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal && Colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = isTerminal ? Math.Clamp(console.Profile.Width, 40, WidestReadable) : WidthWhenRedirected;
        // Whoever reads a pipe reads UTF-8; a terminal says what it can show.
        if (!isTerminal) console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
