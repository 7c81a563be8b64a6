using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace DermAssistant.DermLip;

/// <summary>Reads and writes NumPy's <c>.npy</c> files of little-endian numbers in C order.</summary>
public static class Npy
{
    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads float32 or float64 as float32.</summary>
    /// <exception cref="ModelPackException">The file is missing, damaged or of another type.</exception>
    public static (float[] Values, int[] Shape) ReadFloats(string path) => Read(path, (type, file, start) => type switch
    {
        "<f4" => Numbers<float>(file, start, sizeof(float)),
        "<f8" => Array.ConvertAll(Numbers<double>(file, start, sizeof(double)), value => (float)value),
        _ => throw Unfit(path, $"its numbers are {type} instead of float32"),
    });

    /// <summary>Reads int64 or int32 as int64.</summary>
    /// <exception cref="ModelPackException">The file is missing, damaged or of another type.</exception>
    public static (long[] Values, int[] Shape) ReadIntegers(string path) => Read(path, (type, file, start) => type switch
    {
        "<i8" => Numbers<long>(file, start, sizeof(long)),
        "<i4" => Array.ConvertAll(Numbers<int>(file, start, sizeof(int)), value => (long)value),
        _ => throw Unfit(path, $"its numbers are {type} instead of int64"),
    });

    private static T[] Numbers<T>(byte[] file, int start, int size)
    {
        var values = new T[(file.Length - start) / size];
        Buffer.BlockCopy(file, start, values, 0, values.Length * size);
        return values;
    }

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

    private static (T[] Values, int[] Shape) Read<T>(string path, Func<string, byte[], int, T[]> convert)
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
        var type = Between(Member(header, "descr"), '\'', '\'');
        var sides = Between(Member(header, "shape"), '(', ')');
        if (type is null || sides is null) throw Unfit(path, "its header has no type or shape");
        if (Member(header, "fortran_order").StartsWith("True", StringComparison.Ordinal)) throw Unfit(path, "it is in Fortran order");
        var parts = sides.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var shape = new int[parts.Length];
        for (var i = 0; i < shape.Length; i++)
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i])) throw Unfit(path, $"its shape ({sides}) cannot be read");
        var values = convert(type, file, start + length);
        return values.Length == CheckpointFile.Count(shape) ? (values, shape) : throw Unfit(path, $"it holds {values.Length} numbers for the shape {StateTensor.Describe(shape)}");
    }

    /// <summary>What stands after a key of the header; empty where it lacks the key.</summary>
    private static string Member(string header, string key)
    {
        var quoted = $"'{key}'";
        var at = header.IndexOf(quoted, StringComparison.Ordinal);
        var rest = at < 0 ? "" : header[(at + quoted.Length)..].TrimStart();
        return rest.StartsWith(':') ? rest[1..].TrimStart() : "";
    }

    private static string? Between(string text, char open, char close) =>
        text.StartsWith(open) && text.IndexOf(close, 1) is > 0 and var end ? text[1..end] : null;

    private static ModelPackException Unfit(string path, string why, Exception? inner = null) =>
        new($"{path} is not a usable .npy file: {why}.", "Write it with numpy.save as a little-endian array in C order.", inner);
}
