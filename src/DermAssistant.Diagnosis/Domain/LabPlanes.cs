using DermAssistant.Imaging;

namespace DermAssistant.Diagnosis;

/// <summary>The centre square of a picture, averaged down, as three planes of CIE L*a*b* (D65, 2 degree observer).</summary>
internal sealed record LabPlanes(double[] L, double[] A, double[] B)
{
    private static readonly double[] Linear = MakeLinear();

    public double[][] All => [L, A, B];

    /// <summary>Averages (by area) the centre square of a picture down to <paramref name="side"/> pixels in linear light and converts it.</summary>
    /// <remarks>Of a round view in a dark frame, the square inside the view.</remarks>
    public static LabPlanes FromCentreSquare(RgbImage image, int side)
    {
        double square = Math.Min(image.Width, image.Height), left = (image.Width - square) / 2, top = (image.Height - square) / 2;
        var planes = FromSquare(image, side, left, top, square);
        var field = FieldOfView.Find(planes.L, side);
        var step = square / side;
        return field.Side >= side ? planes : FromSquare(image, side, left + (field.Left * step), top + (field.Top * step), field.Side * step);
    }

    private static LabPlanes FromSquare(RgbImage image, int side, double left, double top, double square)
    {
        var step = square / side;
        var planes = new LabPlanes(new double[side * side], new double[side * side], new double[side * side]);
        for (var y = 0; y < side; y++)
            for (var x = 0; x < side; x++)
            {
                var (r, g, b) = Average(image, left + (x * step), top + (y * step), step);
                (planes.L[(y * side) + x], planes.A[(y * side) + x], planes.B[(y * side) + x]) = ToLab(r, g, b);
            }
        return planes;
    }

    private static (double R, double G, double B) Average(RgbImage image, double left, double top, double step)
    {
        double r = 0, g = 0, b = 0, total = 0;
        for (var y = (int)top; y < Math.Min(image.Height, Math.Ceiling(top + step)); y++)
        {
            var height = Math.Min(y + 1, top + step) - Math.Max(y, top);
            for (var x = (int)left; x < Math.Min(image.Width, Math.Ceiling(left + step)); x++)
            {
                var weight = height * (Math.Min(x + 1, left + step) - Math.Max(x, left));
                var i = 3 * ((y * image.Width) + x);
                r += weight * Linear[image.Pixels[i]];
                g += weight * Linear[image.Pixels[i + 1]];
                b += weight * Linear[image.Pixels[i + 2]];
                total += weight;
            }
        }
        return (r / total, g / total, b / total);
    }

    /// <summary>IEC 61966-2-1 primaries to XYZ, then CIE 15 L*a*b*.</summary>
    private static (double L, double A, double B) ToLab(double r, double g, double b)
    {
        var x = F(((0.4124564 * r) + (0.3575761 * g) + (0.1804375 * b)) / 0.95047);
        var y = F((0.2126729 * r) + (0.7151522 * g) + (0.0721750 * b));
        var z = F(((0.0193339 * r) + (0.1191920 * g) + (0.9503041 * b)) / 1.08883);
        return ((116 * y) - 16, 500 * (x - y), 200 * (y - z));

        static double F(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : ((24389.0 / 27 * t) + 16) / 116;
    }

    private static double[] MakeLinear()
    {
        var table = new double[256];
        for (var i = 0; i < 256; i++)
        {
            var v = i / 255.0;
            table[i] = v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
        }
        return table;
    }
}
