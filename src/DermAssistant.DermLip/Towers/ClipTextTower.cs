using static DermAssistant.DermLip.GraphBuilder;

namespace DermAssistant.DermLip;

/// <summary>The causal text transformer of CLIP.</summary>
/// <remarks>The embedding is taken at the first position of the highest token id, the end of the text.</remarks>
/// <param name="prefix">Empty, or <c>text.</c> in checkpoints of open_clip's CustomTextCLIP.</param>
internal sealed class ClipTextTower(
    string prefix, int contextLength, int vocabularySize, int width, int layers, int heads, int hidden, int dimension, bool quickGelu) : ITextTower
{
    /// <summary>Far below any score, so that softmax gives exactly zero.</summary>
    private const float Hidden = -1e30f;

    public string Kind => "clip-text";

    public int ContextLength => contextLength;

    public int VocabularySize => vocabularySize;

    public int Dimension => dimension;

    public int PadId => 0;

    private IEnumerable<ClipBlock> Blocks => Enumerable.Range(0, layers)
        .Select(layer => new ClipBlock($"{prefix}transformer.resblocks.{layer}.", width, heads, hidden, quickGelu));

    public IEnumerable<ExpectedTensor> Tensors =>
    [
        new(prefix + "token_embedding.weight", vocabularySize, width), new(prefix + "positional_embedding", contextLength, width),
        new(prefix + "ln_final.weight", width), new(prefix + "ln_final.bias", width),
        new(prefix + "text_projection", width, dimension),
        .. Blocks.SelectMany(block => block.Tensors),
    ];

    public string Build(GraphBuilder graph, StateDict weights, string tokens)
    {
        string W(string key) => graph.Weight(weights[prefix + key]);
        var batchAndLength = graph.Shape(tokens, 0, 2);
        var length = graph.Shape(tokens, 1, 2);
        var positions = graph.Node("Slice", [W("positional_embedding"), graph.Ints(0), length, graph.Ints(0)]);
        var rows = graph.Rows(graph.Add(graph.Node("Gather", [W("token_embedding.weight"), tokens]), positions), width);
        var mask = graph.Node("Slice", [graph.Weight("causal_mask", [contextLength, contextLength], CausalMask),
            graph.Ints(0, 0), graph.Concat(0, length, length), graph.Ints(0, 1)]);
        var headShape = graph.Concat(0, batchAndLength, graph.Ints(heads, width / heads));
        rows = Blocks.Aggregate(rows, (value, block) => block.Build(graph, weights, value, headShape, mask));

        var end = graph.Node("ArgMax", [graph.Node("Cast", [tokens], Attribute("to", Int32Type))], Attribute("axis", 1), Attribute("keepdims", 1));
        var byText = graph.ReshapeTo(rows, graph.Concat(0, batchAndLength, graph.Ints(width)));
        var pooled = graph.Node("GatherND", [byText, end], Attribute("batch_dims", 1));
        return graph.Project(graph.LayerNorm(pooled, W("ln_final.weight"), W("ln_final.bias"), ClipBlock.Epsilon), W("text_projection"));
    }

    private float[] CausalMask()
    {
        var mask = new float[contextLength * contextLength];
        for (var query = 0; query < contextLength; query++)
            mask.AsSpan(query * contextLength + query + 1, contextLength - query - 1).Fill(Hidden);
        return mask;
    }

    public float[] Forward(StateDict weights, ReadOnlySpan<long> tokens, int count)
    {
        float[] W(string key) => weights[prefix + key].Read();
        var length = tokens.Length / count;
        var rows = PlainLayers.Lookup(tokens, W("token_embedding.weight"), width);
        var positions = W("positional_embedding");
        for (var text = 0; text < count; text++)
            PlainLayers.AddTo(rows.AsSpan(text * length * width, length * width), positions.AsSpan(0, length * width));
        foreach (var block in Blocks)
            block.Forward(weights, rows, count, length, causal: true);

        rows = PlainLayers.LayerNorm(rows, W("ln_final.weight"), W("ln_final.bias"), ClipBlock.Epsilon);
        var pooled = new float[count * width];
        for (var text = 0; text < count; text++)
            rows.AsSpan((text * length + TokenRows.End(tokens.Slice(text * length, length))) * width, width).CopyTo(pooled.AsSpan(text * width));
        return PlainLayers.Linear(pooled, width, PlainLayers.Transposed(W("text_projection"), width, dimension), null);
    }
}
