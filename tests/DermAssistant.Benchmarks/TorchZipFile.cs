using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using DermAssistant.DermLip;

namespace DermAssistant.Benchmarks;

/// <summary>Writes a state dict as torch.save does: a ZIP file of a pickle and one uncompressed entry a storage.</summary>
internal static class TorchZipFile
{
    public static void Write(string path, IReadOnlyDictionary<string, WeightTensor> tensors)
    {
        using var zip = new ZipArchive(new FileStream(path, FileMode.Create), ZipArchiveMode.Create);
        Entry(zip, "archive/data.pkl", Pickle(tensors));
        Entry(zip, "archive/version", "3\n"u8);
        var number = 0;
        foreach (var tensor in tensors.Values) Entry(zip, $"archive/data/{number++}", MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
    }

    private static void Entry(ZipArchive zip, string name, ReadOnlySpan<byte> content)
    {
        using var stream = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        stream.Write(content);
    }

    /// <summary>Protocol 2: an OrderedDict of key to _rebuild_tensor_v2(storage, 0, shape, strides, False, OrderedDict()).</summary>
    private static byte[] Pickle(IReadOnlyDictionary<string, WeightTensor> tensors)
    {
        using var pickle = new MemoryStream();
        Raw("\u0080\u0002ccollections\nOrderedDict\n)R(");
        var number = 0;
        foreach (var (key, tensor) in tensors)
        {
            var strides = new int[tensor.Shape.Count];
            for (var (axis, step) = (strides.Length - 1, 1); axis >= 0; step *= tensor.Shape[axis--]) strides[axis] = step;
            Text(key);
            Raw("ctorch._utils\n_rebuild_tensor_v2\n((");
            Text("storage");
            Raw("ctorch\nFloatStorage\n");
            Text($"{number++}");
            Text("cpu");
            Integer(tensor.Values.Length);
            Raw("tQ");
            Integer(0);
            Tuple(tensor.Shape);
            Tuple(strides);
            Raw("\u0089ccollections\nOrderedDict\n)RtR");
        }

        Raw("u.");
        return pickle.ToArray();

        void Raw(string text) => pickle.Write(Encoding.Latin1.GetBytes(text));

        void Text(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Number('X', bytes.Length);
            pickle.Write(bytes);
        }

        void Integer(int value) => Number('J', value);

        void Tuple(IReadOnlyList<int> values)
        {
            Raw("(");
            foreach (var value in values) Integer(value);
            Raw("t");
        }

        void Number(char opcode, int value)
        {
            Span<byte> bytes = stackalloc byte[5];
            bytes[0] = (byte)opcode;
            BinaryPrimitives.WriteInt32LittleEndian(bytes[1..], value);
            pickle.Write(bytes);
        }
    }
}
