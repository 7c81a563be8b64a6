using DermAssistant.Imaging;

namespace DermAssistant.Diagnosis;

/// <summary>Describes what kind of picture the pixels make, whatever they show: colour, contrast at scales, and how both are laid out around the centre.</summary>
/// <remarks>
/// Works on the centre square, averaged down to <see cref="Side"/> pixels, in CIE L*a*b* (D65), so that resolution and compression hardly matter.
/// A dermoscope gives an evenly lit, nearly flat field of skin with one lesion about the middle; other cameras do not.
/// </remarks>
internal static class PixelDescriptor
{
    /// <summary>Changes whenever the numbers change, so that statistics fitted on other numbers are not used.</summary>
    public const string Version = "pixels-1";

    public const int Side = 64;

    private const int Rings = 6;
    /// <summary>Where the share of skin-coloured pixels stands in a description.</summary>
    private const int SkinShareAt = 27;

    /// <summary>Where the contrasts (log of 1 + the standard deviation) of L*, a* and b* stand.</summary>
    private static readonly int[] ContrastAt = [7, 15, 23];

    private static readonly double[] Quantiles = [0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98];

    /// <summary>Number of values in a description.</summary>
    public static int Length { get; } = Describe(new RgbImage(1, 1, [128, 128, 128])).Length;

    /// <summary>The description of a picture; depends on its pixels alone.</summary>
    public static double[] Describe(RgbImage image)
    {
        var planes = LabPlanes.FromCentreSquare(image, Side);
        var values = new List<double>(128);
        AddColours(planes, values);
        AddScales(planes, values);
        AddLayout(planes, values);
        AddEdges(planes, values);
        return [.. values];
    }

    /// <summary>Whether nothing at all is to be seen: one colour all over.</summary>
    public static bool IsBlank(double[] description) => ContrastAt.All(at => description[at] < Math.Log(1 + 0.5));

    /// <summary>Whether most of the picture has a hue skin can have.</summary>
    public static bool LooksLikeSkin(double[] description) => description[SkinShareAt] > 0.5;

    private static void AddColours(LabPlanes planes, List<double> values)
    {
        foreach (var plane in planes.All)
        {
            var sorted = (double[])plane.Clone();
            Array.Sort(sorted);
            foreach (var q in Quantiles) values.Add(sorted[(int)(q * (sorted.Length - 1))]);
            values.Add(Math.Log(1 + Deviation(plane)));
        }
        values.Add(Correlation(planes.L, planes.A));
        values.Add(Correlation(planes.L, planes.B));
        values.Add(Correlation(planes.A, planes.B));
        values.Add(Fraction(planes, static (l, a, b) => IsSkinHue(a, b)));
        values.Add(Fraction(planes, static (l, a, b) => (a * a) + (b * b) < 16));
        values.Add(Fraction(planes, static (l, a, b) => b < -4));
        values.Add(Fraction(planes, static (l, a, b) => a < -4));
        values.Add(Fraction(planes, static (l, a, b) => l < 8));
        values.Add(Fraction(planes, static (l, a, b) => l > 97));
        values.Add(ColourEntropy(planes));
    }

    /// <summary>Log energy of the bands of a Laplacian pyramid, for lightness and for colour.</summary>
    private static void AddScales(LabPlanes planes, List<double> values)
    {
        foreach (var plane in planes.All)
        {
            var current = plane;
            for (var side = Side; side >= 8; side /= 2)
            {
                var half = Halve(current, side);
                double energy = 0;
                for (var y = 0; y < side; y++)
                    for (var x = 0; x < side; x++)
                    {
                        var d = current[(y * side) + x] - half[(y / 2 * (side / 2)) + (x / 2)];
                        energy += d * d;
                    }
                values.Add(Math.Log(0.05 + (energy / (side * side))));
                current = half;
            }
        }
    }

    /// <summary>Rings around the centre: how each differs from the whole, and how uneven it is; then the four sides against each other.</summary>
    private static void AddLayout(LabPlanes planes, List<double> values)
    {
        foreach (var plane in planes.All)
        {
            var mean = plane.Average();
            var sum = new double[Rings];
            var squares = new double[Rings];
            var count = new int[Rings];
            double top = 0, left = 0, topAbsolute = 0;
            for (var y = 0; y < Side; y++)
                for (var x = 0; x < Side; x++)
                {
                    double dx = (x + 0.5 - (Side / 2.0)) / (Side / 2.0), dy = (y + 0.5 - (Side / 2.0)) / (Side / 2.0);
                    var ring = Math.Min(Rings - 1, (int)(Math.Sqrt((dx * dx) + (dy * dy)) * 5));
                    var v = plane[(y * Side) + x] - mean;
                    sum[ring] += v;
                    squares[ring] += v * v;
                    count[ring]++;
                    top += dy * v;
                    left += dx * v;
                }
            topAbsolute = Math.Abs(top);
            for (var r = 0; r < Rings; r++)
            {
                var m = sum[r] / count[r];
                values.Add(m);
                values.Add(Math.Log(1 + Math.Sqrt(Math.Max(0, (squares[r] / count[r]) - (m * m)))));
            }
            values.Add(Math.Log(1 + (topAbsolute / (Side * Side))));
            values.Add(Math.Log(1 + (Math.Abs(left) / (Side * Side))));
        }
    }

    /// <summary>How peaked the gradients are, and how much they share one direction.</summary>
    private static void AddEdges(LabPlanes planes, List<double> values)
    {
        double xx = 0, yy = 0, xy = 0, sum = 0, squares = 0, strong = 0;
        var l = planes.L;
        for (var y = 1; y < Side - 1; y++)
            for (var x = 1; x < Side - 1; x++)
            {
                double gx = l[(y * Side) + x + 1] - l[(y * Side) + x - 1], gy = l[((y + 1) * Side) + x] - l[((y - 1) * Side) + x];
                var g = (gx * gx) + (gy * gy);
                xx += gx * gx;
                yy += gy * gy;
                xy += gx * gy;
                sum += Math.Sqrt(g);
                squares += g;
                if (g > 400) strong++;
            }
        var n = (Side - 2) * (Side - 2);
        values.Add(Math.Log(0.05 + (sum / n)));
        values.Add(squares > 0 ? Math.Log(squares / n / Math.Max(1e-9, sum / n * sum / n)) : 0);
        values.Add(Math.Sqrt(((xx - yy) * (xx - yy)) + (4 * xy * xy)) / (xx + yy + 1));
        values.Add(strong / n);
    }

    private static bool IsSkinHue(double a, double b) => a > 0 && b > 0 && a < 3 * b && b < 4 * a && (a * a) + (b * b) > 25;

    private static double Fraction(LabPlanes planes, Func<double, double, double, bool> test)
    {
        var count = 0;
        for (var i = 0; i < planes.L.Length; i++)
            if (test(planes.L[i], planes.A[i], planes.B[i])) count++;
        return (double)count / planes.L.Length;
    }

    private static double ColourEntropy(LabPlanes planes)
    {
        var bins = new int[16 * 16 * 16];
        for (var i = 0; i < planes.L.Length; i++)
            bins[(Bin(planes.L[i], 0) * 256) + (Bin(planes.A[i], 128) * 16) + Bin(planes.B[i], 128)]++;
        double entropy = 0;
        foreach (var count in bins)
            if (count > 0)
            {
                var p = (double)count / planes.L.Length;
                entropy -= p * Math.Log(p);
            }
        return entropy;

        static int Bin(double value, int offset) => Math.Clamp((int)((value + offset) / 16), 0, 15);
    }

    private static double[] Halve(double[] plane, int side)
    {
        var half = new double[side / 2 * (side / 2)];
        for (var y = 0; y < side / 2; y++)
            for (var x = 0; x < side / 2; x++)
            {
                var i = (2 * y * side) + (2 * x);
                half[(y * (side / 2)) + x] = (plane[i] + plane[i + 1] + plane[i + side] + plane[i + side + 1]) / 4;
            }
        return half;
    }

    private static double Deviation(double[] plane)
    {
        var mean = plane.Average();
        double sum = 0;
        foreach (var v in plane) sum += (v - mean) * (v - mean);
        return Math.Sqrt(sum / plane.Length);
    }

    private static double Correlation(double[] first, double[] second)
    {
        double m1 = first.Average(), m2 = second.Average(), c = 0, v1 = 0, v2 = 0;
        for (var i = 0; i < first.Length; i++)
        {
            c += (first[i] - m1) * (second[i] - m2);
            v1 += (first[i] - m1) * (first[i] - m1);
            v2 += (second[i] - m2) * (second[i] - m2);
        }
        // A flat plane correlates with nothing; the constant keeps its quotient at 0 instead of 0/0.
        return c / Math.Sqrt((v1 + first.Length) * (v2 + first.Length));
    }
}
