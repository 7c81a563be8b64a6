namespace DermAssistant.DermLip;

/// <summary>The pre-norm residual block of both CLIP transformers.</summary>
/// <remarks>x += out_proj(attention(ln_1(x))); x += c_proj(act(c_fc(ln_2(x)))).</remarks>
internal sealed record ClipBlock(string Prefix, int Width, int Heads, int Hidden, bool QuickGelu)
{
    public const float Epsilon = 1e-5f;

    public IEnumerable<ExpectedTensor> Tensors =>
    [
        new(Prefix + "ln_1.weight", Width), new(Prefix + "ln_1.bias", Width),
        new(Prefix + "attn.in_proj_weight", 3 * Width, Width), new(Prefix + "attn.in_proj_bias", 3 * Width),
        new(Prefix + "attn.out_proj.weight", Width, Width), new(Prefix + "attn.out_proj.bias", Width),
        new(Prefix + "ln_2.weight", Width), new(Prefix + "ln_2.bias", Width),
        new(Prefix + "mlp.c_fc.weight", Hidden, Width), new(Prefix + "mlp.c_fc.bias", Hidden),
        new(Prefix + "mlp.c_proj.weight", Width, Hidden), new(Prefix + "mlp.c_proj.bias", Width),
    ];

    /// <param name="select">Picks the rows that are wanted out of all rows; keys and values still come from all. Null for all.</param>
    /// <param name="selectedShape">The shape [batch, tokens, heads, d] of the selected rows.</param>
    public string Build(
        GraphBuilder graph, StateDict weights, string rows, string headShape, string? mask, Func<string, string>? select = null, string? selectedShape = null)
    {
        string W(string key) => graph.Weight(weights[Prefix + key]);
        StateTensor inWeight = weights[Prefix + "attn.in_proj_weight"], inBias = weights[Prefix + "attn.in_proj_bias"];
        string Projected(string value, int third) => graph.Linear(value, graph.Third(inWeight, third), graph.Third(inBias, third));
        select ??= value => value;
        var normed = graph.LayerNorm(rows, W("ln_1.weight"), W("ln_1.bias"), Epsilon);
        var attended = graph.Attention(
            Projected(select(normed), 0), Projected(normed, 1), Projected(normed, 2), headShape, Width, Heads, mask, selectedShape);
        rows = graph.Add(select(rows), graph.Linear(attended, W("attn.out_proj.weight"), W("attn.out_proj.bias")));
        normed = graph.LayerNorm(rows, W("ln_2.weight"), W("ln_2.bias"), Epsilon);
        var hidden = graph.Gelu(graph.Linear(normed, W("mlp.c_fc.weight"), W("mlp.c_fc.bias")), QuickGelu);
        return graph.Add(rows, graph.Linear(hidden, W("mlp.c_proj.weight"), W("mlp.c_proj.bias")));
    }

    /// <param name="rows">[count * length, Width]; changed in place.</param>
    public void Forward(StateDict weights, float[] rows, int count, int length, bool causal)
    {
        float[] W(string key) => weights[Prefix + key].Read();
        var normed = PlainLayers.LayerNorm(rows, W("ln_1.weight"), W("ln_1.bias"), Epsilon);
        var qkv = PlainLayers.Linear(normed, Width, W("attn.in_proj_weight"), W("attn.in_proj_bias"));
        var attended = PlainAttention.SelfAttention(qkv, count, length, Width, Heads, (query, key, _) => !causal || key <= query);
        PlainLayers.AddTo(rows, PlainLayers.Linear(attended, Width, W("attn.out_proj.weight"), W("attn.out_proj.bias")));
        normed = PlainLayers.LayerNorm(rows, W("ln_2.weight"), W("ln_2.bias"), Epsilon);
        var hidden = PlainLayers.Linear(normed, Width, W("mlp.c_fc.weight"), W("mlp.c_fc.bias"));
        PlainLayers.Gelu(hidden, QuickGelu);
        PlainLayers.AddTo(rows, PlainLayers.Linear(hidden, Hidden, W("mlp.c_proj.weight"), W("mlp.c_proj.bias")));
    }
}
