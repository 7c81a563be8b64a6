using System.Text.Json.Serialization;

namespace DermAssistant.Diagnosis;

/// <summary>The prompts of the concept presence score: every template is paired with the reference that says the same of no concept.</summary>
/// <param name="Templates">With <c>{}</c> for a term of the concept.</param>
/// <param name="References">One a template.</param>
/// <param name="Temperature">Of the softmax between the two.</param>
public sealed record ConceptPrompts(
    [property: JsonRequired] IReadOnlyList<string> Templates,
    [property: JsonRequired] IReadOnlyList<string> References,
    [property: JsonRequired] double Temperature);
