using System.Buffers.Binary;
using System.Text.Json;

namespace DermAssistant.DermLip;

/// <summary>Writes float32 and int8 tensors as safetensors, one at a time.</summary>
internal static class SafetensorsWriter
{
    /// <summary>Where the data of the file begin; a page boundary, so that a mapped file needs no copy.</summary>
    private const int Alignment = 4096;

    /// <summary>Written in pieces as long as several large pages, from a multiple of it on, the file lies on large pages when it is mapped later.</summary>
    private const int PieceLength = 8 << 20;

    /// <summary>A tensor to write.</summary>
    /// <param name="Write">Gives the little-endian bytes.</param>
    public sealed record Entry(string Name, int[] Shape, ElementType Type, Func<byte[]> Write)
    {
        public long Bytes => Shape.Aggregate((long)Type.Size(), (product, side) => product * side);
    }

    /// <summary>Writes the file and returns the offset of each tensor from its beginning.</summary>
    /// <remarks>Tensors are sorted by element size, then name, as the format's own writer does.</remarks>
    public static IReadOnlyDictionary<string, long> Write(string path, IEnumerable<Entry> entries, CancellationToken cancellationToken)
    {
        var sorted = entries.OrderByDescending(entry => entry.Type.Size()).ThenBy(entry => entry.Name, StringComparer.Ordinal).ToList();
        var header = Header(sorted);
        var offsets = new Dictionary<string, long>(StringComparer.Ordinal);
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, PieceLength);
        Span<byte> prefix = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
        stream.Write(prefix);
        stream.Write(header);
        foreach (var entry in sorted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            offsets[entry.Name] = stream.Position;
            var bytes = entry.Write();
            if (bytes.Length != entry.Bytes)
                throw new InvalidOperationException($"{entry.Name}: {bytes.Length} bytes for the shape {StateTensor.Describe(entry.Shape)}.");
            for (var done = 0; done < bytes.Length;)
            {
                var piece = Math.Min(bytes.Length - done, PieceLength - (int)(stream.Position % PieceLength));
                stream.Write(bytes, done, piece);
                done += piece;
            }
        }

        return offsets;
    }

    private static byte[] Header(List<Entry> entries)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            var offset = 0L;
            json.WriteStartObject();
            foreach (var entry in entries)
            {
                json.WriteStartObject(entry.Name);
                json.WriteString("dtype", entry.Type switch
                {
                    ElementType.Float32 => "F32",
                    ElementType.Int8 => "I8",
                    _ => throw new ArgumentOutOfRangeException(nameof(entries), entry.Type, "Only float32 and int8 are written."),
                });
                json.WriteStartArray("shape");
                foreach (var side in entry.Shape) json.WriteNumberValue(side);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += entry.Bytes);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        var length = (buffer.Length + 8 + Alignment - 1) / Alignment * Alignment - 8;
        var header = new byte[length];
        buffer.ToArray().CopyTo(header, 0);
        header.AsSpan((int)buffer.Length).Fill((byte)' ');
        return header;
    }
}
