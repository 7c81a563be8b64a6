namespace DermAssistant.DermLip;

/// <summary>The vision transformer of CLIP.</summary>
/// <remarks>Pooling is the class token after ln_post; a patch embedding is the same head applied to a patch token.</remarks>
internal sealed class ClipVisionTower(int imageSize, int patchSize, int width, int layers, int heads, int hidden, int dimension, bool quickGelu) : IImageTower
{
    private const string Prefix = "visual.";

    public string Kind => "clip-vit";

    public int ImageSize => imageSize;

    public int Dimension => dimension;

    public int PatchGrid { get; } = imageSize / patchSize;

    private int Length => PatchGrid * PatchGrid + 1;

    private IEnumerable<ClipBlock> Blocks => Enumerable.Range(0, layers)
        .Select(layer => new ClipBlock($"{Prefix}transformer.resblocks.{layer}.", width, heads, hidden, quickGelu));

    public IEnumerable<ExpectedTensor> Tensors =>
    [
        new(Prefix + "class_embedding", width), new(Prefix + "positional_embedding", Length, width),
        new(Prefix + "conv1.weight", width, 3, patchSize, patchSize), new(Prefix + "proj", width, dimension),
        new(Prefix + "ln_pre.weight", width), new(Prefix + "ln_pre.bias", width),
        new(Prefix + "ln_post.weight", width), new(Prefix + "ln_post.bias", width),
        .. Blocks.SelectMany(block => block.Tensors),
    ];

    public (string Embedding, string Patches) Build(GraphBuilder graph, StateDict weights, string pixels)
    {
        string W(string key) => graph.Weight(weights[Prefix + key]);
        var rows = PatchEmbedding.Build(graph, pixels, W("conv1.weight"), null, W("class_embedding"), W("positional_embedding"), PatchGrid, patchSize, width);
        rows = graph.LayerNorm(rows, W("ln_pre.weight"), W("ln_pre.bias"), ClipBlock.Epsilon);
        var headShape = graph.Ints(-1, Length, heads, width / heads);
        var blocks = Blocks.ToList();
        foreach (var block in blocks.SkipLast(1))
            rows = block.Build(graph, weights, rows, headShape, null);

        // The embedding needs the class token alone of the last block.
        var classToken = blocks[^1].Build(
            graph, weights, rows, headShape, null,
            value => graph.Reshape(graph.Slice(graph.Reshape(value, -1, Length, width), 1, 0, 1), -1, width),
            graph.Ints(-1, 1, heads, width / heads));
        var tokens = graph.Reshape(blocks[^1].Build(graph, weights, rows, headShape, null), -1, Length, width);
        var patches = graph.Reshape(graph.Slice(tokens, 1, 1, Length), -1, width);
        return (Head(classToken), Head(patches));

        string Head(string value) => graph.Project(graph.LayerNorm(value, W("ln_post.weight"), W("ln_post.bias"), ClipBlock.Epsilon), W("proj"));
    }

    public (float[] Embedding, float[] Patches) Forward(StateDict weights, ReadOnlySpan<float> pixels, int count)
    {
        float[] W(string key) => weights[Prefix + key].Read();
        var rows = PlainLayers.PatchTokens(
            pixels, count, imageSize, patchSize, W("conv1.weight"), null, W("class_embedding"), W("positional_embedding"));
        rows = PlainLayers.LayerNorm(rows, W("ln_pre.weight"), W("ln_pre.bias"), ClipBlock.Epsilon);
        foreach (var block in Blocks)
            block.Forward(weights, rows, count, Length, causal: false);
        rows = PlainLayers.LayerNorm(rows, W("ln_post.weight"), W("ln_post.bias"), ClipBlock.Epsilon);
        var projected = PlainLayers.Linear(rows, width, PlainLayers.Transposed(W("proj"), width, dimension), null);
        return PlainLayers.SplitClassToken(projected, count, Length, dimension);
    }
}
