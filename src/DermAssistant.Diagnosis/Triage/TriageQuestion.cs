namespace DermAssistant.Diagnosis;

/// <summary>One short question for a sign that no photo shows.</summary>
/// <param name="Sign">Id of the sign; the reply goes to <see cref="Ontology.ReportedSigns.Answer"/>.</param>
/// <param name="Text">The question.</param>
public sealed record TriageQuestion(string Sign, string Text);
