using System.Text.Json.Nodes;

namespace DermAssistant.Cli.Tests;

/// <summary>What a run of <c>derm</c> left behind.</summary>
internal sealed record DermOutcome(int ExitCode, string Out, string Error)
{
    /// <summary>Standard output, which must be exactly one JSON document.</summary>
    public JsonNode? Document => JsonNode.Parse(Out);

    /// <summary>Asserts that the run ended with this code and told people and scripts what, and what to do.</summary>
    public void FailsWith(int exitCode, string code, params string[] said)
    {
        Assert.Equal((exitCode, Error), (ExitCode, Error));
        Assert.StartsWith("derm: ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        foreach (var part in said) Assert.Contains(part, Error, StringComparison.OrdinalIgnoreCase);
        var error = Document!["error"]!;
        Assert.Equal(code, (string?)error["code"]);
        Assert.NotEqual("", (string?)error["message"]);
        Assert.NotEqual("", (string?)error["hint"]);
    }
}
