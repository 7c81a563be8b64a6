using static DermAssistant.DermLip.GraphBuilder;

namespace DermAssistant.DermLip;

/// <summary>The input of a vision transformer: one token a patch, a class token before them, positions added.</summary>
internal static class PatchEmbedding
{
    /// <returns>Rows [batch * (grid * grid + 1), width].</returns>
    public static string Build(
        GraphBuilder graph, string pixels, string kernel, string? bias, string classToken, string positions, int grid, int patchSize, int width)
    {
        var patches = graph.Node(
            "Conv", bias is null ? [pixels, kernel] : [pixels, kernel, bias],
            Attribute("kernel_shape", patchSize, patchSize), Attribute("strides", patchSize, patchSize));
        patches = graph.Transpose(graph.Reshape(patches, -1, width, grid * grid), 0, 2, 1);
        var classShape = graph.Concat(0, graph.Shape(pixels, 0, 1), graph.Ints(1, width));
        var classRows = graph.Node("Expand", [graph.Reshape(classToken, 1, 1, width), classShape]);
        var tokens = graph.Concat(1, classRows, patches);
        return graph.Rows(graph.Add(tokens, graph.Reshape(positions, 1, grid * grid + 1, width)), width);
    }
}
