namespace DermAssistant.Evaluation;

/// <summary>One photo of known diagnosis as a model classified it.</summary>
/// <param name="File">Name of the photo; distinguishes photos and fixes their order.</param>
/// <param name="Truth">Index of the true class.</param>
/// <param name="Probabilities">Calibrated, one a class.</param>
/// <param name="EqualDecision">Index of the class decided for when all classes weigh equally.</param>
/// <param name="PredictionSet">Indices of the classes in the conformal prediction set.</param>
public sealed record ClassifiedPhoto(
    string File,
    int Truth,
    IReadOnlyList<double> Probabilities,
    int EqualDecision,
    IReadOnlyList<int> PredictionSet);
