namespace DermAssistant.DermLip;

/// <summary>The temperature a CLIP model was trained with, stored as a logarithm.</summary>
internal static class LogitScale
{
    public const string Key = "logit_scale";

    /// <summary>CLIP keeps it at ln 100 = 4.6 or less. A file that holds the 100 itself is one of the mistakes this catches.</summary>
    private const float MostLogarithm = 10;

    /// <returns>exp(logit_scale).</returns>
    /// <exception cref="ModelPackException">It cannot be a logarithm.</exception>
    public static double Read(StateDict weights)
    {
        var logarithm = weights[Key].Read()[0];
        return Math.Abs(logarithm) <= MostLogarithm
            ? Math.Exp(logarithm)
            : throw new ModelPackException(
                $"{weights.Source}: {Key} is {logarithm}; it should be a natural logarithm between -{MostLogarithm} and {MostLogarithm}, in CLIP up to 4.6.",
                "Use the checkpoint as it was published, or store the logarithm of the scale.");
    }
}
