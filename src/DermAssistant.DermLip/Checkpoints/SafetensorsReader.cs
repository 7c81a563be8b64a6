using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace DermAssistant.DermLip;

/// <summary>Reads safetensors: a little-endian header length, a JSON header, then the tensors back to back.</summary>
/// <remarks>Everything the header claims is checked against the file before any tensor is read.</remarks>
internal static class SafetensorsReader
{
    /// <summary>The format's own limit on the header.</summary>
    public const long MaxHeader = 100_000_000;

    public static StateDict Open(string path)
    {
        var file = File.OpenHandle(path);
        try
        {
            return new StateDict(Path.GetFileName(path), ReadHeader(file, path), file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static List<StateTensor> ReadHeader(SafeFileHandle file, string path)
    {
        var length = RandomAccess.GetLength(file);
        Span<byte> prefix = stackalloc byte[8];
        if (length < 8)
            throw Damaged(path, $"it has only {length} bytes");
        CheckpointFile.ReadExactly(file, prefix, 0, path);
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > MaxHeader)
            throw Damaged(path, $"its header claims {headerLength} bytes, more than the format's limit of {MaxHeader}");
        if ((long)headerLength > length - 8)
            throw Damaged(path, $"its header claims {headerLength} bytes of a file of {length}");
        var header = new byte[headerLength];
        CheckpointFile.ReadExactly(file, header, 8, path);

        var tensors = new List<StateTensor>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var start = 8 + (long)headerLength;
        try
        {
            using var json = JsonDocument.Parse(header);
            foreach (var entry in json.RootElement.EnumerateObject())
            {
                if (entry.NameEquals("__metadata__")) continue;
                var tensor = ReadEntry(file, path, start, length, entry);
                if (!names.Add(tensor.Name)) throw Damaged(path, $"the tensor {tensor.Name} appears twice");
                tensors.Add(tensor);
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Damaged(path, "its header is not the JSON the format asks for", e);
        }

        CheckExtents(tensors, start, length, path);
        return tensors;
    }

    private static StateTensor ReadEntry(SafeFileHandle file, string path, long start, long fileLength, JsonProperty entry)
    {
        var type = entry.Value.GetProperty("dtype").GetString() switch
        {
            "F64" => ElementType.Float64,
            "F32" => ElementType.Float32,
            "F16" => ElementType.Float16,
            "BF16" => ElementType.BFloat16,
            "I64" => ElementType.Int64,
            "I32" => ElementType.Int32,
            "I16" => ElementType.Int16,
            "I8" => ElementType.Int8,
            "U8" => ElementType.UInt8,
            "BOOL" => ElementType.Bool,
            var other => throw Damaged(path, $"the tensor {entry.Name} has the unknown element type {other}"),
        };
        var sides = entry.Value.GetProperty("shape");
        var shape = new int[sides.GetArrayLength()];
        for (var i = 0; i < shape.Length; i++) shape[i] = sides[i].GetInt32();
        var ends = entry.Value.GetProperty("data_offsets");
        var offsets = new long[ends.GetArrayLength()];
        for (var i = 0; i < offsets.Length; i++) offsets[i] = ends[i].GetInt64();
        var count = CheckpointFile.Count(shape);
        if (count is null || offsets.Length != 2 || offsets[0] < 0 || offsets[1] < offsets[0] || offsets[1] > fileLength - start
            || count.Value * type.Size() != offsets[1] - offsets[0])
        {
            throw Damaged(path, $"the tensor {entry.Name} of shape {StateTensor.Describe(shape)} lies outside the file or has the wrong length");
        }

        var begin = start + offsets[0];
        return new StateTensor(entry.Name, shape, type, () => CheckpointFile.ReadTensor(file, path, begin, (int)count.Value, type)) { Offset = begin };
    }

    private static void CheckExtents(List<StateTensor> tensors, long start, long length, string path)
    {
        // Empty tensors lie at the beginning of the next one.
        var inOrder = tensors.ToArray();
        Array.Sort(inOrder, static (a, b) => a.Offset == b.Offset ? a.Bytes.CompareTo(b.Bytes) : a.Offset.CompareTo(b.Offset));
        var end = start;
        foreach (var tensor in inOrder)
        {
            if (tensor.Offset != end)
                throw Damaged(path, $"the tensor {tensor.Name} overlaps another or leaves a gap before it");
            end += tensor.Bytes;
        }

        if (end != length)
            throw Damaged(path, $"its tensors cover {end - start} of {length - start} bytes");
    }

    private static ModelPackException Damaged(string path, string why, Exception? inner = null) => new(
        $"{path} is not a whole safetensors file: {why}.",
        "Download the file again and compare its size with the one the hub shows.",
        inner);
}
