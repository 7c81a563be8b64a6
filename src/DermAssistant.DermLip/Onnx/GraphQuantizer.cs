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

    /// <summary>Writes the int8 graph and its weights.</summary>
    /// <returns>How many products were rewritten.</returns>
    public static int Rewrite(string sourcePath, string destinationPath, CancellationToken cancellationToken)
    {
        var model = OnnxFile.Read(sourcePath);
        using var weights = SafetensorsReader.Open(Path.ChangeExtension(sourcePath, ".safetensors"));
        var graph = model.Graph;
        var quantised = graph.Node.Where(node => IsProduct(node, weights)).Select(node => node.Input[1]).ToHashSet(StringComparer.Ordinal);
        var entries = new List<SafetensorsWriter.Entry>();
        Replace(graph, weights, quantised, entries);

        entries.AddRange(weights.Tensors.Where(tensor => !quantised.Contains(tensor.Name)).Select(tensor => Unchanged(tensor)));
        var weightsPath = Path.ChangeExtension(destinationPath, ".safetensors");
        var offsets = SafetensorsWriter.Write(weightsPath, entries, cancellationToken);
        var initializers = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var entry in entries)
            OnnxFile.PointTo(initializers[entry.Name], Path.GetFileName(weightsPath), offsets[entry.Name], entry.Bytes);
        OnnxFile.Write(model, destinationPath);
        return quantised.Count;
    }

    private static SafetensorsWriter.Entry Unchanged(StateTensor tensor) =>
        new(tensor.Name, [.. tensor.Shape], ElementType.Float32, () => MemoryMarshal.AsBytes(tensor.Read().AsSpan()).ToArray());

    private static bool IsProduct(NodeProto node, StateDict weights) =>
        node.OpType == "Gemm" && node.Attribute.Any(attribute => attribute is { Name: "transB", I: 1 })
        && weights.TryGet(node.Input[1], out var weight) && weight.Shape.Count == 2 && BlockWeight().IsMatch(weight.Name);

    private static void Replace(GraphProto graph, StateDict weights, HashSet<string> quantised, List<SafetensorsWriter.Entry> entries)
    {
        var nodes = graph.Node.ToList();
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

            AddWeight(graph, weights[node.Input[1]], entries);
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

    private static void AddWeight(GraphProto graph, StateTensor weight, List<SafetensorsWriter.Entry> entries)
    {
        int outputs = weight.Shape[0], inputs = weight.Shape[1];
        var scales = new Lazy<float[]>(() => Scales(weight.Read(), inputs));
        Declare(graph, weight.Name + ".int8", GraphBuilder.Int8Type, inputs, outputs);
        Declare(graph, weight.Name + ".scale", GraphBuilder.FloatType, outputs);
        entries.Add(new SafetensorsWriter.Entry(weight.Name + ".int8", [inputs, outputs], ElementType.Int8, () => Bytes(weight.Read(), scales.Value, inputs)));
        entries.Add(new SafetensorsWriter.Entry(weight.Name + ".scale", [outputs], ElementType.Float32, () => MemoryMarshal.AsBytes(scales.Value.AsSpan()).ToArray()));
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
