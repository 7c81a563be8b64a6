namespace DermAssistant.DermLip;

/// <summary>An image network: which tensors it needs, its graph, and its plain forward pass.</summary>
internal interface IImageTower
{
    /// <summary>The name in the manifest.</summary>
    string Kind { get; }

    int ImageSize { get; }

    int Dimension { get; }

    /// <summary>Side of the grid of patches.</summary>
    int PatchGrid { get; }

    IEnumerable<ExpectedTensor> Tensors { get; }

    /// <summary>Adds the network to a graph.</summary>
    /// <param name="pixels">[batch, 3, size, size].</param>
    /// <returns>Embeddings [batch, d] and patch embeddings [batch * grid * grid, d], neither normalised.</returns>
    (string Embedding, string Patches) Build(GraphBuilder graph, StateDict weights, string pixels);

    /// <summary>The same network in plain loops, driven by the state dict alone; the measure the graph is held to.</summary>
    /// <returns>Embeddings [count, d] and patch embeddings [count, grid * grid, d], neither normalised.</returns>
    (float[] Embedding, float[] Patches) Forward(StateDict weights, ReadOnlySpan<float> pixels, int count);
}
