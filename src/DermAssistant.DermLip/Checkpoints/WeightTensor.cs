namespace DermAssistant.DermLip;

/// <summary>A tensor of a state dict in memory.</summary>
/// <param name="Shape">Empty for a scalar.</param>
/// <param name="Values">Row-major; as many as the product of the shape.</param>
public sealed record WeightTensor(IReadOnlyList<int> Shape, float[] Values);
