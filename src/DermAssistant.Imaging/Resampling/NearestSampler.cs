using System.Runtime.InteropServices;

namespace DermAssistant.Imaging.Resampling;

/// <summary>Nearest-neighbour sampling, which the reference falls back to for palette and one-bit pictures.</summary>
internal static class NearestSampler
{
    /// <summary>Samples a window of the resized picture; four bytes a pixel.</summary>
    public static byte[] Sample(Raster raster, int resizedWidth, int resizedHeight, int left, int top, int width, int height)
    {
        var columns = Positions(raster.Width, resizedWidth, left, width);
        var rows = Positions(raster.Height, resizedHeight, top, height);
        var result = GC.AllocateUninitializedArray<byte>(width * height * 4);
        var input = MemoryMarshal.Cast<byte, uint>(raster.Pixels.AsSpan());
        var output = MemoryMarshal.Cast<byte, uint>(result.AsSpan());
        for (var y = 0; y < height; y++)
        {
            var row = input.Slice(rows[y] * raster.Width, raster.Width);
            for (var x = 0; x < width; x++)
                output[y * width + x] = row[columns[x]];
        }

        return result;
    }

    /// <summary>The position is summed up step by step in double precision as Pillow does, since its rounding errors decide ties.</summary>
    private static int[] Positions(int inputSize, int outputSize, int first, int count)
    {
        var step = (double)inputSize / outputSize;
        var position = step * 0.5;
        var positions = new int[count];
        for (var i = 0; i < first + count; i++)
        {
            if (i >= first) positions[i - first] = Math.Min((int)position, inputSize - 1);
            position += step;
        }

        return positions;
    }
}
