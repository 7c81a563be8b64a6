using DermAssistant.Imaging;

namespace DermAssistant.Diagnosis;

/// <summary>Pictures that are certainly no photos of skin, drawn from fixed random numbers: noise, blanks, gradients, text, boards, clouds, scenes.</summary>
internal static class MadeUpPictures
{
    private const int Side = 128;

    /// <summary>As many as asked for, always the same, of all kinds in turn.</summary>
    public static IEnumerable<RgbImage> Draw(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var random = new Random(7919 * (i + 1));
            yield return (i % 8) switch
            {
                0 => Paint((_, _) => (random.Next(256), random.Next(256), random.Next(256))),
                1 => Blank(random),
                2 => Gradient(random),
                3 => Board(random),
                4 => Text(random),
                5 => Cloud(random),
                6 => Scene(random),
                _ => Blobs(random),
            };
        }
    }

    private static RgbImage Blank(Random random)
    {
        var (r, g, b) = Colour(random);
        var noise = random.Next(1, 12);
        return Paint((_, _) =>
        {
            var n = random.Next(-noise, noise + 1);
            return (r + n, g + n, b + n);
        });
    }

    private static RgbImage Gradient(Random random)
    {
        var (from, to) = (Colour(random), Colour(random));
        var angle = random.NextDouble() * 2 * Math.PI;
        return Paint((x, y) => Mix(from, to, 0.5 + (0.7 * ((x * Math.Cos(angle)) + (y * Math.Sin(angle)) - (0.5 * (Math.Cos(angle) + Math.Sin(angle)))))));
    }

    private static RgbImage Board(Random random)
    {
        var (dark, light) = (Colour(random), Colour(random));
        var fields = random.Next(2, 20);
        return Paint((x, y) => ((int)(x * fields) + (int)(y * fields)) % 2 == 0 ? dark : light);
    }

    private static RgbImage Text(Random random)
    {
        var (paper, ink) = (random.Next(200, 256), random.Next(0, 90));
        var lines = random.Next(6, 24);
        var seed = random.Next();
        return Paint((x, y) =>
        {
            var line = (int)(y * lines);
            var stroke = new Random(seed ^ ((line * 4096) + (int)(x * 90))).NextDouble();
            var inLine = (y * lines) - line is > 0.25 and < 0.8;
            var value = inLine && x is > 0.06 and < 0.94 && stroke < 0.55 ? ink : paper;
            return (value, value, value);
        });
    }

    private static RgbImage Cloud(Random random)
    {
        var (first, second, third) = (Colour(random), Colour(random), Colour(random));
        var (shape, detail) = (Field(random), Field(random));
        return Paint((x, y) => Mix(Mix(first, second, 0.5 + (2 * shape(x, y))), third, 0.5 + (2 * detail(x, y))));
    }

    /// <summary>Sky, far and near ground with a ragged horizon.</summary>
    private static RgbImage Scene(Random random)
    {
        var (sky, haze, far, near) = (Colour(random), Colour(random), Colour(random), Colour(random));
        var (ridge, texture) = (Field(random), Field(random));
        var horizon = 0.25 + (0.5 * random.NextDouble());
        return Paint((x, y) =>
        {
            var line = horizon + (0.4 * ridge(x, 0.5));
            if (y < line) return Mix(sky, haze, y / line);
            return Mix(Mix(far, near, (y - line) / (1 - line + 0.01)), (random.Next(256), random.Next(256), random.Next(256)), 0.1 + Math.Abs(texture(x, y)));
        });
    }

    private static RgbImage Blobs(Random random)
    {
        var ground = Colour(random);
        var blobs = Enumerable.Range(0, random.Next(3, 14))
            .Select(_ => (X: random.NextDouble(), Y: random.NextDouble(), Radius: 0.04 + (0.25 * random.NextDouble()), Colour: Colour(random))).ToArray();
        return Paint((x, y) =>
        {
            var colour = ground;
            foreach (var blob in blobs)
                if (Math.Abs(x - blob.X) + Math.Abs(y - blob.Y) < blob.Radius) colour = blob.Colour;
            return colour;
        });
    }

    /// <summary>A smooth random field of about -0.5 to 0.5: waves of several lengths.</summary>
    private static Func<double, double, double> Field(Random random)
    {
        var waves = Enumerable.Range(0, 24).Select(i =>
        {
            var frequency = Math.Pow(1.25, i) * 2;
            var angle = random.NextDouble() * 2 * Math.PI;
            return (X: frequency * Math.Cos(angle), Y: frequency * Math.Sin(angle), Phase: random.NextDouble() * 2 * Math.PI, Height: 0.35 / Math.Pow(frequency, 0.6));
        }).ToArray();
        return (x, y) =>
        {
            double sum = 0;
            foreach (var wave in waves) sum += wave.Height * Math.Sin((wave.X * x) + (wave.Y * y) + wave.Phase);
            return sum;
        };
    }

    private static (int R, int G, int B) Colour(Random random) => (random.Next(256), random.Next(256), random.Next(256));

    private static (int R, int G, int B) Mix((int R, int G, int B) from, (int R, int G, int B) to, double share)
    {
        share = Math.Clamp(share, 0, 1);
        return ((int)(from.R + (share * (to.R - from.R))), (int)(from.G + (share * (to.G - from.G))), (int)(from.B + (share * (to.B - from.B))));
    }

    private static RgbImage Paint(Func<double, double, (int R, int G, int B)> colourAt)
    {
        var pixels = new byte[Side * Side * 3];
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
            {
                var (r, g, b) = colourAt((x + 0.5) / Side, (y + 0.5) / Side);
                var i = 3 * ((y * Side) + x);
                pixels[i] = (byte)Math.Clamp(r, 0, 255);
                pixels[i + 1] = (byte)Math.Clamp(g, 0, 255);
                pixels[i + 2] = (byte)Math.Clamp(b, 0, 255);
            }
        return new RgbImage(Side, Side, pixels);
    }
}
