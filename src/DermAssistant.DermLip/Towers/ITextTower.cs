namespace DermAssistant.DermLip;

/// <summary>A text network: which tensors it needs, its graph, and its plain forward pass.</summary>
internal interface ITextTower
{
    /// <summary>The name in the manifest.</summary>
    string Kind { get; }

    int ContextLength { get; }

    int VocabularySize { get; }

    int Dimension { get; }

    /// <summary>The id of padding.</summary>
    int PadId { get; }

    IEnumerable<ExpectedTensor> Tensors { get; }

    /// <summary>Adds the network to a graph.</summary>
    /// <param name="tokens">[batch, length] int64, length at most the context length.</param>
    /// <returns>Embeddings [batch, d], not normalised.</returns>
    string Build(GraphBuilder graph, StateDict weights, string tokens);

    /// <summary>The same network in plain loops, driven by the state dict alone; the measure the graph is held to.</summary>
    /// <returns>Embeddings [count, d], not normalised.</returns>
    float[] Forward(StateDict weights, ReadOnlySpan<long> tokens, int count);
}
