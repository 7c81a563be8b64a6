using System.CommandLine;
using System.Globalization;
using DermAssistant.Evaluation;

namespace DermAssistant.Cli;

/// <summary>Options that mean the same in every command.</summary>
internal static class SharedOptions
{
    public const string JsonName = "--json";

    /// <summary>A fresh <c>--json</c> for the root, valid in every command below it.</summary>
    public static Option<bool> Json() => new(JsonName)
    {
        Description = "Print exactly one JSON document on standard output.",
        Recursive = true,
    };

    /// <summary>A fresh <c>--model PACK</c>.</summary>
    public static Option<string?> Model() => new("--model")
    {
        Description = "The model pack to use (default: the one chosen with 'derm models use').",
        HelpName = "PACK",
    };

    /// <summary>A fresh <c>--out FILE</c> that must be given.</summary>
    public static Option<string> Out(string what) => new("--out")
    {
        Description = what,
        HelpName = "FILE",
        Required = true,
    };

    /// <summary>A fresh <c>--top N</c>.</summary>
    public static Option<int> Top(int normally, int most) => new("--top")
    {
        Description = $"How many at most (default: {normally}).",
        HelpName = "N",
        DefaultValueFactory = _ => normally,
        CustomParser = argument =>
        {
            if (int.TryParse(argument.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most) return number;
            argument.AddError($"--top takes a number from 1 to {most}, not '{argument.Tokens[0].Value}'.");
            return normally;
        },
    };

    /// <summary>A fresh option for the rows of a table with a value in a column.</summary>
    public static Option<RowFilter?> RowFilter(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "COLUMN=VALUE",
        CustomParser = argument =>
        {
            var text = argument.Tokens[0].Value;
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at > 0) return new RowFilter(text[..at], text[(at + 1)..]);
            argument.AddError($"{name} takes COLUMN=VALUE, not '{text}'.");
            return null;
        },
    };

    /// <summary>A fresh option that may be given several times.</summary>
    public static Option<string[]> Several(string name, string helpName, string description) => new(name)
    {
        Description = $"{description}; may be given several times.",
        HelpName = helpName,
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [],
    };
}
