using System.Text.Json.Nodes;
using DermAssistant.Imaging;

namespace DermAssistant.Hosts;

/// <summary>The gate's report as <c>derm photo check --json</c> prints it.</summary>
internal static class GateDocument
{
    public static JsonObject Of(GateReport gate) => new()
    {
        ["file"] = gate.File,
        ["sha256"] = gate.Sha256,
        ["format"] = gate.Format is { } format ? DocumentValue.Name(format) : null,
        ["width"] = gate.Width,
        ["height"] = gate.Height,
        ["accepted"] = gate.Accepted,
        ["quality"] = gate.Quality is { } quality
            ? new JsonObject
            {
                ["sharpness"] = DocumentValue.Number(quality.Sharpness),
                ["exposure"] = DocumentValue.Number(quality.Exposure),
                ["warnings"] = DocumentValue.Texts(quality.Warnings),
            }
            : null,
        ["reasons"] = DocumentValue.Texts(gate.Reasons),
    };
}
