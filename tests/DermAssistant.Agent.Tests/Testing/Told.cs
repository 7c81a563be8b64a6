namespace DermAssistant.Agent.Tests;

/// <summary>What somebody who waits for an answer is told.</summary>
internal sealed class Told(List<string> said, List<Claim>? claims = null) : IProgress<AnswerProgress>
{
    public void Report(AnswerProgress value)
    {
        if (value.Claim is { } claim) claims?.Add(claim);
        else said.Add(value.Text);
    }
}
