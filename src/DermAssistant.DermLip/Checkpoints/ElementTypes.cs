using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace DermAssistant.DermLip;

/// <summary>Sizes and conversions of element types.</summary>
internal static class ElementTypes
{
    /// <summary>Bytes an element takes in a file.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.Float64 or ElementType.Int64 => 8,
        ElementType.Float32 or ElementType.Int32 => 4,
        ElementType.Float16 or ElementType.BFloat16 or ElementType.Int16 => 2,
        _ => 1,
    };

    public static bool IsFloat(this ElementType type) =>
        type is ElementType.Float64 or ElementType.Float32 or ElementType.Float16 or ElementType.BFloat16;

    /// <summary>Widens little-endian bytes to float32.</summary>
    public static void ToSingle(this ElementType type, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        switch (type)
        {
            case ElementType.Float32:
                MemoryMarshal.Cast<byte, float>(bytes)[..values.Length].CopyTo(values);
                break;
            case ElementType.Float16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes)[..values.Length], values);
                break;
            case ElementType.BFloat16:
                var halves = MemoryMarshal.Cast<byte, ushort>(bytes);
                for (var i = 0; i < values.Length; i++)
                    values[i] = BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
                break;
            case ElementType.Float64:
                var doubles = MemoryMarshal.Cast<byte, double>(bytes);
                for (var i = 0; i < values.Length; i++)
                    values[i] = (float)doubles[i];
                break;
            case ElementType.Int64:
                var longs = MemoryMarshal.Cast<byte, long>(bytes);
                for (var i = 0; i < values.Length; i++)
                    values[i] = longs[i];
                break;
            case ElementType.Int32:
                var ints = MemoryMarshal.Cast<byte, int>(bytes);
                for (var i = 0; i < values.Length; i++)
                    values[i] = ints[i];
                break;
            case ElementType.Int16:
                var shorts = MemoryMarshal.Cast<byte, short>(bytes);
                for (var i = 0; i < values.Length; i++)
                    values[i] = shorts[i];
                break;
            case ElementType.Int8:
                for (var i = 0; i < values.Length; i++)
                    values[i] = (sbyte)bytes[i];
                break;
            default:
                for (var i = 0; i < values.Length; i++)
                    values[i] = bytes[i];
                break;
        }
    }
}
