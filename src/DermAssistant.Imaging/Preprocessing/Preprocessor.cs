using DermAssistant.Imaging.Preprocessing;
using DermAssistant.Imaging.Resampling;

namespace DermAssistant.Imaging;

/// <summary>Turns a photo into the pixels an image encoder sees, exactly as open_clip with torchvision and Pillow does.</summary>
/// <remarks>
/// As the reference does, and unlike what people see: EXIF orientation and colour profiles are ignored, transparency is dropped without
/// a background, palette and one-bit pictures are sampled without interpolation, and the picture is resized in the mode it is stored in.
/// The result depends on the file and the configuration alone and is the same on every machine.
/// Known deviations: 16-bit gray PNG is read by its high byte (the reference clips it to white, and newer versions of it do something
/// else again), progressive and subsampled CMYK JPEG is at most one off, and transparent pixels of a GIF are black.
/// </remarks>
public static class Preprocessor
{
    /// <summary>The cropped pixels before normalisation: ImageSize * ImageSize * 3 bytes, RGB, row-major.</summary>
    /// <exception cref="ArgumentException">The image size is not between 1 and 4,096, or the resize mode or interpolation is unknown.</exception>
    public static RgbImage Crop(Photo photo, PreprocessConfig config)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(config);
        Check(config);
        var raster = photo.Raster;
        var fit = Fit.Of(config, raster.Width, raster.Height);
        var window = Resize(raster, config.Interpolation, fit);
        var side = config.ImageSize;
        var crop = new byte[side * side * 3];
        if (fit.Width < side || fit.Height < side) Fill(crop, raster.PadColour);
        for (var y = 0; y < fit.Height; y++)
        {
            var row = window.AsSpan(y * fit.Width * raster.Channels, fit.Width * raster.Channels);
            Colours.ToRgb(row, raster.Mode, crop.AsSpan(((fit.PadTop + y) * side + fit.PadLeft) * 3, fit.Width * 3));
        }

        return new RgbImage(side, side, crop);
    }

    /// <summary>Normalises a crop into <paramref name="chw"/> (3 * ImageSize * ImageSize, channel first).</summary>
    /// <remarks>(value / 255 - mean) / std with every step rounded to single precision, as ToTensor and Normalize do.</remarks>
    /// <exception cref="ArgumentException">The crop, the span or the means and deviations have another size than the configuration asks for.</exception>
    public static void Normalize(RgbImage crop, PreprocessConfig config, Span<float> chw)
    {
        ArgumentNullException.ThrowIfNull(crop);
        ArgumentNullException.ThrowIfNull(config);
        var area = config.ImageSize * config.ImageSize;
        if (crop.Width != config.ImageSize || crop.Height != config.ImageSize || crop.Pixels.Length != area * 3)
            throw new ArgumentException($"The crop is {crop.Width} x {crop.Height}, the encoder expects {config.ImageSize} x {config.ImageSize}.", nameof(crop));
        if (chw.Length != area * 3)
            throw new ArgumentException($"The tensor holds {chw.Length} values, the encoder expects {area * 3}.", nameof(chw));
        if (config.Mean.Count != 3 || config.Std.Count != 3)
            throw new ArgumentException("Mean and standard deviation need one value for each of red, green and blue.", nameof(config));

        Span<float> table = stackalloc float[256];
        for (var channel = 0; channel < 3; channel++)
        {
            for (var value = 0; value < table.Length; value++)
                table[value] = (value / 255f - config.Mean[channel]) / config.Std[channel];
            var plane = chw.Slice(channel * area, area);
            var pixels = crop.Pixels.AsSpan(channel);
            for (var i = 0; i < plane.Length; i++)
                plane[i] = table[pixels[3 * i]];
        }
    }

    /// <summary>The window of the resized raster; a raster that has the right size already is copied untouched.</summary>
    private static byte[] Resize(Raster raster, Interpolation interpolation, Fit fit)
    {
        if (fit.ResizedWidth == raster.Width && fit.ResizedHeight == raster.Height) return Cut(raster, fit);
        if (raster.Mode == PixelMode.Indexed)
            return NearestSampler.Sample(raster, fit.ResizedWidth, fit.ResizedHeight, fit.Left, fit.Top, fit.Width, fit.Height);
        var step = raster.Channels == 4 ? Resampler.PixelsAStep : Resampler.SamplesAStep;
        var across = AxisWeights.Create(raster.Width, fit.ResizedWidth, interpolation, fit.Left, fit.Width, step);
        var down = AxisWeights.Create(raster.Height, fit.ResizedHeight, interpolation, fit.Top, fit.Height);
        return Resampler.Resample(raster, across, down, premultiply: raster.Mode == PixelMode.Rgba);
    }

    private static byte[] Cut(Raster raster, Fit fit)
    {
        var row = fit.Width * raster.Channels;
        var window = new byte[row * fit.Height];
        for (var y = 0; y < fit.Height; y++)
            raster.Pixels.AsSpan(((fit.Top + y) * raster.Width + fit.Left) * raster.Channels, row).CopyTo(window.AsSpan(y * row));
        return window;
    }

    private static void Fill(byte[] pixels, int colour)
    {
        for (var i = 0; i < pixels.Length; i += 3)
        {
            pixels[i] = (byte)(colour >> 16);
            pixels[i + 1] = (byte)(colour >> 8);
            pixels[i + 2] = (byte)colour;
        }
    }

    private static void Check(PreprocessConfig config)
    {
        if (config.ImageSize is < 1 or > 4096)
            throw new ArgumentException($"An image size of {config.ImageSize} is not between 1 and 4096.", nameof(config));
        if (!Enum.IsDefined(config.ResizeMode))
            throw new ArgumentException($"The resize mode {config.ResizeMode} is none of shortest, longest, squash.", nameof(config));
        if (!Enum.IsDefined(config.Interpolation))
            throw new ArgumentException($"The interpolation {config.Interpolation} is neither bicubic nor bilinear.", nameof(config));
    }
}
