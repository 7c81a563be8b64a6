using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace DermAssistant.DermLip;

/// <summary>Reads pieces of a checkpoint file.</summary>
internal static class CheckpointFile
{
    private const int ChunkElements = 1 << 20;

    /// <summary>Fills <paramref name="buffer"/> from <paramref name="offset"/> on.</summary>
    /// <exception cref="ModelPackException">The file ends before, or its disk fails.</exception>
    public static void ReadExactly(SafeFileHandle file, Span<byte> buffer, long offset, string path)
    {
        while (buffer.Length > 0)
        {
            var read = Read(file, buffer, offset, path);
            if (read == 0)
                throw new ModelPackException($"{path} ends too early.", "Download the file again and compare its size with the one the hub shows.");
            buffer = buffer[read..];
            offset += read;
        }
    }

    private static int Read(SafeFileHandle file, Span<byte> buffer, long offset, string path)
    {
        try
        {
            return RandomAccess.Read(file, buffer, offset);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelPackException($"{path} cannot be read: {e.Message}", "Check the file and the disk it lies on.", e);
        }
    }

    /// <summary>Reads consecutive elements as float32.</summary>
    public static float[] ReadTensor(SafeFileHandle file, string path, long offset, int count, ElementType type)
    {
        var values = new float[count];
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(count, ChunkElements) * type.Size());
        try
        {
            for (var done = 0; done < count; done += ChunkElements)
            {
                var now = Math.Min(ChunkElements, count - done);
                var bytes = buffer.AsSpan(0, now * type.Size());
                ReadExactly(file, bytes, offset + (long)done * type.Size(), path);
                type.ToSingle(bytes, values.AsSpan(done, now));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return values;
    }

    /// <summary>The number of elements of a shape, or null where a side is negative or the tensor would not fit into an array.</summary>
    public static long? Count(ReadOnlySpan<int> shape)
    {
        var count = 1L;
        foreach (var side in shape)
        {
            if (side < 0) return null;
            count *= side;
            if (count > Array.MaxLength) return null;
        }

        return count;
    }
}
