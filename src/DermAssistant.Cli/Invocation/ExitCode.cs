namespace DermAssistant.Cli;

/// <summary>What scripts learn from how a command ended.</summary>
internal enum ExitCode
{
    Done = 0,

    /// <summary>A check failed: <c>verify</c>, <c>check</c>, <c>replay</c>.</summary>
    CheckFailed = 1,

    WrongUsage = 2,

    /// <summary>A photo, table or text cannot be used.</summary>
    BadInput = 3,

    NoModelPack = 4,

    /// <summary>A store cannot be reached, or a place cannot be written to.</summary>
    StoreUnreachable = 5,

    /// <summary>A fault of the program itself (sysexits' EX_SOFTWARE).</summary>
    Unexpected = 70,

    /// <summary>Stopped by Ctrl-C, as shells number it.</summary>
    Interrupted = 130,
}
