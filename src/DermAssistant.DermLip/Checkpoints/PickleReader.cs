using System.Buffers.Binary;
using System.Text;

namespace DermAssistant.DermLip;

/// <summary>Reads the pickles that torch.save writes.</summary>
/// <remarks>A small stack machine over a whitelist of opcodes and of names. Nothing is imported, called or evaluated: the only
/// names known are OrderedDict, the two that rebuild a tensor, and the storages; any other is refused by name.</remarks>
internal sealed class PickleReader(Stream stream, string path)
{
    private const int MaxText = 1 << 20;
    private const int MaxObjects = 10_000_000;

    private static readonly object Mark = new();

    private static readonly Dictionary<string, ElementType> Storages = new(StringComparer.Ordinal)
    {
        ["torch.DoubleStorage"] = ElementType.Float64,
        ["torch.FloatStorage"] = ElementType.Float32,
        ["torch.HalfStorage"] = ElementType.Float16,
        ["torch.BFloat16Storage"] = ElementType.BFloat16,
        ["torch.LongStorage"] = ElementType.Int64,
        ["torch.IntStorage"] = ElementType.Int32,
        ["torch.ShortStorage"] = ElementType.Int16,
        ["torch.CharStorage"] = ElementType.Int8,
        ["torch.ByteStorage"] = ElementType.UInt8,
        ["torch.BoolStorage"] = ElementType.Bool,
    };

    private readonly List<object?> _stack = [];
    private readonly Dictionary<uint, object?> _memo = [];
    private readonly byte[] _buffer = new byte[8];

    /// <summary>Reads one pickle from the stream's position to its STOP.</summary>
    public object? Read()
    {
        _stack.Clear();
        _memo.Clear();
        while (true)
        {
            var opcode = (char)Bytes(1)[0];
            if (opcode == '.') return Pop();
            Execute(opcode);
            if (_stack.Count > MaxObjects) throw Damaged("its pickle nests too much");
        }
    }

    private void Execute(char opcode)
    {
        switch (opcode)
        {
            case '\x80': Bytes(1); break;
            case '(': _stack.Add(Mark); break;
            case 'N': _stack.Add(null); break;
            case '\x88': _stack.Add(true); break;
            case '\x89': _stack.Add(false); break;
            case 'K': _stack.Add((long)Bytes(1)[0]); break;
            case 'M': _stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2))); break;
            case 'J': _stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Bytes(4))); break;
            case '\x8a': _stack.Add(LongInteger()); break;
            case 'G': _stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Bytes(8))); break;
            case 'X': _stack.Add(Text(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4)))); break;
            case 'q': _memo[Bytes(1)[0]] = Top(); break;
            case 'r': _memo[BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4))] = Top(); break;
            case 'h': Recall(Bytes(1)[0]); break;
            case 'j': Recall(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4))); break;
            case ')': _stack.Add(Array.Empty<object?>()); break;
            case 't': _stack.Add(ToMark().ToArray()); break;
            case '\x85': _stack.Add(PopMany(1)); break;
            case '\x86': _stack.Add(PopMany(2)); break;
            case '\x87': _stack.Add(PopMany(3)); break;
            case '}': _stack.Add(new PickleDictionary()); break;
            case ']': _stack.Add(new List<object?>()); break;
            case 's': SetItems([.. PopMany(2)]); break;
            case 'u': SetItems(ToMark()); break;
            case 'a': Append([.. PopMany(1)]); break;
            case 'e': Append(ToMark()); break;
            case 'c': _stack.Add(Global(Line(), Line())); break;
            case 'Q': _stack.Add(Storage(Pop())); break;
            case 'R': Reduce(); break;
            case 'b': Build(); break;
            default: throw Damaged($"its pickle has the operation 0x{(int)opcode:x2}, which no checkpoint needs");
        }
    }

    private void Recall(uint key) => _stack.Add(_memo.TryGetValue(key, out var value) ? value : throw Damaged("its pickle recalls what it never stored"));

    private void SetItems(List<object?> items)
    {
        if (items.Count % 2 != 0 || Top() is not PickleDictionary dictionary) throw Damaged("its pickle sets items on no dictionary");
        for (var i = 0; i < items.Count; i += 2)
            dictionary.Entries.Add((items[i], items[i + 1]));
    }

    private void Append(List<object?> items)
    {
        if (Top() is not List<object?> list) throw Damaged("its pickle appends to no list");
        list.AddRange(items);
    }

    private PickleGlobal Global(string module, string name)
    {
        var full = $"{module}.{name}";
        return full is "collections.OrderedDict" or "torch._utils._rebuild_tensor_v2" or "torch._utils._rebuild_parameter" || Storages.ContainsKey(full)
            ? new PickleGlobal(full)
            : throw new ModelPackException(
                $"{path} refers to {full}, which a checkpoint of weights does not need; it is not opened.",
                "Save only the state dict (torch.save(model.state_dict(), ...)), or take the safetensors file.");
    }

    /// <summary>Reads a persistent id: ('storage', type, key, device, elements), in old files with a sixth part for views.</summary>
    private TorchStorage Storage(object? id)
    {
        if (id is object?[] { Length: 5 or 6 } parts && parts is ["storage", PickleGlobal type, string key, string, long elements, ..]
            && (parts.Length == 5 || parts[5] is null) && elements >= 0 && Storages.TryGetValue(type.Name, out var elementType))
        {
            return new TorchStorage(key, elementType, elements);
        }

        throw Damaged("its pickle refers to something that is no storage");
    }

    private void Reduce()
    {
        var arguments = Pop() as object?[];
        var function = (Pop() as PickleGlobal)?.Name;
        _stack.Add((function, arguments) switch
        {
            ("collections.OrderedDict", []) => new PickleDictionary(),
            ("torch._utils._rebuild_parameter", [TorchTensor tensor, ..]) => tensor,
            ("torch._utils._rebuild_tensor_v2", [TorchStorage storage, long offset, object?[] shape, object?[] strides, ..]) =>
                new TorchTensor(storage, offset, [.. shape.Select(Side)], [.. strides.Select(stride => stride is long value ? value : throw Damaged("a stride is no number"))]),
            _ => throw Damaged("its pickle calls something with the wrong arguments"),
        });
    }

    private int Side(object? side) => side is long value and >= 0 and <= int.MaxValue ? (int)value : throw Damaged("the side of a tensor is no number");

    /// <summary>PyTorch sets the attribute _metadata on a state dict; it decides nothing.</summary>
    private void Build()
    {
        Pop();
        if (Top() is not PickleDictionary) throw Damaged("its pickle sets attributes on no dictionary");
    }

    private long LongInteger()
    {
        var bytes = Read(Bytes(1)[0]);
        if (bytes.Length > 16) throw Damaged("a number of its pickle is too large");
        var value = new System.Numerics.BigInteger(bytes);
        // The magic number of old files is longer than 64 bits; its low part tells it from others well enough.
        return (long)(ulong)(value & ulong.MaxValue);
    }

    private string Line()
    {
        var line = new StringBuilder();
        for (var c = Bytes(1)[0]; c != '\n'; c = Bytes(1)[0])
        {
            line.Append((char)c);
            if (line.Length > 256) throw Damaged("a name of its pickle is too long");
        }

        return line.ToString();
    }

    private string Text(uint length) =>
        length <= MaxText ? Encoding.UTF8.GetString(Read((int)length)) : throw Damaged($"a text of its pickle claims {length} bytes");

    private ReadOnlySpan<byte> Bytes(int count)
    {
        if (stream.ReadAtLeast(_buffer.AsSpan(0, count), count, throwOnEndOfStream: false) < count) throw Damaged("its pickle ends too early");
        return _buffer.AsSpan(0, count);
    }

    private byte[] Read(int count)
    {
        var bytes = new byte[count];
        if (stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) < count) throw Damaged("its pickle ends too early");
        return bytes;
    }

    private object? Top() => _stack.Count > 0 ? _stack[^1] : throw Damaged("its pickle takes more than it put");

    private object? Pop()
    {
        var top = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    private object?[] PopMany(int count)
    {
        if (_stack.Count < count) throw Damaged("its pickle takes more than it put");
        var items = _stack.GetRange(_stack.Count - count, count).ToArray();
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    private List<object?> ToMark()
    {
        var mark = _stack.LastIndexOf(Mark);
        if (mark < 0) throw Damaged("its pickle closes what it never opened");
        var items = _stack.GetRange(mark + 1, _stack.Count - mark - 1);
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private ModelPackException Damaged(string why) => TorchReader.Damaged(path, why);
}
