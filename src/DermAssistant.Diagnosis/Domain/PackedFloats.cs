using System.Runtime.InteropServices;

namespace DermAssistant.Diagnosis;

/// <summary>Arrays of numbers as base64 of little-endian float32: a matrix written digit by digit would be five times as long.</summary>
internal static class PackedFloats
{
    public static string Pack(ReadOnlySpan<double> values)
    {
        var floats = new float[values.Length];
        for (var i = 0; i < floats.Length; i++) floats[i] = (float)values[i];
        return Convert.ToBase64String(MemoryMarshal.AsBytes(floats.AsSpan()));
    }

    /// <exception cref="FormatException">The text is not base64 of that many numbers.</exception>
    public static double[] Unpack(string text, int count)
    {
        var floats = MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(text));
        if (floats.Length != count) throw new FormatException($"{count} numbers were expected and {floats.Length} found");
        var values = new double[count];
        for (var i = 0; i < count; i++)
            values[i] = float.IsFinite(floats[i]) ? floats[i] : throw new FormatException("a number is not finite");
        return values;
    }
}
