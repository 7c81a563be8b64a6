using System.Numerics.Tensors;

namespace DermAssistant.DermLip;

/// <summary>The vision transformer of PanDerm (the fine-tuning network of CAE).</summary>
/// <remarks>No norm before the blocks, keys without bias, layer scale, and one LayerNorm used twice: on all tokens, and again
/// on the mean of the patch tokens. GELU is always exact. A patch embedding takes the same path without the mean.</remarks>
internal sealed class PanDermTower(int imageSize, int patchSize, int width, int layers, int heads, int hidden, int dimension) : IImageTower
{
    private const string Prefix = "visual.";
    private const float Epsilon = 1e-6f;

    public string Kind => "panderm";

    public int ImageSize => imageSize;

    public int Dimension => dimension;

    public int PatchGrid { get; } = imageSize / patchSize;

    private int Length => PatchGrid * PatchGrid + 1;

    private static string Block(int layer) => $"{Prefix}blocks.{layer}.";

    public IEnumerable<ExpectedTensor> Tensors =>
    [
        new(Prefix + "cls_token", 1, 1, width), new(Prefix + "pos_embed", 1, Length, width),
        new(Prefix + "patch_embed.proj.weight", width, 3, patchSize, patchSize), new(Prefix + "patch_embed.proj.bias", width),
        new(Prefix + "norm.weight", width), new(Prefix + "norm.bias", width),
        new(Prefix + "head.weight", dimension, width), new(Prefix + "head.bias", dimension),
        .. Enumerable.Range(0, layers).SelectMany(layer => BlockTensors(Block(layer))),
    ];

    private IEnumerable<ExpectedTensor> BlockTensors(string block) =>
    [
        new(block + "gamma_1", width), new(block + "gamma_2", width),
        new(block + "norm1.weight", width), new(block + "norm1.bias", width),
        new(block + "norm2.weight", width), new(block + "norm2.bias", width),
        new(block + "attn.qkv.weight", 3 * width, width), new(block + "attn.q_bias", width), new(block + "attn.v_bias", width),
        new(block + "attn.proj.weight", width, width), new(block + "attn.proj.bias", width),
        new(block + "mlp.fc1.weight", hidden, width), new(block + "mlp.fc1.bias", hidden),
        new(block + "mlp.fc2.weight", width, hidden), new(block + "mlp.fc2.bias", width),
    ];

    public (string Embedding, string Patches) Build(GraphBuilder graph, StateDict weights, string pixels)
    {
        string W(string key) => graph.Weight(weights[Prefix + key]);
        var rows = PatchEmbedding.Build(
            graph, pixels, W("patch_embed.proj.weight"), W("patch_embed.proj.bias"), W("cls_token"), W("pos_embed"), PatchGrid, patchSize, width);
        var headShape = graph.Ints(-1, Length, heads, width / heads);
        for (var layer = 0; layer < layers; layer++)
            rows = BuildBlock(graph, weights, Block(layer), rows, headShape);

        string Norm(string value) => graph.LayerNorm(value, W("norm.weight"), W("norm.bias"), Epsilon);
        string Head(string value) => graph.Linear(Norm(value), W("head.weight"), W("head.bias"));
        var tokens = graph.Slice(graph.Reshape(Norm(rows), -1, Length, width), 1, 1, Length);
        return (Head(graph.Mean(tokens, 1)), Head(graph.Reshape(tokens, -1, width)));
    }

    private string BuildBlock(GraphBuilder graph, StateDict weights, string block, string rows, string headShape)
    {
        string W(string key) => graph.Weight(weights[block + key]);
        var stacked = weights[block + "attn.qkv.weight"];
        var normed = graph.LayerNorm(rows, W("norm1.weight"), W("norm1.bias"), Epsilon);
        var attended = graph.Attention(
            graph.Linear(normed, graph.Third(stacked, 0), W("attn.q_bias")),
            graph.Linear(normed, graph.Third(stacked, 1), null),
            graph.Linear(normed, graph.Third(stacked, 2), W("attn.v_bias")),
            headShape, width, heads, null);
        rows = graph.Add(rows, Scaled(attended, "attn.proj", "gamma_1"));
        normed = graph.LayerNorm(rows, W("norm2.weight"), W("norm2.bias"), Epsilon);
        var mlp = graph.Gelu(graph.Linear(normed, W("mlp.fc1.weight"), W("mlp.fc1.bias")), quick: false);
        return graph.Add(rows, Scaled(mlp, "mlp.fc2", "gamma_2"));

        // gamma * (W x + b) with gamma multiplied into W and b once.
        string Scaled(string value, string key, string gamma) =>
            graph.Linear(value, Times(block + key + ".weight", block + gamma), Times(block + key + ".bias", block + gamma));

        string Times(string key, string gamma) => graph.Weight($"{key}.scaled", [.. weights[key].Shape], () => RowsTimes(weights[key].Read(), weights[gamma].Read()));
    }

    private static float[] RowsTimes(float[] rows, float[] factors)
    {
        var length = rows.Length / factors.Length;
        for (var row = 0; row < factors.Length; row++)
            TensorPrimitives.Multiply(rows.AsSpan(row * length, length), factors[row], rows.AsSpan(row * length, length));
        return rows;
    }

    /// <summary>Queries and values have a bias, keys have none.</summary>
    private float[] QkvBias(StateDict weights, string block) =>
        [.. weights[block + "attn.q_bias"].Read(), .. new float[width], .. weights[block + "attn.v_bias"].Read()];

    public (float[] Embedding, float[] Patches) Forward(StateDict weights, ReadOnlySpan<float> pixels, int count)
    {
        float[] W(string key) => weights[Prefix + key].Read();
        var rows = PlainLayers.PatchTokens(
            pixels, count, imageSize, patchSize, W("patch_embed.proj.weight"), W("patch_embed.proj.bias"), W("cls_token"), W("pos_embed"));
        for (var layer = 0; layer < layers; layer++)
            ForwardBlock(weights, Block(layer), rows, count);

        float[] norm = W("norm.weight"), normBias = W("norm.bias"), head = W("head.weight"), headBias = W("head.bias");
        var (_, patches) = PlainLayers.SplitClassToken(PlainLayers.LayerNorm(rows, norm, normBias, Epsilon), count, Length, width);
        var mean = new float[count * width];
        for (var image = 0; image < count; image++)
            for (var column = 0; column < width; column++)
            {
                var sum = 0.0;
                for (var patch = 0; patch < Length - 1; patch++)
                    sum += patches[(image * (Length - 1) + patch) * width + column];
                mean[image * width + column] = (float)(sum / (Length - 1));
            }

        float[] Head(float[] value) => PlainLayers.Linear(PlainLayers.LayerNorm(value, norm, normBias, Epsilon), width, head, headBias);
        return (Head(mean), Head(patches));
    }

    private void ForwardBlock(StateDict weights, string block, float[] rows, int count)
    {
        float[] W(string key) => weights[block + key].Read();
        var normed = PlainLayers.LayerNorm(rows, W("norm1.weight"), W("norm1.bias"), Epsilon);
        var qkv = PlainLayers.Linear(normed, width, W("attn.qkv.weight"), QkvBias(weights, block));
        var attended = PlainAttention.SelfAttention(qkv, count, Length, width, heads, static (_, _, _) => true);
        AddScaled(rows, PlainLayers.Linear(attended, width, W("attn.proj.weight"), W("attn.proj.bias")), W("gamma_1"));
        normed = PlainLayers.LayerNorm(rows, W("norm2.weight"), W("norm2.bias"), Epsilon);
        var mlp = PlainLayers.Linear(normed, width, W("mlp.fc1.weight"), W("mlp.fc1.bias"));
        PlainLayers.Gelu(mlp, quick: false);
        AddScaled(rows, PlainLayers.Linear(mlp, hidden, W("mlp.fc2.weight"), W("mlp.fc2.bias")), W("gamma_2"));
    }

    private static void AddScaled(float[] rows, float[] more, float[] scale)
    {
        for (var i = 0; i < rows.Length; i++)
            rows[i] += scale[i % scale.Length] * more[i];
    }
}
