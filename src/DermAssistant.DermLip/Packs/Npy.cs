using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace DermAssistant.DermLip;

/// <summary>Reads and writes NumPy's <c>.npy</c> files of little-endian numbers in C order.</summary>
public static partial class Npy
{
    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    [GeneratedRegex(@"'descr'\s*:\s*'(?<type>[^']+)'")]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"'fortran_order'\s*:\s*True")]
    private static partial Regex FortranPattern();

    [GeneratedRegex(@"'shape'\s*:\s*\((?<sides>[0-9,\s]*)\)")]
    private static partial Regex ShapePattern();

    /// <summary>Reads float32 or float64 as float32.</summary>
    /// <exception cref="ModelPackException">The file is missing, damaged or of another type.</exception>
    public static (float[] Values, int[] Shape) ReadFloats(string path) => Read(path, (type, bytes) => type switch
    {
        "<f4" => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
        "<f8" => Array.ConvertAll(MemoryMarshal.Cast<byte, double>(bytes).ToArray(), value => (float)value),
        _ => throw Unfit(path, $"its numbers are {type} instead of float32"),
    });

    /// <summary>Reads int64 or int32 as int64.</summary>
    /// <exception cref="ModelPackException">The file is missing, damaged or of another type.</exception>
    public static (long[] Values, int[] Shape) ReadIntegers(string path) => Read(path, (type, bytes) => type switch
    {
        "<i8" => MemoryMarshal.Cast<byte, long>(bytes).ToArray(),
        "<i4" => Array.ConvertAll(MemoryMarshal.Cast<byte, int>(bytes).ToArray(), value => (long)value),
        _ => throw Unfit(path, $"its numbers are {type} instead of int64"),
    });

    public static void Write(string path, ReadOnlySpan<float> values, params int[] shape) => Write(path, "<f4", MemoryMarshal.AsBytes(values), shape);

    public static void Write(string path, ReadOnlySpan<long> values, params int[] shape) => Write(path, "<i8", MemoryMarshal.AsBytes(values), shape);

    private static void Write(string path, string type, ReadOnlySpan<byte> bytes, int[] shape)
    {
        var sides = shape.Length == 1 ? $"{shape[0]}," : string.Join(", ", shape);
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({sides}), }}";
        header = header.PadRight((10 + header.Length + 1 + 63) / 64 * 64 - 11) + "\n";
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write);
        stream.Write(Magic);
        stream.Write([1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(header));
        stream.Write(bytes);
    }

    private static (T[] Values, int[] Shape) Read<T>(string path, Func<string, byte[], T[]> convert)
    {
        byte[] file;
        try
        {
            file = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unfit(path, "it cannot be read", e);
        }

        if (file.Length < 12 || !file.AsSpan(0, 6).SequenceEqual(Magic)) throw Unfit(path, "it does not begin as one");
        var wide = file[6] >= 2;
        var start = wide ? 12 : 10;
        var length = wide ? BitConverter.ToInt32(file, 8) : BitConverter.ToUInt16(file, 8);
        if (length < 0 || length > file.Length - start) throw Unfit(path, "its header is cut off");
        var header = Encoding.Latin1.GetString(file, start, length);
        var type = TypePattern().Match(header);
        var sides = ShapePattern().Match(header);
        if (!type.Success || !sides.Success) throw Unfit(path, "its header has no type or shape");
        if (FortranPattern().IsMatch(header)) throw Unfit(path, "it is in Fortran order");
        var parts = sides.Groups["sides"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (!parts.All(part => int.TryParse(part, out _))) throw Unfit(path, "its shape is too large");
        var shape = parts.Select(int.Parse).ToArray();
        var bytes = file[(start + length)..];
        var values = convert(type.Groups["type"].Value, bytes);
        return values.Length == CheckpointFile.Count(shape) ? (values, shape) : throw Unfit(path, $"it holds {values.Length} numbers for the shape {StateTensor.Describe(shape)}");
    }

    private static ModelPackException Unfit(string path, string why, Exception? inner = null) =>
        new($"{path} is not a usable .npy file: {why}.", "Write it with numpy.save as a little-endian array in C order.", inner);
}
