namespace DermAssistant.Cli;

/// <summary>How far long work is and how long it will take, on standard error: one line that is rewritten at a terminal, a line now and then in a log.</summary>
/// <param name="what">What is being done, before the numbers.</param>
internal sealed class ProgressLine<T>(
    Terminal terminal, Func<T, (int Done, int Total, TimeSpan? Remaining)> read, string? what = null, TimeProvider? time = null) : IProgress<T>
{
    private static readonly TimeSpan BetweenLogLines = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private long? _logged;

    public void Report(T value)
    {
        var (done, total, remaining) = read(value);
        var left = remaining is { } span ? $", {Words(span)} left" : "";
        var text = $"{(what is null ? "" : what + ": ")}{done} of {total}{left}";
        if (terminal.ErrorIsTerminal)
        {
            terminal.Error.Write($"\r{text,-60}{(done >= total ? "\n" : "")}");
        }
        else if (done >= total || _logged is not { } last || _time.GetElapsedTime(last) >= BetweenLogLines)
        {
            _logged = _time.GetTimestamp();
            terminal.Error.WriteLine(text);
        }
    }

    private static string Words(TimeSpan span) => span.TotalMinutes switch
    {
        < 1 => $"{Math.Ceiling(span.TotalSeconds):0} s",
        < 90 => $"{Math.Round(span.TotalMinutes):0} min",
        _ => $"{span.TotalHours:0.#} h",
    };
}
