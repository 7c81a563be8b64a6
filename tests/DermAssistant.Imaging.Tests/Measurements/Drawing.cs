namespace DermAssistant.Imaging.Tests.Measurements;

/// <summary>Draws lesions on skin, with smooth edges as a lens makes them (3 x 3 samples a pixel).</summary>
internal sealed class Drawing
{
    public const uint Skin = 0xd8b49c;
    public const uint LightBrown = 0xb07a4b;
    public const uint DarkBrown = 0x5a3420;
    public const uint Red = 0xc0303c;
    public const uint BlueGray = 0x6b7b8c;
    public const uint Black = 0x17100e;
    public const uint White = 0xf4f0ee;

    private readonly byte[] _pixels;

    public Drawing(uint background = Skin, int size = 224)
    {
        Size = size;
        _pixels = new byte[size * size * 3];
        for (var i = 0; i < _pixels.Length; i++) _pixels[i] = (byte)(background >> (16 - 8 * (i % 3)));
    }

    public int Size { get; }

    public RgbImage Image => new(Size, Size, [.. _pixels]);

    /// <summary>Paints where the shape holds; coordinates are pixels from the middle of the picture.</summary>
    public Drawing Paint(Func<double, double, bool> shape, uint colour)
    {
        const int samples = 3;
        for (var y = 0; y < Size; y++)
            for (var x = 0; x < Size; x++)
            {
                var covered = 0;
                for (var i = 0; i < samples * samples; i++)
                    if (shape(x + (i % samples + 0.5) / samples - Size / 2.0, y + (i / samples + 0.5) / samples - Size / 2.0))
                        covered++;
                for (var c = 0; covered > 0 && c < 3; c++)
                {
                    var at = (y * Size + x) * 3 + c;
                    var share = covered / (double)(samples * samples);
                    _pixels[at] = (byte)Math.Round(share * (byte)(colour >> (16 - 8 * c)) + (1 - share) * _pixels[at]);
                }
            }
        return this;
    }

    /// <summary>Dims the picture towards one side, to the given share of the light at that side's edge.</summary>
    public Drawing DimToTheRight(double share)
    {
        for (var i = 0; i < _pixels.Length; i++)
            _pixels[i] = (byte)Math.Round(_pixels[i] * (1 - (1 - share) * (i / 3 % Size) / (Size - 1)));
        return this;
    }

    public Drawing Disc(double radius, uint colour = DarkBrown) => Paint((x, y) => x * x + y * y < radius * radius, colour);

    public static Func<double, double, bool> Ellipse(double longRadius, double shortRadius, double angle) => (x, y) =>
    {
        var u = (x * Math.Cos(angle) + y * Math.Sin(angle)) / longRadius;
        var v = (y * Math.Cos(angle) - x * Math.Sin(angle)) / shortRadius;
        return u * u + v * v < 1;
    };

    /// <summary>A round shape with notches: the radius swings around its middle value.</summary>
    public static Func<double, double, bool> Star(double radius, double swing, int rays) => (x, y) =>
        Math.Sqrt(x * x + y * y) < radius * (1 + swing * Math.Cos(rays * Math.Atan2(y, x)));
}
