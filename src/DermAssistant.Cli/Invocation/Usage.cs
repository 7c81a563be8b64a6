using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace DermAssistant.Cli;

/// <summary>What is wrong with a command line, in words.</summary>
internal static class Usage
{
    /// <summary>What is wrong with the command line as one failure that names the command to read about, or null where it is in order.</summary>
    public static CommandException? Fault(ParseResult parsed)
    {
        var misspelt = MisspeltOption(parsed);
        if (parsed.Action is HelpAction || (parsed.Errors.Count == 0 && misspelt is null)) return null;
        var command = parsed.CommandResult.Command;
        var path = PathOf(parsed.CommandResult);
        var stranger = misspelt ?? (parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null);
        var message = command.Subcommands.Count > 0 && command.Action is null
            ? NoSuchCommand(path, command, stranger)
            : misspelt is not null
                ? $"'{path}' has no option '{misspelt}'."
                : string.Join(' ', parsed.Errors.Select(error => error.Message).Distinct());
        var near = stranger is null ? null : Nearest(stranger, command);
        return CommandException.WrongUsage(message, $"{(near is null ? "" : $"Did you mean '{near}'? ")}'{path} --help' shows what it takes.");
    }

    // The parser would take "--colour" for the name of one more photo.
    private static string? MisspeltOption(ParseResult parsed) => parsed.Tokens
        .TakeWhile(token => token.Type != TokenType.DoubleDash)
        .Where(token => token.Type == TokenType.Argument && token.Value.Length > 1 && token.Value[0] == '-')
        .Select(token => token.Value)
        .FirstOrDefault(value => !char.IsDigit(value[1]) && !value.Any(char.IsWhiteSpace));

    private static string NoSuchCommand(string path, Command command, string? stranger)
    {
        var known = string.Join(", ", command.Subcommands.Select(sub => sub.Name));
        return stranger is null ? $"'{path}' needs one of these after it: {known}." : $"'{path}' has no '{stranger}'; it has {known}.";
    }

    private static string PathOf(CommandResult command)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = command; at is CommandResult here; at = here.Parent)
            names.Push(here.Parent is null ? "derm" : here.Command.Name);
        return string.Join(' ', names);
    }

    private static string? Nearest(string word, Command command) =>
        command.Subcommands.Select(sub => sub.Name).Concat(command.Options.Select(option => option.Name))
            .Select(name => (name, distance: Distance(word, name)))
            .Where(candidate => candidate.distance <= 2)
            .OrderBy(candidate => candidate.distance)
            .Select(candidate => candidate.name)
            .FirstOrDefault();

    /// <summary>Levenshtein distance.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j - 1], diagonal) + 1);
            }
        }
        return row[b.Length];
    }
}
