using DermAssistant.Imaging;

namespace DermAssistant.Training;

/// <summary>When captions call a shape symmetric or a border irregular: the outer thirds of the training photos; the middle third is not worded.</summary>
/// <remarks>Asymmetry is the mean over both axes; border irregularity is the compactness index.</remarks>
internal sealed record MeasuredFacts(double SymmetricBelow, double AsymmetricAbove, double RegularBelow, double IrregularAbove)
{
    public static MeasuredFacts Fit(IEnumerable<LesionMeasurements> training)
    {
        var found = training.Where(m => m.LesionFound).ToArray();
        if (found.Length == 0) return new MeasuredFacts(double.NegativeInfinity, double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity);
        var asymmetry = found.Select(Asymmetry).Order().ToArray();
        var border = found.Select(Border).Order().ToArray();
        return new MeasuredFacts(Third(asymmetry, 1), Third(asymmetry, 2), Third(border, 1), Third(border, 2));

        static double Third(double[] sorted, int third) => sorted[(sorted.Length - 1) * third / 3];
    }

    public Dictionary<string, string> AddTo(IReadOnlyDictionary<string, string> facts, LesionMeasurements measured)
    {
        var all = new Dictionary<string, string>(facts);
        if (!measured.LesionFound) return all;
        if (Asymmetry(measured) < SymmetricBelow) all["shape"] = "symmetric";
        else if (Asymmetry(measured) > AsymmetricAbove) all["shape"] = "asymmetric";
        if (Border(measured) < RegularBelow) all["border"] = "regularBorder";
        else if (Border(measured) > IrregularAbove) all["border"] = "irregularBorder";
        if (measured.Colours.Count > 0) all["colours"] = string.Join(", ", measured.Colours.Keys.Order());
        return all;
    }

    private static double Asymmetry(LesionMeasurements m) => (m["asymmetryMajorAxis"]!.Value + m["asymmetryMinorAxis"]!.Value) / 2;

    private static double Border(LesionMeasurements m) => m["borderIrregularity"]!.Value;
}
