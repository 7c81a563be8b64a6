namespace DermAssistant.DermLip;

/// <summary>The outcome of checking a pack against vectors; a side without vectors is null.</summary>
public sealed record PackVerification(bool Passed, VectorComparison? Image, VectorComparison? Text);
