namespace DermAssistant.DermLip;

/// <summary>The eight flips and quarter turns of a square: first the transposition, then the flips.</summary>
internal static class DihedralViews
{
    public const int Count = 8;

    private static (bool Transposed, bool FlippedY, bool FlippedX) View(int view) => ((view & 4) != 0, (view & 2) != 0, (view & 1) != 0);

    /// <summary>Puts the tower behind the eight views: embeddings and patch maps are normalised, turned back, averaged and normalised again.</summary>
    /// <returns>Normalised embeddings [batch, d] and patches [batch, grid * grid, d].</returns>
    public static (string Embedding, string Patches) Build(GraphBuilder graph, IImageTower tower, StateDict weights, string pixels)
    {
        var views = Enumerable.Range(0, Count).Select(view => Turn(graph, pixels, view, 2, 3)).ToArray();
        var (embedding, patches) = tower.Build(graph, weights, graph.Concat(0, views));
        int grid = tower.PatchGrid, dimension = tower.Dimension;
        embedding = graph.Mean(graph.Reshape(graph.Normalize(embedding), Count, -1, dimension), 0);

        var maps = graph.Reshape(graph.Normalize(patches), Count, -1, grid, grid, dimension);
        var turnedBack = Enumerable.Range(0, Count)
            .Select(view => TurnBack(graph, graph.Slice(maps, 0, view, view + 1), view, 2, 3)).ToArray();
        var map = graph.Reshape(graph.Mean(graph.Concat(0, turnedBack), 0), -1, grid * grid, dimension);
        return (graph.Normalize(embedding), graph.Normalize(map));
    }

    private static string Turn(GraphBuilder graph, string value, int view, int y, int x)
    {
        var (transposed, flippedY, flippedX) = View(view);
        if (transposed) value = graph.Transpose(value, 0, 1, 3, 2);
        if (flippedY) value = graph.Reverse(value, y);
        return flippedX ? graph.Reverse(value, x) : value;
    }

    private static string TurnBack(GraphBuilder graph, string value, int view, int y, int x)
    {
        var (transposed, flippedY, flippedX) = View(view);
        if (flippedX) value = graph.Reverse(value, x);
        if (flippedY) value = graph.Reverse(value, y);
        return transposed ? graph.Transpose(value, 0, 1, 3, 2, 4) : value;
    }

    /// <summary>The plain counterpart of <see cref="Build"/>.</summary>
    public static (float[] Embedding, float[] Patches) Forward(IImageTower tower, StateDict weights, ReadOnlySpan<float> pixels, int count)
    {
        int side = tower.ImageSize, grid = tower.PatchGrid, dimension = tower.Dimension;
        var embedding = new float[count * dimension];
        var patches = new float[count * grid * grid * dimension];
        for (var view = 0; view < Count; view++)
        {
            var turned = new float[pixels.Length];
            for (var plane = 0; plane < count * 3; plane++)
                for (var i = 0; i < side * side; i++)
                    turned[plane * side * side + i] = pixels[plane * side * side + Source(view, side, i)];
            var (e, p) = tower.Forward(weights, turned, count);
            PlainLayers.Normalize(e, dimension);
            PlainLayers.Normalize(p, dimension);
            PlainLayers.AddTo(embedding, e);
            for (var image = 0; image < count; image++)
            {
                for (var i = 0; i < grid * grid; i++)
                {
                    var from = (image * grid * grid + i) * dimension;
                    var to = (image * grid * grid + Source(view, grid, i)) * dimension;
                    PlainLayers.AddTo(patches.AsSpan(to, dimension), p.AsSpan(from, dimension));
                }
            }
        }

        PlainLayers.Normalize(embedding, dimension);
        PlainLayers.Normalize(patches, dimension);
        return (embedding, patches);
    }

    /// <summary>Which place of the upright square is seen at place <paramref name="i"/> of a view.</summary>
    private static int Source(int view, int side, int i)
    {
        var (transposed, flippedY, flippedX) = View(view);
        var y = flippedY ? side - 1 - i / side : i / side;
        var x = flippedX ? side - 1 - i % side : i % side;
        return transposed ? x * side + y : y * side + x;
    }
}
