using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DermAssistant.Imaging.Resampling;

/// <summary>Separable resampling of 8-bit samples: across first, rounded to bytes, then down, exactly as Pillow.</summary>
/// <remarks>
/// Integer arithmetic throughout, so the vector paths and the plain loops give the same bytes on every machine.
/// Only the rows and columns that the weights name are read, and one band of bytes, output width by input rows, is held in between.
/// </remarks>
internal static class Resampler
{
    private const int Half = 1 << (AxisWeights.FractionBits - 1);

    /// <summary>Taps are worked in groups of this many when a pixel has four bytes.</summary>
    public const int PixelsAStep = 4;

    /// <summary>Taps are worked in groups of this many when a pixel has one byte.</summary>
    public const int SamplesAStep = 8;

    /// <summary>Resamples the window that <paramref name="across"/> and <paramref name="down"/> describe.</summary>
    /// <param name="premultiply">Weighs colours by alpha and divides it out again; only for four-byte pixels.</param>
    /// <returns>Row-major, as many bytes a pixel as the raster has.</returns>
    public static byte[] Resample(Raster raster, AxisWeights across, AxisWeights down, bool premultiply)
    {
        var channels = raster.Channels;
        var outputRow = across.Starts.Length * channels;
        var inputRow = raster.Width * channels;
        var rows = down.End - down.First;
        var band = ArrayPool<byte>.Shared.Rent(outputRow * rows);
        var scratch = premultiply ? ArrayPool<byte>.Shared.Rent(inputRow) : [];
        for (var y = 0; y < rows; y++)
        {
            ReadOnlySpan<byte> input = raster.Pixels.AsSpan((down.First + y) * inputRow, inputRow);
            if (premultiply)
            {
                var range = (across.First * 4)..(across.End * 4);
                Premultiplied.From(input[range], scratch.AsSpan()[range]);
                input = scratch.AsSpan(0, inputRow);
            }

            var output = band.AsSpan(y * outputRow, outputRow);
            if (channels == 4) AcrossPixels(input, across, output);
            else AcrossSamples(input, across, output);
        }

        var result = GC.AllocateUninitializedArray<byte>(outputRow * down.Starts.Length);
        for (var y = 0; y < down.Starts.Length; y++)
        {
            var first = (down.Starts[y] - down.First) * outputRow;
            Down(band.AsSpan(first, down.Taps * outputRow), down.Weights.AsSpan(y * down.Taps, down.Taps), result.AsSpan(y * outputRow, outputRow));
        }

        ArrayPool<byte>.Shared.Return(band);
        if (premultiply)
        {
            ArrayPool<byte>.Shared.Return(scratch);
            Premultiplied.Undo(result);
        }

        return result;
    }

    private static void AcrossPixels(ReadOnlySpan<byte> input, AxisWeights across, Span<byte> output)
    {
        var taps = across.Taps;
        var stepped = Vector256.IsHardwareAccelerated ? taps / PixelsAStep * PixelsAStep : 0;
        for (var x = 0; x < across.Starts.Length; x++)
        {
            var pixels = input.Slice(across.Starts[x] * 4, taps * 4);
            var weights = across.Weights.AsSpan(x * taps, taps);
            var even = Vector256<int>.Zero;
            var odd = Vector256<int>.Zero;
            ref var pixel = ref MemoryMarshal.GetReference(pixels);
            ref var weight = ref MemoryMarshal.GetReference(weights);
            for (var k = 0; k < stepped; k += PixelsAStep)
            {
                var four = Vector256.WidenLower(Vector128.LoadUnsafe(ref pixel, (nuint)(4 * k)).ToVector256Unsafe());
                var each = Vector128.LoadUnsafe(ref weight, (nuint)k).ToVector256Unsafe();
                even += Vector256.WidenLower(four).AsInt32() * Vector256.Shuffle(each, Vector256.Create(0, 0, 0, 0, 1, 1, 1, 1));
                odd += Vector256.WidenUpper(four).AsInt32() * Vector256.Shuffle(each, Vector256.Create(2, 2, 2, 2, 3, 3, 3, 3));
            }

            even += odd;
            var sum = even.GetLower() + even.GetUpper() + Vector128.Create(Half);
            for (var k = stepped; k < taps; k++)
                sum += Vector128.Create(pixels[4 * k], pixels[4 * k + 1], pixels[4 * k + 2], (int)pixels[4 * k + 3]) * weights[k];
            var bytes = Vector128.Min(Vector128.Max(sum >> AxisWeights.FractionBits, Vector128<int>.Zero), Vector128.Create(255));
            var narrow = Vector128.Narrow(Vector128.Narrow(bytes, bytes), Vector128<short>.Zero);
            Unsafe.WriteUnaligned(ref output[4 * x], narrow.AsUInt32()[0]);
        }
    }

    private static void AcrossSamples(ReadOnlySpan<byte> input, AxisWeights across, Span<byte> output)
    {
        var taps = across.Taps;
        var stepped = Vector256.IsHardwareAccelerated ? taps / SamplesAStep * SamplesAStep : 0;
        for (var x = 0; x < across.Starts.Length; x++)
        {
            var samples = input.Slice(across.Starts[x], taps);
            var weights = across.Weights.AsSpan(x * taps, taps);
            var sums = Vector256<int>.Zero;
            for (var k = 0; k < stepped; k += SamplesAStep)
                sums += Eight(samples[k..]) * Vector256.Create<int>(weights[k..]);
            var sum = Half + Vector256.Sum(sums);
            for (var k = stepped; k < taps; k++)
                sum += samples[k] * weights[k];
            output[x] = Clip(sum);
        }
    }

    private static void Down(ReadOnlySpan<byte> rows, ReadOnlySpan<int> weights, Span<byte> output)
    {
        var width = output.Length;
        var stepped = Vector256.IsHardwareAccelerated ? width / SamplesAStep * SamplesAStep : 0;
        for (var i = 0; i < stepped; i += SamplesAStep)
        {
            var sums = Vector256.Create(Half);
            for (var k = 0; k < weights.Length; k++)
                sums += Eight(rows[(k * width + i)..]) * Vector256.Create(weights[k]);
            var bytes = Vector256.Min(Vector256.Max(sums >> AxisWeights.FractionBits, Vector256<int>.Zero), Vector256.Create(255));
            var shorts = Vector128.Narrow(bytes.GetLower(), bytes.GetUpper());
            Unsafe.WriteUnaligned(ref output[i], Vector128.Narrow(shorts, shorts).AsUInt64()[0]);
        }

        for (var i = stepped; i < width; i++)
        {
            var sum = Half;
            for (var k = 0; k < weights.Length; k++)
                sum += rows[k * width + i] * weights[k];
            output[i] = Clip(sum);
        }
    }

    private static Vector256<int> Eight(ReadOnlySpan<byte> bytes)
    {
        var eight = Vector128.CreateScalarUnsafe(MemoryMarshal.Read<ulong>(bytes)).AsByte();
        return Vector256.WidenLower(Vector128.WidenLower(eight).ToVector256Unsafe()).AsInt32();
    }

    private static byte Clip(int sum) => (byte)Math.Clamp(sum >> AxisWeights.FractionBits, 0, 255);
}
