using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using DermAssistant.DermLip.Onnx;

namespace DermAssistant.DermLip;

/// <summary>Rewrites the matrix products of a graph's transformer blocks to int8.</summary>
/// <remarks>Weights become symmetric signed numbers of seven bits with a scale a column; activations are quantised on the fly to
/// unsigned bytes (ONNX DynamicQuantizeLinear, MatMulInteger). Seven bits, because processors without VNNI add two products in
/// 16 bits and saturate: 2 * 255 * 64 still fits, so that every processor gives the same embeddings. Embeddings, norms, attention scores and the last projection stay in float32:
/// they take little time and most of the accuracy.</remarks>
internal static partial class GraphQuantizer
{
    private const int LargestWeight = 63;

    /// <summary>A weight inside a transformer block.</summary>
    [GeneratedRegex(@"\.(resblocks|blocks|layer)\.\d+\.")]
    private static partial Regex BlockWeight();

    /// <summary>Writes the int8 variants of graphs that share a file of weights, and the weights.</summary>
    /// <param name="graphs">The names of the graphs; one that is not there is left out.</param>
    /// <returns>How many products were rewritten in the first graph.</returns>
    public static int Rewrite(string source, string destination, string weightsFile, IEnumerable<string> graphs, CancellationToken cancellationToken)
    {
        var models = graphs.Where(graph => File.Exists(Path.Combine(source, graph))).Select(graph => (Name: graph, Model: OnnxFile.Read(Path.Combine(source, graph)))).ToList();
        using var weights = SafetensorsReader.Open(Path.Combine(source, weightsFile));
        HashSet<string> Products(ModelProto model) =>
            model.Graph.Node.Where(node => IsProduct(node, weights)).Select(node => node.Input[1]).ToHashSet(StringComparer.Ordinal);
        var count = Products(models[0].Model).Count;
        var quantised = models.SelectMany(model => Products(model.Model)).ToHashSet(StringComparer.Ordinal);
        var entries = weights.Tensors.SelectMany(tensor => quantised.Contains(tensor.Name) ? Quantised(tensor) : [Unchanged(tensor)]).ToList();
        var offsets = SafetensorsWriter.Write(Path.Combine(destination, weightsFile), entries, cancellationToken);
        var byName = entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        foreach (var (name, model) in models)
        {
            Replace(model.Graph, weights, quantised);
            foreach (var initializer in model.Graph.Initializer)
                if (byName.TryGetValue(initializer.Name, out var entry)) OnnxFile.PointTo(initializer, weightsFile, offsets[entry.Name], entry.Bytes);
            OnnxFile.Write(model, Path.Combine(destination, name));
        }

        return count;
    }

    private static SafetensorsWriter.Entry Unchanged(StateTensor tensor) =>
        new(tensor.Name, [.. tensor.Shape], ElementType.Float32, () => MemoryMarshal.AsBytes(tensor.Read().AsSpan()).ToArray());

    private static bool IsProduct(NodeProto node, StateDict weights) =>
        node.OpType == "Gemm" && node.Attribute.Any(attribute => attribute is { Name: "transB", I: 1 })
        && weights.TryGet(node.Input[1], out var weight) && weight.Shape.Count == 2 && BlockWeight().IsMatch(weight.Name);

    private static void Replace(GraphProto graph, StateDict weights, HashSet<string> quantised)
    {
        var nodes = graph.Node.ToList();
        var declared = new HashSet<string>(StringComparer.Ordinal);
        var activations = new Dictionary<string, string>(StringComparer.Ordinal);
        graph.Node.Clear();
        foreach (var node in nodes)
        {
            if (node.OpType != "Gemm" || !quantised.Contains(node.Input[1]))
            {
                graph.Node.Add(node);
                continue;
            }

            var input = node.Input[0];
            if (!activations.TryGetValue(input, out var activation))
            {
                activation = activations[input] = $"{input}_q";
                Add(graph, "DynamicQuantizeLinear", [input], [activation, activation + "_scale", activation + "_zero"]);
            }

            if (declared.Add(node.Input[1])) Declare(graph, weights[node.Input[1]]);
            var (weight, output) = (node.Input[1], node.Output[0]);
            Add(graph, "MatMulInteger", [activation, weight + ".int8", activation + "_zero"], [output + "_i"]);
            Add(graph, "Cast", [output + "_i"], [output + "_c"], GraphBuilder.Attribute("to", GraphBuilder.FloatType));
            Add(graph, "Mul", [activation + "_scale", weight + ".scale"], [output + "_s"]);
            var hasBias = node.Input.Count > 2;
            Add(graph, "Mul", [output + "_c", output + "_s"], [hasBias ? output + "_m" : output]);
            if (hasBias) Add(graph, "Add", [output + "_m", node.Input[2]], [output]);
        }

        var kept = graph.Initializer.Where(tensor => !quantised.Contains(tensor.Name)).ToList();
        graph.Initializer.Clear();
        graph.Initializer.Add(kept);
    }

    private static void Add(GraphProto graph, string operation, string[] inputs, string[] outputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = operation, Name = $"{operation}_{outputs[0]}" };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes);
        graph.Node.Add(node);
    }

    private static SafetensorsWriter.Entry[] Quantised(StateTensor weight)
    {
        int outputs = weight.Shape[0], inputs = weight.Shape[1];
        var scales = new Lazy<float[]>(() => Scales(weight.Read(), inputs));
        return
        [
            new(weight.Name + ".int8", [inputs, outputs], ElementType.Int8, () => Bytes(weight.Read(), scales.Value, inputs)),
            new(weight.Name + ".scale", [outputs], ElementType.Float32, () => MemoryMarshal.AsBytes(scales.Value.AsSpan()).ToArray()),
        ];
    }

    private static void Declare(GraphProto graph, StateTensor weight)
    {
        Declare(graph, weight.Name + ".int8", GraphBuilder.Int8Type, weight.Shape[1], weight.Shape[0]);
        Declare(graph, weight.Name + ".scale", GraphBuilder.FloatType, weight.Shape[0]);
    }

    private static void Declare(GraphProto graph, string name, int type, params int[] shape)
    {
        var tensor = new TensorProto { Name = name, DataType = type };
        tensor.Dims.AddRange(shape.Select(side => (long)side));
        graph.Initializer.Add(tensor);
    }

    /// <summary>The largest magnitude of each output over the largest number.</summary>
    private static float[] Scales(float[] weight, int inputs)
    {
        var scales = new float[weight.Length / inputs];
        for (var output = 0; output < scales.Length; output++)
        {
            var largest = System.Numerics.Tensors.TensorPrimitives.MaxMagnitude<float>(weight.AsSpan(output * inputs, inputs));
            scales[output] = largest == 0 ? 1 : Math.Abs(largest) / LargestWeight;
        }

        return scales;
    }

    /// <summary>The weight as signed bytes, transposed to [inputs, outputs].</summary>
    private static byte[] Bytes(float[] weight, float[] scales, int inputs)
    {
        var outputs = scales.Length;
        var bytes = new byte[weight.Length];
        for (var output = 0; output < outputs; output++)
            for (var input = 0; input < inputs; input++)
                bytes[input * outputs + output] = (byte)(sbyte)Math.Clamp(MathF.Round(weight[output * inputs + input] / scales[output]), -LargestWeight, LargestWeight);
        return bytes;
    }
}
