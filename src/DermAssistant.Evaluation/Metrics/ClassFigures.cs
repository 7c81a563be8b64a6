namespace DermAssistant.Evaluation;

/// <summary>The figures of one class; null where no photo, or every photo, is of this class.</summary>
/// <param name="N">Photos of this class.</param>
/// <param name="Recall">Share of them found by the decision that weighs classes equally.</param>
/// <param name="RecallMostProbable">Share of them whose most probable class it is.</param>
/// <param name="Auroc">One class against the rest, by its probability.</param>
public sealed record ClassFigures(int N, double? Recall, double? RecallMostProbable, double? Auroc);
