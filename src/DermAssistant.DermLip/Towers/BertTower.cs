using static DermAssistant.DermLip.GraphBuilder;

namespace DermAssistant.DermLip;

/// <summary>A BERT encoder with open_clip's head: the mean of the tokens that are not padding, then Linear, GELU, Linear without biases.</summary>
/// <remarks>Post-norm blocks, exact GELU, absolute positions, token type 0. The mean includes the tokens [CLS] and [SEP].</remarks>
internal sealed class BertTower(BertConfig config, int contextLength, int dimension) : ITextTower
{
    private const string Prefix = "text.transformer.";
    private const string Head = "text.proj.";

    private int Width => config.Width;

    /// <summary>The hidden width of the head, the mean of its two ends.</summary>
    private int HeadWidth => (config.Width + dimension) / 2;

    public string Kind => "bert";

    public int ContextLength { get; } = Math.Min(contextLength, config.Positions);

    public int VocabularySize => config.VocabularySize;

    public int Dimension => dimension;

    public int PadId => config.PadId;

    private static string Layer(int layer) => $"{Prefix}encoder.layer.{layer}.";

    public IEnumerable<ExpectedTensor> Tensors =>
    [
        new(Prefix + "embeddings.word_embeddings.weight", config.VocabularySize, Width),
        new(Prefix + "embeddings.position_embeddings.weight", config.Positions, Width),
        new(Prefix + "embeddings.token_type_embeddings.weight", config.TokenTypes, Width),
        new(Prefix + "embeddings.LayerNorm.weight", Width), new(Prefix + "embeddings.LayerNorm.bias", Width),
        .. Enumerable.Range(0, config.Layers).SelectMany(layer => LayerTensors(Layer(layer))),
        new(Head + "0.weight", HeadWidth, Width), new(Head + "2.weight", dimension, HeadWidth),
    ];

    private IEnumerable<ExpectedTensor> LayerTensors(string layer)
    {
        ExpectedTensor[] Dense(string key, int inputs, int outputs) => [new($"{layer}{key}.weight", outputs, inputs), new($"{layer}{key}.bias", outputs)];
        ExpectedTensor[] Norm(string key) => [new($"{layer}{key}.weight", Width), new($"{layer}{key}.bias", Width)];
        return
        [
            .. Dense("attention.self.query", Width, Width), .. Dense("attention.self.key", Width, Width), .. Dense("attention.self.value", Width, Width),
            .. Dense("attention.output.dense", Width, Width), .. Norm("attention.output.LayerNorm"),
            .. Dense("intermediate.dense", Width, config.Hidden), .. Dense("output.dense", config.Hidden, Width), .. Norm("output.LayerNorm"),
        ];
    }

    public string Build(GraphBuilder graph, StateDict weights, string tokens)
    {
        string W(string key) => graph.Weight(weights[Prefix + key]);
        var batchAndLength = graph.Shape(tokens, 0, 2);
        var positions = graph.Node("Slice", [W("embeddings.position_embeddings.weight"), graph.Ints(0), graph.Shape(tokens, 1, 2), graph.Ints(0)]);
        var type = graph.Slice(W("embeddings.token_type_embeddings.weight"), 0, 0, 1);
        var embedded = graph.Add(graph.Node("Gather", [W("embeddings.word_embeddings.weight"), tokens]), graph.Add(positions, type));
        var rows = graph.LayerNorm(
            graph.Rows(embedded, Width), W("embeddings.LayerNorm.weight"), W("embeddings.LayerNorm.bias"), config.Epsilon);

        var padding = graph.Node("Equal", [tokens, graph.Int(PadId)]);
        var mask = graph.Node("Where", [padding, graph.Scalar(float.MinValue), graph.Scalar(0)]);
        mask = graph.Node("Unsqueeze", [mask, graph.Ints(1, 2)]);
        var headShape = graph.Concat(0, batchAndLength, graph.Ints(config.Heads, Width / config.Heads));
        for (var layer = 0; layer < config.Layers; layer++)
            rows = BuildLayer(graph, weights, Layer(layer), rows, headShape, mask);

        var kept = graph.Node("Unsqueeze", [graph.Node("Where", [padding, graph.Scalar(0), graph.Scalar(1)]), graph.Ints(2)]);
        var byText = graph.ReshapeTo(rows, graph.Concat(0, batchAndLength, graph.Ints(Width)));
        var sum = graph.Node("ReduceSum", [graph.Multiply(byText, kept), graph.Ints(1)], Attribute("keepdims", 0));
        var mean = graph.Node("Div", [sum, graph.Node("ReduceSum", [kept, graph.Ints(1)], Attribute("keepdims", 0))]);
        var hidden = graph.Gelu(graph.Linear(mean, graph.Weight(weights[Head + "0.weight"]), null), quick: false);
        return graph.Linear(hidden, graph.Weight(weights[Head + "2.weight"]), null);
    }

    private string BuildLayer(GraphBuilder graph, StateDict weights, string layer, string rows, string headShape, string mask)
    {
        string W(string key) => graph.Weight(weights[layer + key]);
        string Dense(string value, string key) => graph.Linear(value, W(key + ".weight"), W(key + ".bias"));
        string Norm(string value, string key) => graph.LayerNorm(value, W(key + ".weight"), W(key + ".bias"), config.Epsilon);
        var attended = graph.Attention(
            Dense(rows, "attention.self.query"), Dense(rows, "attention.self.key"), Dense(rows, "attention.self.value"),
            headShape, Width, config.Heads, mask);
        rows = Norm(graph.Add(rows, Dense(attended, "attention.output.dense")), "attention.output.LayerNorm");
        var hidden = graph.Gelu(Dense(rows, "intermediate.dense"), quick: false);
        return Norm(graph.Add(rows, Dense(hidden, "output.dense")), "output.LayerNorm");
    }

    public float[] Forward(StateDict weights, ReadOnlySpan<long> tokens, int count)
    {
        float[] W(string key) => weights[Prefix + key].Read();
        var length = tokens.Length / count;
        var rows = PlainLayers.Lookup(tokens, W("embeddings.word_embeddings.weight"), Width);
        float[] positions = W("embeddings.position_embeddings.weight"), types = W("embeddings.token_type_embeddings.weight");
        for (var i = 0; i < count * length; i++)
        {
            PlainLayers.AddTo(rows.AsSpan(i * Width, Width), positions.AsSpan(i % length * Width, Width));
            PlainLayers.AddTo(rows.AsSpan(i * Width, Width), types.AsSpan(0, Width));
        }

        rows = PlainLayers.LayerNorm(rows, W("embeddings.LayerNorm.weight"), W("embeddings.LayerNorm.bias"), config.Epsilon);
        var kept = tokens.ToArray().Select(token => token != PadId).ToArray();
        for (var layer = 0; layer < config.Layers; layer++)
            rows = ForwardLayer(weights, Layer(layer), rows, kept, count, length);

        var mean = Mean(rows, kept, count, length);
        var hidden = PlainLayers.Linear(mean, Width, weights[Head + "0.weight"].Read(), null);
        PlainLayers.Gelu(hidden, quick: false);
        return PlainLayers.Linear(hidden, HeadWidth, weights[Head + "2.weight"].Read(), null);
    }

    private float[] ForwardLayer(StateDict weights, string layer, float[] rows, bool[] kept, int count, int length)
    {
        float[] W(string key) => weights[layer + key].Read();
        float[] Dense(float[] value, string key, int inputs) => PlainLayers.Linear(value, inputs, W(key + ".weight"), W(key + ".bias"));
        float[] q = Dense(rows, "attention.self.query", Width), k = Dense(rows, "attention.self.key", Width), v = Dense(rows, "attention.self.value", Width);
        var attended = new float[rows.Length];
        for (var text = 0; text < count; text++)
        {
            var part = (text * length * Width)..((text + 1) * length * Width);
            var first = text * length;
            PlainAttention.Attend(q[part], k[part], v[part], length, length, Width, config.Heads, (_, key) => kept[first + key])
                .CopyTo(attended.AsSpan(part));
        }

        var output = Dense(attended, "attention.output.dense", Width);
        PlainLayers.AddTo(output, rows);
        rows = PlainLayers.LayerNorm(output, W("attention.output.LayerNorm.weight"), W("attention.output.LayerNorm.bias"), config.Epsilon);
        var hidden = Dense(rows, "intermediate.dense", Width);
        PlainLayers.Gelu(hidden, quick: false);
        output = Dense(hidden, "output.dense", config.Hidden);
        PlainLayers.AddTo(output, rows);
        return PlainLayers.LayerNorm(output, W("output.LayerNorm.weight"), W("output.LayerNorm.bias"), config.Epsilon);
    }

    private float[] Mean(float[] rows, bool[] kept, int count, int length)
    {
        var mean = new float[count * Width];
        for (var text = 0; text < count; text++)
            for (var column = 0; column < Width; column++)
            {
                double sum = 0, tokens = 0;
                for (var i = text * length; i < (text + 1) * length; i++)
                    if (kept[i])
                    {
                        sum += rows[i * Width + column];
                        tokens++;
                    }

                mean[text * Width + column] = (float)(sum / tokens);
            }

        return mean;
    }
}
