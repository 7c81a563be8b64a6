using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace DermAssistant.DermLip;

/// <summary>Reads what torch.save writes: a ZIP file, or the older sequence of pickles.</summary>
/// <remarks>A checkpoint that wraps its state dict under <c>state_dict</c> and the prefix <c>module.</c> of data-parallel training are
/// unwrapped. Tensors may share a storage and be views of it with offset and strides.</remarks>
internal static class TorchReader
{
    private const string Prefix = "module.";
    private const long MaxPickle = 256L << 20;

    /// <summary>The low 64 bits of the number that older files begin with, 0x1950a86a20f9469cfc6c.</summary>
    private const long LegacyMagic = unchecked((long)0xa86a20f9469cfc6cUL);

    private const long LegacyProtocol = 1001;

    public static StateDict Open(string path)
    {
        var file = File.OpenHandle(path);
        try
        {
            Span<byte> first = stackalloc byte[4];
            CheckpointFile.ReadExactly(file, first, 0, path);
            var tensors = first.SequenceEqual("PK\x03\x04"u8) ? OpenZip(file, path) : OpenLegacy(file, path);
            return new StateDict(Path.GetFileName(path), tensors, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static List<StateTensor> OpenZip(SafeFileHandle file, string path)
    {
        var entries = ZipDirectory.Read(file, path);
        var pickle = entries.Keys.FirstOrDefault(name => name == "data.pkl" || name.EndsWith("/data.pkl", StringComparison.Ordinal))
            ?? throw Damaged(path, "it is a ZIP file without data.pkl");
        var folder = pickle[..^"data.pkl".Length];
        if (entries[pickle].Length > MaxPickle) throw Damaged(path, "its pickle is too long for a checkpoint");
        var bytes = new byte[entries[pickle].Length];
        CheckpointFile.ReadExactly(file, bytes, entries[pickle].Offset, path);
        using var stream = new MemoryStream(bytes);
        var root = new PickleReader(stream, path).Read();
        return Tensors(file, path, root, storage =>
        {
            if (!entries.TryGetValue($"{folder}data/{storage.Key}", out var entry)) throw Damaged(path, $"it lacks the storage {storage.Key}");
            return storage.Elements <= entry.Length / storage.Type.Size() ? entry.Offset : throw Damaged(path, $"its storage {storage.Key} is cut off");
        });
    }

    private static List<StateTensor> OpenLegacy(SafeFileHandle file, string path)
    {
        var length = RandomAccess.GetLength(file);
        using var stream = new BufferedStream(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1), 1 << 16);
        var reader = new PickleReader(stream, path);
        if (stream.ReadByte() != 0x80) throw Damaged(path, "it begins neither as a ZIP file nor as a pickle");
        stream.Position = 0;
        if (reader.Read() is not LegacyMagic || reader.Read() is not LegacyProtocol) throw Damaged(path, "it is a pickle, but none of torch.save");
        reader.Read();
        var root = reader.Read();
        if (reader.Read() is not List<object?> keys) throw Damaged(path, "its list of storages is missing");

        var storages = Storages(root);
        var found = new Dictionary<string, (long Offset, long Elements, ElementType Type)>(StringComparer.Ordinal);
        var at = stream.Position;
        var count = new byte[8];
        foreach (var key in keys)
        {
            if (key is not string name || !storages.TryGetValue(name, out var storage)) throw Damaged(path, "its list of storages names an unknown one");
            CheckpointFile.ReadExactly(file, count, at, path);
            var elements = BinaryPrimitives.ReadInt64LittleEndian(count);
            if (elements < storage.Elements || elements > (length - at - 8) / storage.Type.Size()) throw Damaged(path, $"its storage {name} is cut off");
            found[name] = (at + 8, elements, storage.Type);
            at += 8 + elements * storage.Type.Size();
        }

        return Tensors(file, path, root, storage =>
        {
            if (!found.TryGetValue(storage.Key, out var place)) throw Damaged(path, $"it lacks the storage {storage.Key}");
            return storage.Elements <= place.Elements && storage.Type == place.Type ? place.Offset : throw Damaged(path, $"it says two things of its storage {storage.Key}");
        });
    }

    /// <summary>The storages that the tensors anywhere in a checkpoint refer to.</summary>
    private static Dictionary<string, TorchStorage> Storages(object? root)
    {
        var storages = new Dictionary<string, TorchStorage>(StringComparer.Ordinal);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object?>([root]);
        while (open.TryPop(out var item))
        {
            if (item is null or string or long or double or bool || !seen.Add(item)) continue;
            switch (item)
            {
                case TorchTensor tensor: storages[tensor.Storage.Key] = tensor.Storage; break;
                case TorchStorage storage: storages[storage.Key] = storage; break;
                case PickleDictionary dictionary: dictionary.Entries.ForEach(entry => open.Push(entry.Value)); break;
                case List<object?> list: list.ForEach(open.Push); break;
                case object?[] tuple: Array.ForEach(tuple, open.Push); break;
            }
        }

        return storages;
    }

    private static List<StateTensor> Tensors(SafeFileHandle file, string path, object? root, Func<TorchStorage, long> locate)
    {
        if (root is not PickleDictionary outer) throw Damaged(path, "it holds no dictionary of tensors");
        var state = outer["state_dict"] as PickleDictionary ?? outer;
        var wrapped = state.Entries.Count > 0 && state.Entries[0].Key is string first && first.StartsWith(Prefix, StringComparison.Ordinal);
        var tensors = new List<StateTensor>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in state.Entries)
        {
            if (key is not string name || value is not TorchTensor tensor) throw Damaged(path, $"its entry {key ?? "None"} is no tensor");
            if (wrapped && name.StartsWith(Prefix, StringComparison.Ordinal)) name = name[Prefix.Length..];
            if (!names.Add(name)) throw Damaged(path, $"the tensor {name} appears twice");
            tensors.Add(Tensor(file, path, name, tensor, locate(tensor.Storage)));
        }

        return tensors;
    }

    private static StateTensor Tensor(SafeFileHandle file, string path, string name, TorchTensor tensor, long start)
    {
        var (storage, offset, shape, strides) = tensor;
        var count = CheckpointFile.Count(shape);
        if (count is null || strides.Length != shape.Length || offset < 0 || offset > storage.Elements || count > storage.Elements)
            throw Damaged(path, $"the tensor {name} of shape {StateTensor.Describe(shape)} does not fit its storage");
        Int128 last = offset;
        for (var axis = 0; axis < shape.Length && count > 0; axis++)
        {
            if (strides[axis] < 0 || strides[axis] > storage.Elements) throw Damaged(path, $"the tensor {name} has a stride outside its storage");
            last += (Int128)(shape[axis] - 1) * strides[axis];
        }

        if (count > 0 && (last >= storage.Elements || last - offset >= Array.MaxLength))
            throw Damaged(path, $"the tensor {name} reaches beyond its storage");
        var begin = start + offset * storage.Type.Size();
        var span = (int)(last - offset + 1);
        return new StateTensor(name, shape, storage.Type, count == 0 ? static () => [] : () =>
        {
            var values = CheckpointFile.ReadTensor(file, path, begin, span, storage.Type);
            return IsContiguous(shape, strides) ? values : Gather(values, shape, strides, (int)count);
        });
    }

    private static bool IsContiguous(int[] shape, long[] strides)
    {
        var expected = 1L;
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            if (shape[axis] != 1 && strides[axis] != expected) return false;
            expected *= shape[axis];
        }

        return true;
    }

    private static float[] Gather(float[] storage, int[] shape, long[] strides, int count)
    {
        var values = new float[count];
        var index = new int[shape.Length];
        var at = 0L;
        for (var i = 0; i < count; i++)
        {
            values[i] = storage[at];
            for (var axis = shape.Length - 1; axis >= 0; axis--)
            {
                at += strides[axis];
                if (++index[axis] < shape[axis]) break;
                at -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }

        return values;
    }

    internal static ModelPackException Damaged(string path, string why) => new(
        $"{path} is not a whole PyTorch checkpoint: {why}.",
        "Download the file again and compare its size with the one the hub shows, or take the safetensors file.");
}
