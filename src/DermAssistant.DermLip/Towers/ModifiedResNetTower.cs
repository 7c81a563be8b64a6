using static DermAssistant.DermLip.GraphBuilder;

namespace DermAssistant.DermLip;

/// <summary>The ResNet of CLIP: a stem of three convolutions, average pooling before every stride, attention pooling at the end.</summary>
/// <remarks>Its blocks are CLIP's bottlenecks (1x1, 3x3, 1x1 to four times the planes), or basic ones (3x3, 3x3), as small networks have
/// them. Batch normalisation uses its running statistics and is folded into the convolutions of the graph. A patch embedding is
/// what one location contributes to the attention pool: its value projection through the output projection.</remarks>
internal sealed class ModifiedResNetTower(int imageSize, IReadOnlyList<int> layers, int width, bool bottlenecks, int headWidth, int dimension) : IImageTower
{
    private const string Prefix = "visual.";
    private const string Pool = Prefix + "attnpool.";
    private const double BatchNormEpsilon = 1e-5;

    /// <summary>How <c>pack.json</c> names this tower.</summary>
    public const string Name = "clip-resnet";

    public string Kind => Name;

    public int ImageSize => imageSize;

    public int Dimension => dimension;

    public int PatchGrid { get; } = imageSize / 32;

    private int Features => FeatureCount(width, bottlenecks);

    private int Heads => Features / headWidth;

    /// <summary>Channels of the map that is pooled: the last stage's planes, times four where the blocks are bottlenecks.</summary>
    public static int FeatureCount(int width, bool bottlenecks) => (width << 3) * (bottlenecks ? 4 : 1);

    /// <summary>A convolution with its batch normalisation.</summary>
    private sealed record Convolution(string Key, string Norm, int In, int Out, int Kernel, int Stride = 1)
    {
        public IEnumerable<ExpectedTensor> Tensors =>
        [
            new($"{Prefix}{Key}.weight", Out, In, Kernel, Kernel),
            .. new[] { "weight", "bias", "running_mean", "running_var" }.Select(part => new ExpectedTensor($"{Prefix}{Norm}.{part}", Out)),
        ];
    }

    /// <summary>A residual block: convolutions, average pooling by the stride before the last of them; the shortcut likewise.</summary>
    private sealed record Block(IReadOnlyList<Convolution> First, Convolution Last, Convolution? Shortcut, int Stride);

    private IReadOnlyList<Convolution> Stem { get; } =
    [
        new("conv1", "bn1", 3, width / 2, 3, 2),
        new("conv2", "bn2", width / 2, width / 2, 3),
        new("conv3", "bn3", width / 2, width, 3),
    ];

    private IEnumerable<Block> Blocks
    {
        get
        {
            var channels = width;
            for (var stage = 0; stage < layers.Count; stage++)
            {
                var planes = width << stage;
                var outputs = bottlenecks ? planes * 4 : planes;
                for (var block = 0; block < layers[stage]; block++)
                {
                    var stride = stage > 0 && block == 0 ? 2 : 1;
                    var name = $"layer{stage + 1}.{block}";
                    Convolution Numbered(int number, int from, int to, int kernel) => new($"{name}.conv{number}", $"{name}.bn{number}", from, to, kernel);
                    yield return new Block(
                        bottlenecks ? [Numbered(1, channels, planes, 1), Numbered(2, planes, planes, 3)] : [Numbered(1, channels, planes, 3)],
                        bottlenecks ? Numbered(3, planes, outputs, 1) : Numbered(2, planes, outputs, 3),
                        stride > 1 || channels != outputs
                            ? new($"{name}.downsample.0", $"{name}.downsample.1", channels, outputs, 1)
                            : null,
                        stride);
                    channels = outputs;
                }
            }
        }
    }

    public IEnumerable<ExpectedTensor> Tensors =>
    [
        .. Stem.SelectMany(convolution => convolution.Tensors),
        .. Blocks.SelectMany(block => (Convolution?[])[.. block.First, block.Last, block.Shortcut])
            .OfType<Convolution>().SelectMany(convolution => convolution.Tensors),
        new(Pool + "positional_embedding", PatchGrid * PatchGrid + 1, Features),
        .. new[] { "q", "k", "v" }.SelectMany(part => new ExpectedTensor[]
        {
            new($"{Pool}{part}_proj.weight", Features, Features), new($"{Pool}{part}_proj.bias", Features),
        }),
        new(Pool + "c_proj.weight", dimension, Features), new(Pool + "c_proj.bias", dimension),
    ];

    public (string Embedding, string Patches) Build(GraphBuilder graph, StateDict weights, string pixels)
    {
        var map = Stem.Aggregate(pixels, (value, convolution) => Relu(graph, Convolve(graph, weights, value, convolution)));
        map = AveragePool(graph, map, 2);
        foreach (var block in Blocks)
        {
            var value = block.First.Aggregate(map, (input, convolution) => Relu(graph, Convolve(graph, weights, input, convolution)));
            value = Convolve(graph, weights, AveragePool(graph, value, block.Stride), block.Last);
            var shortcut = block.Shortcut is null ? map : Convolve(graph, weights, AveragePool(graph, map, block.Stride), block.Shortcut);
            map = Relu(graph, graph.Add(value, shortcut));
        }

        return BuildPool(graph, weights, map);
    }

    private (string Embedding, string Patches) BuildPool(GraphBuilder graph, StateDict weights, string map)
    {
        string W(string key) => graph.Weight(weights[Pool + key]);
        string Part(string rows, string part) => graph.Linear(rows, W($"{part}_proj.weight"), W($"{part}_proj.bias"));
        var places = PatchGrid * PatchGrid;
        var locations = graph.Transpose(graph.Reshape(map, -1, Features, places), 0, 2, 1);
        var tokens = graph.Concat(1, graph.Mean(locations, 1, keep: true), locations);
        tokens = graph.Add(tokens, graph.Reshape(W("positional_embedding"), 1, places + 1, Features));
        var rows = graph.Reshape(tokens, -1, Features);
        var meanRow = graph.Reshape(graph.Slice(tokens, 1, 0, 1), -1, Features);

        var depth = Features / Heads;
        var scale = graph.Scalar((float)(1 / Math.Sqrt(depth)));
        var query = graph.Reshape(graph.Multiply(Part(meanRow, "q"), scale), -1, Heads, 1, depth);
        var key = graph.Transpose(graph.Reshape(Part(rows, "k"), -1, places + 1, Heads, depth), 0, 2, 3, 1);
        var value = Part(rows, "v");
        var values = graph.Transpose(graph.Reshape(value, -1, places + 1, Heads, depth), 0, 2, 1, 3);
        var attention = graph.Node("Softmax", [graph.Node("MatMul", [query, key])], Attribute("axis", -1));
        var pooled = graph.Reshape(graph.Node("MatMul", [attention, values]), -1, Features);

        var patchValues = graph.Reshape(graph.Slice(graph.Reshape(value, -1, places + 1, Features), 1, 1, places + 1), -1, Features);
        return (Part(pooled, "c"), Part(patchValues, "c"));
    }

    private static string Convolve(GraphBuilder graph, StateDict weights, string map, Convolution convolution)
    {
        var (key, _, inputs, outputs, kernel, stride) = convolution;
        var folded = new Lazy<(float[] Weight, float[] Bias)>(() => Fold(weights, convolution));
        var weight = graph.Weight($"{Prefix}{key}.folded.weight", [outputs, inputs, kernel, kernel], () => folded.Value.Weight);
        var bias = graph.Weight($"{Prefix}{key}.folded.bias", [outputs], () => folded.Value.Bias);
        var pad = kernel / 2;
        return graph.Node(
            "Conv", [map, weight, bias],
            Attribute("kernel_shape", kernel, kernel), Attribute("strides", stride, stride), Attribute("pads", pad, pad, pad, pad));
    }

    private static (float[] Weight, float[] Bias) Fold(StateDict weights, Convolution convolution)
    {
        var weight = weights[$"{Prefix}{convolution.Key}.weight"].Read();
        var (scale, shift) = Normalisation(weights, convolution.Norm);
        var size = weight.Length / convolution.Out;
        for (var i = 0; i < weight.Length; i++)
            weight[i] = (float)(weight[i] * scale[i / size]);
        return (weight, Array.ConvertAll(shift, value => (float)value));
    }

    /// <summary>Batch normalisation in evaluation as y = scale * x + shift.</summary>
    private static (double[] Scale, double[] Shift) Normalisation(StateDict weights, string norm)
    {
        float[] W(string key) => weights[$"{Prefix}{norm}.{key}"].Read();
        float[] gamma = W("weight"), beta = W("bias"), mean = W("running_mean"), variance = W("running_var");
        var scale = gamma.Select((value, i) => value / Math.Sqrt(variance[i] + BatchNormEpsilon)).ToArray();
        return (scale, scale.Select((value, i) => beta[i] - mean[i] * value).ToArray());
    }

    private static string Relu(GraphBuilder graph, string value) => graph.Node("Relu", [value]);

    private static string AveragePool(GraphBuilder graph, string map, int stride) => stride == 1
        ? map
        : graph.Node("AveragePool", [map], Attribute("kernel_shape", stride, stride), Attribute("strides", stride, stride));

    public (float[] Embedding, float[] Patches) Forward(StateDict weights, ReadOnlySpan<float> pixels, int count)
    {
        var places = PatchGrid * PatchGrid;
        var embedding = new float[count * dimension];
        var patches = new float[count * places * dimension];
        for (var i = 0; i < count; i++)
        {
            var size = 3 * imageSize * imageSize;
            var tokens = Locations(weights, pixels.Slice(i * size, size));
            ForwardPool(weights, tokens, embedding.AsSpan(i * dimension, dimension), patches.AsSpan(i * places * dimension, places * dimension));
        }

        return (embedding, patches);
    }

    private PlainMap Locations(StateDict weights, ReadOnlySpan<float> pixels)
    {
        PlainMap Apply(PlainMap map, Convolution convolution)
        {
            var (scale, shift) = Normalisation(weights, convolution.Norm);
            return map.Convolve(weights[$"{Prefix}{convolution.Key}.weight"].Read(), convolution.Out, convolution.Kernel, convolution.Stride)
                .Scale(scale, shift);
        }

        var map = new PlainMap(3, imageSize, imageSize, pixels.ToArray());
        map = Stem.Aggregate(map, (value, convolution) => Apply(value, convolution).Relu()).AveragePool(2);
        foreach (var block in Blocks)
        {
            var value = block.First.Aggregate(map, (input, convolution) => Apply(input, convolution).Relu());
            value = Apply(value.AveragePool(block.Stride), block.Last);
            map = value.Plus(block.Shortcut is null ? map : Apply(map.AveragePool(block.Stride), block.Shortcut)).Relu();
        }

        return map;
    }

    private void ForwardPool(StateDict weights, PlainMap map, Span<float> embedding, Span<float> patches)
    {
        float[] W(string key) => weights[Pool + key].Read();
        float[] Part(float[] rows, string part) => PlainLayers.Linear(rows, Features, W($"{part}_proj.weight"), W($"{part}_proj.bias"));
        var places = PatchGrid * PatchGrid;
        var tokens = new float[(places + 1) * Features];
        for (var channel = 0; channel < Features; channel++)
        {
            var mean = 0.0;
            for (var place = 0; place < places; place++)
                mean += tokens[(place + 1) * Features + channel] = map.Values[channel * places + place];
            tokens[channel] = (float)(mean / places);
        }

        PlainLayers.AddTo(tokens, W("positional_embedding"));
        var values = Part(tokens, "v");
        var pooled = PlainAttention.Attend(Part(tokens[..Features], "q"), Part(tokens, "k"), values, 1, places + 1, Features, Heads, static (_, _) => true);
        Part(pooled, "c").CopyTo(embedding);
        Part(values[Features..], "c").CopyTo(patches);
    }
}
