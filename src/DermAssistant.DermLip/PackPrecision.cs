namespace DermAssistant.DermLip;

/// <summary>The number type of a pack's matrix products.</summary>
public enum PackPrecision
{
    Float32,

    /// <summary>Weights as symmetric signed numbers of seven bits a column, activations quantised on the fly.</summary>
    Int8,
}
