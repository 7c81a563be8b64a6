using DermAssistant.Imaging.Decoding;
using DermAssistant.Imaging.Resampling;

namespace DermAssistant.Imaging;

/// <summary>An uploaded image after the gate: decoded, metadata dropped, upright and sRGB for people.</summary>
/// <remarks>
/// Immutable and safe to share between threads. Holds the decoded samples once (4 bytes a pixel, gray 1) and neither the uploaded bytes
/// nor any metadata but what is needed to show the photo: its orientation and its colour profile.
/// </remarks>
public sealed class Photo
{
    /// <summary>Rows that are converted at a time.</summary>
    private const int Band = 32;

    private readonly DecodedPhoto _decoded;

    internal Photo(string name, string sha256, PhotoFormat format, DecodedPhoto decoded)
    {
        Name = name;
        Sha256 = sha256;
        Format = format;
        _decoded = decoded;
        var upright = Orientation.Of(decoded.Orientation, decoded.Raster.Width, decoded.Raster.Height);
        Width = upright.Width;
        Height = upright.Height;
    }

    /// <summary>The file name given at upload, without folders.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of the uploaded bytes, lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>The format of the uploaded bytes, by content.</summary>
    public PhotoFormat Format { get; }

    /// <summary>Width in pixels, upright.</summary>
    public int Width { get; }

    /// <summary>Height in pixels, upright.</summary>
    public int Height { get; }

    /// <summary>The samples as stored, for the encoders.</summary>
    internal Raster Raster => _decoded.Raster;

    /// <summary>The photo as people see it, shrunk so that the longer side is at most <paramref name="maxSide"/>; never enlarged.</summary>
    /// <remarks>Upright, in sRGB, transparent parts over white. Shrunk by area-weighted linear filtering, which invents no colours.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxSide"/> is less than 1.</exception>
    public RgbImage ToRgb(int maxSide = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSide, 1);
        var shown = Shrink(maxSide);
        var upright = Orientation.Of(_decoded.Orientation, shown.Width, shown.Height);
        var pixels = GC.AllocateUninitializedArray<byte>(shown.Width * shown.Height * 3);
        var row = shown.Width * shown.Channels;
        var band = new byte[Math.Min(Band, shown.Height) * shown.Width * 3];
        for (var y = 0; y < shown.Height; y += Band)
        {
            var rows = Math.Min(Band, shown.Height - y);
            var rgb = band.AsSpan(0, rows * shown.Width * 3);
            Colours.ToRgbOverWhite(shown.Pixels.AsSpan(y * row, rows * row), shown.Mode, rgb);
            if (_decoded.Colours is not null) SrgbConverter.Convert(rgb, _decoded.Colours);
            for (var i = 0; i < rows; i++)
                Lay(rgb.Slice(i * shown.Width * 3, shown.Width * 3), pixels, upright.Start + (y + i) * upright.StepY, upright.StepX);
        }

        return new RgbImage(upright.Width, upright.Height, pixels);
    }

    /// <summary>The photo as people see it as a JPEG without any metadata, for storing or sending on.</summary>
    /// <param name="quality">1 to 100.</param>
    public byte[] EncodeJpeg(int maxSide = int.MaxValue, int quality = 90) => ToRgb(maxSide).EncodeJpeg(quality);

    /// <summary>The photo as people see it as a PNG without any metadata.</summary>
    public byte[] EncodePng(int maxSide = int.MaxValue) => ToRgb(maxSide).EncodePng();

    private Raster Shrink(int maxSide)
    {
        var raster = Raster;
        var longer = Math.Max(raster.Width, raster.Height);
        if (longer <= maxSide) return raster;
        var width = Math.Max(1, (int)Math.Round((double)raster.Width * maxSide / longer));
        var height = Math.Max(1, (int)Math.Round((double)raster.Height * maxSide / longer));
        var step = raster.Channels == 4 ? Resampler.PixelsAStep : Resampler.SamplesAStep;
        var across = AxisWeights.Create(raster.Width, width, Interpolation.Bilinear, 0, width, step);
        var down = AxisWeights.Create(raster.Height, height, Interpolation.Bilinear, 0, height);
        return raster with
        {
            Width = width,
            Height = height,
            Pixels = Resampler.Resample(raster, across, down, premultiply: raster.Mode == PixelMode.Rgba),
        };
    }

    private static void Lay(ReadOnlySpan<byte> row, byte[] pixels, int index, int step)
    {
        if (step == 1)
        {
            row.CopyTo(pixels.AsSpan(index * 3));
            return;
        }

        for (var i = 0; i < row.Length; i += 3, index += step)
        {
            pixels[index * 3] = row[i];
            pixels[index * 3 + 1] = row[i + 1];
            pixels[index * 3 + 2] = row[i + 2];
        }
    }
}
