using Microsoft.Extensions.Logging;

namespace DermAssistant.DermLip.Tests;

/// <summary>The warnings and errors that were logged.</summary>
internal sealed class LogLines : List<string>, ILogger
{
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Warning) Add(formatter(state, exception));
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
