using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace DermAssistant.DermLip;

/// <summary>Where the uncompressed entries of a ZIP file lie.</summary>
/// <remarks>torch.save stores its entries uncompressed, so that tensors can be read from their place in the file;
/// System.IO.Compression does not tell that place. Layout: PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16.</remarks>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int Zip64LocatorLength = 20;
    private const int MaxDirectory = 64 << 20;

    /// <returns>Offset and length of the bytes of each entry by name.</returns>
    public static Dictionary<string, (long Offset, long Length)> Read(SafeFileHandle file, string path)
    {
        var length = RandomAccess.GetLength(file);
        var tail = new byte[Math.Min(length, EndLength + ushort.MaxValue + Zip64LocatorLength)];
        CheckpointFile.ReadExactly(file, tail, length - tail.Length, path);
        var end = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || end > tail.Length - EndLength) throw TorchReader.Damaged(path, "its ZIP directory is missing; the file is cut off");
        long size = U32(tail, end + 12), offset = U32(tail, end + 16);
        if (offset == uint.MaxValue || size == uint.MaxValue) (size, offset) = Zip64End(file, tail, end, length, path);
        if (size < 0 || offset < 0 || size > MaxDirectory || offset > length - size) throw TorchReader.Damaged(path, "its ZIP directory lies outside the file");
        var directory = new byte[size];
        CheckpointFile.ReadExactly(file, directory, offset, path);
        return Entries(file, directory, length, path);
    }

    private static (long Size, long Offset) Zip64End(SafeFileHandle file, byte[] tail, int end, long length, string path)
    {
        var locator = end - Zip64LocatorLength;
        if (locator < 0 || !tail.AsSpan(locator).StartsWith("PK\x06\x07"u8)) throw TorchReader.Damaged(path, "its ZIP64 directory is missing");
        var at = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(locator + 8));
        if (at < 0 || at > length - 56) throw TorchReader.Damaged(path, "its ZIP64 directory lies outside the file");
        var record = new byte[56];
        CheckpointFile.ReadExactly(file, record, at, path);
        return (BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(40)), BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48)));
    }

    private static Dictionary<string, (long Offset, long Length)> Entries(SafeFileHandle file, byte[] directory, long fileLength, string path)
    {
        var entries = new Dictionary<string, (long Offset, long Length)>(StringComparer.Ordinal);
        for (var at = 0; at <= directory.Length - 46 && directory.AsSpan(at).StartsWith("PK\x01\x02"u8);)
        {
            int method = U16(directory, at + 10), nameLength = U16(directory, at + 28), extraLength = U16(directory, at + 30), commentLength = U16(directory, at + 32);
            long packed = U32(directory, at + 20), size = U32(directory, at + 24), header = U32(directory, at + 42);
            var next = at + 46 + nameLength + extraLength + commentLength;
            if (next > directory.Length) throw TorchReader.Damaged(path, "its ZIP directory is cut off");
            var name = Encoding.UTF8.GetString(directory, at + 46, nameLength);
            Zip64Extra(directory.AsSpan(at + 46 + nameLength, extraLength), ref size, ref packed, ref header);
            if (method != 0 || size != packed) throw TorchReader.Damaged(path, $"its entry {name} is compressed, which torch.save never does");
            var offset = DataOffset(file, header, fileLength, name, path);
            if (size < 0 || size > fileLength - offset) throw TorchReader.Damaged(path, $"its entry {name} lies outside the file");
            if (!entries.TryAdd(name, (offset, size))) throw TorchReader.Damaged(path, $"its entry {name} appears twice");
            at = next;
        }

        return entries;
    }

    /// <summary>Takes the 64-bit values of those fields that are full.</summary>
    private static void Zip64Extra(ReadOnlySpan<byte> extra, ref long size, ref long packed, ref long header)
    {
        while (extra.Length >= 4)
        {
            int id = BinaryPrimitives.ReadUInt16LittleEndian(extra), length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (length > extra.Length - 4) return;
            var field = extra.Slice(4, length);
            if (id == 1)
            {
                Take(ref field, ref size);
                Take(ref field, ref packed);
                Take(ref field, ref header);
            }

            extra = extra[(4 + length)..];
        }
    }

    private static void Take(ref ReadOnlySpan<byte> field, ref long value)
    {
        if (value != uint.MaxValue || field.Length < 8) return;
        value = BinaryPrimitives.ReadInt64LittleEndian(field);
        field = field[8..];
    }

    private static long DataOffset(SafeFileHandle file, long header, long fileLength, string name, string path)
    {
        if (header < 0 || header > fileLength - 30) throw TorchReader.Damaged(path, $"its entry {name} lies outside the file");
        var local = new byte[30];
        CheckpointFile.ReadExactly(file, local, header, path);
        if (!local.AsSpan().StartsWith("PK\x03\x04"u8)) throw TorchReader.Damaged(path, $"its entry {name} has no header");
        var offset = header + 30 + U16(local, 26) + U16(local, 28);
        return offset <= fileLength ? offset : throw TorchReader.Damaged(path, $"its entry {name} lies outside the file");
    }

    private static int U16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static long U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}
