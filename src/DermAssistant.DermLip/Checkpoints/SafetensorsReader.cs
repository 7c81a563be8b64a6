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
        var extents = new List<(long Begin, long End, string Name)>();
        var start = 8 + (long)headerLength;
        try
        {
            using var json = JsonDocument.Parse(header);
            foreach (var entry in json.RootElement.EnumerateObject())
            {
                if (entry.NameEquals("__metadata__")) continue;
                tensors.Add(ReadEntry(file, path, start, length, entry, extents));
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Damaged(path, "its header is not the JSON the format asks for", e);
        }

        if (tensors.GroupBy(tensor => tensor.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Damaged(path, $"the tensor {twice.Key} appears twice");
        CheckExtents(extents, length - start, path);
        return tensors;
    }

    private static StateTensor ReadEntry(
        SafeFileHandle file, string path, long start, long fileLength, JsonProperty entry, List<(long, long, string)> extents)
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
        var shape = entry.Value.GetProperty("shape").EnumerateArray().Select(side => side.GetInt32()).ToArray();
        var offsets = entry.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64()).ToArray();
        var count = CheckpointFile.Count(shape);
        if (count is null || offsets.Length != 2 || offsets[0] < 0 || offsets[1] < offsets[0] || offsets[1] > fileLength - start
            || count.Value * type.Size() != offsets[1] - offsets[0])
        {
            throw Damaged(path, $"the tensor {entry.Name} of shape {StateTensor.Describe(shape)} lies outside the file or has the wrong length");
        }

        extents.Add((offsets[0], offsets[1], entry.Name));
        var begin = start + offsets[0];
        return new StateTensor(entry.Name, shape, type, () => CheckpointFile.ReadTensor(file, path, begin, (int)count.Value, type));
    }

    private static void CheckExtents(List<(long Begin, long End, string Name)> extents, long bytes, string path)
    {
        extents.Sort();
        var end = 0L;
        foreach (var extent in extents)
        {
            if (extent.Begin != end)
                throw Damaged(path, $"the tensor {extent.Name} overlaps another or leaves a gap before it");
            end = extent.End;
        }

        if (end != bytes)
            throw Damaged(path, $"its tensors cover {end} of {bytes} bytes");
    }

    private static ModelPackException Damaged(string path, string why, Exception? inner = null) => new(
        $"{path} is not a whole safetensors file: {why}.",
        "Download the file again and compare its size with the one the hub shows.",
        inner);
}
