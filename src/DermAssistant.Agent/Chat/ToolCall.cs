using System.Text.Json.Nodes;

namespace DermAssistant.Agent;

/// <summary>A tool that was run while an answer was made.</summary>
/// <param name="Arguments">As the chat model gave them.</param>
public sealed record ToolCall(string Tool, JsonObject Arguments);
