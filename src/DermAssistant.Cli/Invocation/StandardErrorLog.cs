using Microsoft.Extensions.Logging;

namespace DermAssistant.Cli;

/// <summary>Writes the rooms' log to standard error, warnings and worse; everything where DERM_DEBUG is set.</summary>
internal sealed class StandardErrorLog(Terminal terminal) : ILoggerProvider
{
    private readonly LogLevel _least = Environment.GetEnvironmentVariable("DERM_DEBUG") is null ? LogLevel.Warning : LogLevel.Debug;

    public ILogger CreateLogger(string categoryName) => new ErrorLog(terminal, _least);

    public void Dispose()
    {
    }

    private sealed class ErrorLog(Terminal terminal, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) terminal.Note($"{logLevel.ToString().ToLowerInvariant()}: {formatter(state, exception)}");
        }
    }
}
