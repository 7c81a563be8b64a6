namespace DermAssistant.DermLip;

/// <summary>How far the embeddings of a pack may be from given ones.</summary>
internal static class PackTolerance
{
    /// <summary>For float32: ten times the rounding noise that PyTorch itself has against float64.</summary>
    public const double Float32MaxAbs = 2e-6;

    /// <summary>When a pack is opened: room for processors whose kernels add in another order.</summary>
    public const double OpeningMaxAbs = 1e-5;

    /// <summary>For int8, against the float32 embeddings.</summary>
    public const double Int8MinCosine = 0.99;

    public static bool Holds(VectorComparison? comparison, PackPrecision precision, double maxAbs) =>
        comparison is null || (precision == PackPrecision.Int8 ? comparison.MinCosine >= Int8MinCosine : comparison.MaxAbs <= maxAbs);
}
