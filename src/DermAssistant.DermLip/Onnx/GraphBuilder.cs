using System.Runtime.InteropServices;
using DermAssistant.DermLip.Onnx;
using Google.Protobuf;

namespace DermAssistant.DermLip;

/// <summary>Builds an ONNX graph node by node; values are named by strings.</summary>
/// <remarks>Weights are read and written one at a time when the graph is saved, into a safetensors file beside the
/// graph that ONNX Runtime maps into memory. Constants that shapes depend on are inside the graph. Of one graph several
/// files can be made, each for some of the outputs: a runtime computes the whole of a file, wanted or not.</remarks>
internal sealed class GraphBuilder(string name)
{
    public const int FloatType = 1;
    public const int Int8Type = 3;
    public const int Int32Type = 6;
    public const int Int64Type = 7;

    /// <summary>Version 20 has LayerNormalization and Gelu as standard operators.</summary>
    public const int Opset = 20;

    private const int IrVersion = 9;

    private readonly GraphProto _graph = new() { Name = name };
    private readonly Dictionary<string, (TensorProto Tensor, SafetensorsWriter.Entry Entry)> _weights = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);
    private int _values;

    /// <summary>Declares an input; a negative side is free.</summary>
    public string Input(string inputName, int elementType, params int[] shape)
    {
        _graph.Input.Add(Value(inputName, elementType, shape));
        return inputName;
    }

    /// <summary>Makes a value an output of the graph under the name <paramref name="outputName"/>.</summary>
    public void Output(string outputName, string value, params int[] shape)
    {
        _graph.Node.Add(new NodeProto { OpType = "Identity", Name = outputName, Input = { value }, Output = { outputName } });
        _graph.Output.Add(Value(outputName, FloatType, shape));
    }

    /// <summary>Declares what the operators cannot tell of a float32 value: its sides, each a number or a name that means one number throughout a run.</summary>
    /// <remarks>ONNX Runtime plans which value may take the memory of an earlier one of the same sides. Those it knows nothing of it compares with
    /// each value before them, which takes as long as all else about opening a graph of 300 nodes, and it finds none.</remarks>
    public string Declare(string value, params TensorShapeProto.Types.Dimension[] sides)
    {
        _graph.ValueInfo.Add(Value(value, FloatType, sides));
        return value;
    }

    /// <summary>Adds a node with one output and returns the output's name.</summary>
    public string Node(string operation, string[] inputs, params AttributeProto[] attributes) => Nodes(operation, inputs, 1, attributes)[0];

    /// <summary>Adds a node and returns the names of its outputs.</summary>
    public string[] Nodes(string operation, string[] inputs, int outputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = operation, Name = $"{operation}_{_graph.Node.Count}" };
        node.Input.AddRange(inputs);
        for (var i = 0; i < outputs; i++)
            node.Output.Add($"v{_values++}");
        node.Attribute.AddRange(attributes);
        _graph.Node.Add(node);
        return [.. node.Output];
    }

    /// <summary>A tensor of the checkpoint, unchanged, under its own key.</summary>
    public string Weight(StateTensor tensor) => Weight(tensor.Name, [.. tensor.Shape], tensor.Read);

    /// <summary>A tensor of weights; the same name gives the same tensor.</summary>
    public string Weight(string weightName, int[] shape, Func<float[]> values) =>
        Weight(weightName, shape, FloatType, ElementType.Float32, () => MemoryMarshal.AsBytes(values().AsSpan()).ToArray());

    private string Weight(string weightName, int[] shape, int dataType, ElementType type, Func<byte[]> bytes)
    {
        if (_weights.ContainsKey(weightName)) return weightName;
        var tensor = new TensorProto { Name = weightName, DataType = dataType, DataLocation = TensorProto.Types.DataLocation.External };
        tensor.Dims.AddRange(shape.Select(side => (long)side));
        _graph.Initializer.Add(tensor);
        _weights[weightName] = (tensor, new SafetensorsWriter.Entry(weightName, shape, type, bytes));
        return weightName;
    }

    /// <summary>A small constant of int64, one-dimensional.</summary>
    public string Ints(params long[] values) =>
        Constant($"i_{string.Join('_', values)}", Int64Type, [values.Length], MemoryMarshal.AsBytes(values.AsSpan()));

    /// <summary>An int64 scalar.</summary>
    public string Int(long value) => Constant($"s_{value}", Int64Type, [], MemoryMarshal.AsBytes<long>(new[] { value }));

    /// <summary>A float32 scalar.</summary>
    public string Scalar(float value) => Constant($"f_{value:R}", FloatType, [], MemoryMarshal.AsBytes<float>(new[] { value }));

    private string Constant(string key, int dataType, int[] shape, ReadOnlySpan<byte> bytes)
    {
        if (_constants.TryGetValue(key, out var known)) return known;
        var constant = $"const_{key}";
        var tensor = new TensorProto { Name = constant, DataType = dataType, RawData = ByteString.CopyFrom(bytes) };
        tensor.Dims.AddRange(shape.Select(side => (long)side));
        _graph.Initializer.Add(tensor);
        _constants[key] = constant;
        return constant;
    }

    /// <summary>Writes one file a graph, with what the outputs it names need and nothing else, and one safetensors file that all of them map.</summary>
    public void Save(string folder, string weightsFile, IReadOnlyList<GraphFile> graphs, CancellationToken cancellationToken = default)
    {
        var parts = graphs.Select(graph => (graph.Name, Graph: Part(graph.Outputs))).ToList();
        var needed = parts.SelectMany(part => part.Graph.Initializer).Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        var weights = _weights.Values.Where(weight => needed.Contains(weight.Entry.Name)).ToList();
        var offsets = SafetensorsWriter.Write(Path.Combine(folder, weightsFile), weights.Select(weight => weight.Entry), cancellationToken);
        foreach (var (tensor, entry) in weights)
            OnnxFile.PointTo(tensor, weightsFile, offsets[entry.Name], entry.Bytes);
        foreach (var (file, graph) in parts)
        {
            var model = new ModelProto { IrVersion = IrVersion, ProducerName = "DermAssistant", Graph = graph };
            model.OpsetImport.Add(new OperatorSetIdProto { Version = Opset });
            OnnxFile.Write(model, Path.Combine(folder, file));
        }
    }

    /// <summary>The nodes and weights that some of the outputs depend on.</summary>
    private GraphProto Part(IReadOnlyCollection<string> outputs)
    {
        var needed = outputs.ToHashSet(StringComparer.Ordinal);
        var nodes = new Stack<NodeProto>();
        foreach (var node in _graph.Node.Reverse())
        {
            if (!node.Output.Any(needed.Contains)) continue;
            nodes.Push(node);
            needed.UnionWith(node.Input);
        }

        var part = new GraphProto { Name = _graph.Name };
        part.Input.AddRange(_graph.Input);
        part.Output.AddRange(_graph.Output.Where(output => outputs.Contains(output.Name)));
        part.Node.AddRange(nodes);
        part.ValueInfo.AddRange(_graph.ValueInfo.Where(value => needed.Contains(value.Name)));
        part.Initializer.AddRange(_graph.Initializer.Where(tensor => needed.Contains(tensor.Name)));
        return part;
    }

    public static AttributeProto Attribute(string attributeName, long value) =>
        new() { Name = attributeName, I = value, Type = AttributeProto.Types.AttributeType.Int };

    public static AttributeProto Attribute(string attributeName, float value) =>
        new() { Name = attributeName, F = value, Type = AttributeProto.Types.AttributeType.Float };

    public static AttributeProto Attribute(string attributeName, params long[] values)
    {
        var attribute = new AttributeProto { Name = attributeName, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values);
        return attribute;
    }

    public static TensorShapeProto.Types.Dimension Side(int length) => new() { DimValue = length };

    public static TensorShapeProto.Types.Dimension Side(string sideName) => new() { DimParam = sideName };

    private static ValueInfoProto Value(string valueName, int elementType, int[] shape) =>
        Value(valueName, elementType, shape.Select((side, i) => side >= 0 ? Side(side) : Side(i == 0 ? "batch" : $"{valueName}_{i}")));

    private static ValueInfoProto Value(string valueName, int elementType, IEnumerable<TensorShapeProto.Types.Dimension> sides)
    {
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(sides);
        return new ValueInfoProto { Name = valueName, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = elementType, Shape = shape } } };
    }
}
