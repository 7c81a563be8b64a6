namespace DermAssistant.Cli;

/// <summary>A command cannot go on: what and where, what the user can do, and the exit code it ends with.</summary>
internal sealed class CommandException(ExitCode code, string message, string hint, Exception? inner = null) : Exception(message, inner)
{
    public ExitCode Code { get; } = code;

    public string Hint { get; } = hint;

    public static CommandException WrongUsage(string message, string hint) => new(ExitCode.WrongUsage, message, hint);

    public static CommandException BadInput(string message, string hint) => new(ExitCode.BadInput, message, hint);

    /// <summary>The failure as users should meet it, whatever room it comes from.</summary>
    public static CommandException Of(Exception failure) => failure switch
    {
        CommandException known => known,
        OperationCanceledException => new(ExitCode.Interrupted, "Stopped.", "Run the command again to start over; nothing half-written is left behind.", failure),
        _ => RoomFailures.Of(failure) ?? new(
            ExitCode.Unexpected,
            $"Something unexpected went wrong ({failure.GetType().Name}: {failure.Message})",
            "Please report it with the command you ran; DERM_DEBUG=1 prints where it happened.",
            failure),
    };
}
