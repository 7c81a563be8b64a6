namespace DermAssistant.Diagnosis;

/// <summary>What an encoder was asked for a concept's score.</summary>
/// <param name="Templates">With <c>{}</c> for a term.</param>
/// <param name="Terms">The words for the concept; a template's prompts are averaged over them.</param>
/// <param name="References">What each template is paired with: one reference a template, or <paramref name="Opposites"/> in the templates where those are given.</param>
/// <param name="Opposites">The words for the concept's opposite, in place of references; null where there are none.</param>
/// <param name="Hash">Of all this and the temperature: other wordings give other scores.</param>
internal sealed record ConceptPromptsUsed(
    IReadOnlyList<string> Templates, IReadOnlyList<string> Terms, IReadOnlyList<string>? References, IReadOnlyList<string>? Opposites, string Hash);
