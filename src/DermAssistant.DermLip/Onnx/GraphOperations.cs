using static DermAssistant.DermLip.GraphBuilder;

namespace DermAssistant.DermLip;

/// <summary>The operations the towers are made of. Rows are two-dimensional, [batch * tokens, width].</summary>
internal static class GraphOperations
{
    /// <summary>x W^T + b with W as PyTorch stores it, [out, in].</summary>
    public static string Linear(this GraphBuilder graph, string rows, string weight, string? bias) =>
        graph.Node("Gemm", bias is null ? [rows, weight] : [rows, weight, bias], Attribute("transB", 1));

    /// <summary>x W with W stored as [in, out].</summary>
    public static string Project(this GraphBuilder graph, string rows, string weight) => graph.Node("Gemm", [rows, weight]);

    public static string Add(this GraphBuilder graph, string a, string b) => graph.Node("Add", [a, b]);

    public static string Multiply(this GraphBuilder graph, string a, string b) => graph.Node("Mul", [a, b]);

    public static string LayerNorm(this GraphBuilder graph, string rows, string weight, string bias, float epsilon) =>
        graph.Node("LayerNormalization", [rows, weight, bias], Attribute("axis", -1), Attribute("epsilon", epsilon));

    /// <summary>The exact GELU, or x * sigmoid(1.702 x).</summary>
    public static string Gelu(this GraphBuilder graph, string rows, bool quick) => quick
        ? graph.Multiply(rows, graph.Node("Sigmoid", [graph.Multiply(rows, graph.Scalar(1.702f))]))
        : graph.Node("Gelu", [rows]);

    public static string Reshape(this GraphBuilder graph, string value, params long[] shape) =>
        graph.Node("Reshape", [value, graph.Ints(shape)]);

    /// <summary>The tokens of all sequences, pictures or texts, below each other: the rows that a tower computes with.</summary>
    public static string Rows(this GraphBuilder graph, string value, int width) => graph.Declare(graph.Reshape(value, -1, width), Side("rows"), Side(width));

    public static string ReshapeTo(this GraphBuilder graph, string value, string shape) => graph.Node("Reshape", [value, shape]);

    public static string Transpose(this GraphBuilder graph, string value, params long[] order) =>
        graph.Node("Transpose", [value], Attribute("perm", order));

    public static string Concat(this GraphBuilder graph, int axis, params string[] values) =>
        graph.Node("Concat", values, Attribute("axis", axis));

    /// <summary>Elements from <paramref name="start"/> to before <paramref name="end"/> along one axis.</summary>
    public static string Slice(this GraphBuilder graph, string value, int axis, long start, long end, long step = 1) =>
        graph.Node("Slice", [value, graph.Ints(start), graph.Ints(end), graph.Ints(axis), graph.Ints(step)]);

    /// <summary>The reverse order along one axis.</summary>
    public static string Reverse(this GraphBuilder graph, string value, int axis) => graph.Slice(value, axis, -1, long.MinValue, -1);

    /// <summary>Sides <paramref name="start"/> to before <paramref name="end"/> of a shape, as an int64 vector.</summary>
    public static string Shape(this GraphBuilder graph, string value, int start, int end) =>
        graph.Node("Shape", [value], Attribute("start", start), Attribute("end", end));

    public static string Mean(this GraphBuilder graph, string value, int axis, bool keep = false) =>
        graph.Node("ReduceMean", [value, graph.Ints(axis)], Attribute("keepdims", keep ? 1 : 0));

    /// <summary>x / max(||x||, 1e-12) along the last axis.</summary>
    public static string Normalize(this GraphBuilder graph, string value)
    {
        var norm = graph.Node("ReduceL2", [value, graph.Ints(-1)], Attribute("keepdims", 1));
        return graph.Node("Div", [value, graph.Node("Max", [norm, graph.Scalar(1e-12f)])]);
    }

    /// <summary>softmax(q k^T / sqrt(d) + mask) v over heads.</summary>
    /// <remarks>The scale follows the product, where the runtime makes the two one.</remarks>
    /// <param name="query">Rows [batch * tokens, heads * d]; likewise key and value.</param>
    /// <param name="headShape">The shape [batch, tokens, heads, d] as a value.</param>
    /// <param name="mask">Added to the scores, or null.</param>
    /// <param name="queryShape">As <paramref name="headShape"/> where the query has fewer tokens.</param>
    public static string Attention(
        this GraphBuilder graph, string query, string key, string value, string headShape, int width, int heads, string? mask, string? queryShape = null)
    {
        string Heads(string rows) =>
            graph.Declare(graph.ReshapeTo(rows, headShape), Side("sequences"), Side("tokens"), Side(heads), Side(width / heads));
        var q = graph.Transpose(queryShape is null ? Heads(query) : graph.ReshapeTo(query, queryShape), 0, 2, 1, 3);
        var k = graph.Transpose(Heads(key), 0, 2, 3, 1);
        var v = graph.Transpose(Heads(value), 0, 2, 1, 3);
        var scores = graph.Multiply(graph.Node("MatMul", [q, k]), graph.Scalar((float)(1 / Math.Sqrt(width / heads))));
        if (mask is not null) scores = graph.Add(scores, mask);
        var weights = graph.Node("Softmax", [scores], Attribute("axis", -1));
        var attended = graph.Transpose(graph.Node("MatMul", [weights, v]), 0, 2, 1, 3);
        return queryShape is null ? graph.Rows(attended, width) : graph.Reshape(attended, -1, width);
    }

    /// <summary>One third of a matrix that holds the weights of query, key and value below each other: three products need no splitting afterwards.</summary>
    /// <param name="third">0 for the query, 1 for the key, 2 for the value.</param>
    public static string Third(this GraphBuilder graph, StateTensor stacked, int third)
    {
        int[] shape = [stacked.Shape[0] / 3, .. stacked.Shape.Skip(1)];
        return graph.Weight($"{stacked.Name}.{"qkv"[third]}", shape, () => stacked.Read().AsSpan((int)stacked.Count / 3 * third, (int)stacked.Count / 3).ToArray());
    }
}
