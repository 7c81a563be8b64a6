namespace DermAssistant.DermLip;

/// <summary>The error function to double precision.</summary>
internal static class ErrorFunction
{
    /// <summary>2/sqrt(pi) times the integral of exp(-t^2) from 0 to x.</summary>
    /// <remarks>Abramowitz and Stegun 7.1.6 (the series x exp(-x^2) sum (2 x^2)^n / (1 3 5 ... (2 n + 1))) up to 2.5,
    /// 7.1.14 (the continued fraction of erfc) beyond.</remarks>
    public static double Erf(double x)
    {
        var a = Math.Abs(x);
        if (a > 6) return Math.Sign(x);
        if (a > 2.5) return Math.Sign(x) * (1 - Complement(a));
        var term = x;
        var sum = x;
        for (var n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    private static double Complement(double x)
    {
        var fraction = x;
        for (var n = 60; n >= 1; n--)
            fraction = x + n / 2.0 / fraction;
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
    }
}
