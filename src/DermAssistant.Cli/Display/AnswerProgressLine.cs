using DermAssistant.Agent;

namespace DermAssistant.Cli;

/// <summary>Says on standard error what is going on while somebody waits at a terminal.</summary>
internal sealed class AnswerProgressLine(Terminal terminal) : IProgress<AnswerProgress>
{
    public void Report(AnswerProgress value)
    {
        if (terminal.ErrorIsTerminal && value.Claim is null) terminal.Note($"… {value.Text}");
    }
}
