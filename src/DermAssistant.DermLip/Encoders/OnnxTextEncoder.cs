using Microsoft.ML.OnnxRuntime;

namespace DermAssistant.DermLip;

/// <summary>The text tower of a pack on ONNX Runtime.</summary>
/// <param name="weights">What the session computes with; disposed with it.</param>
/// <remarks>Texts of the same length are encoded together, so nothing is computed for padding and an embedding does not
/// depend on the other texts of a call.</remarks>
internal sealed class OnnxTextEncoder(InferenceSession session, PackWeights weights, ITextTokenizer tokenizer, int dimension) : ITextEncoder, IDisposable
{
    public const string Input = "tokens";
    public const string Embedding = "embedding";

    private const int Batch = 16;

    private static readonly string[] Inputs = [Input];
    private static readonly string[] Outputs = [Embedding];

    public int Dimension => dimension;

    public float[] Encode(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var rows = texts.Select(tokenizer.EncodeUserText).ToList();
        return EncodeTokens([.. rows.Select(row => Array.ConvertAll(row, id => (long)id))]);
    }

    /// <summary>One embedding a row of token ids, [rows.Count, Dimension].</summary>
    public float[] EncodeTokens(IReadOnlyList<long[]> rows)
    {
        var embeddings = new float[rows.Count * dimension];
        foreach (var group in Enumerable.Range(0, rows.Count).GroupBy(row => rows[row].Length))
            foreach (var chunk in group.Chunk(Batch))
            {
                var tokens = chunk.SelectMany(row => rows[row]).ToArray();
                using var input = OrtValue.CreateTensorValueFromMemory(tokens, [chunk.Length, group.Key]);
                using var options = new RunOptions();
                using var results = session.Run(options, Inputs, [input], Outputs);
                var values = results[0].GetTensorDataAsSpan<float>();
                FiniteEmbeddings.Require(values, "text tower");
                for (var i = 0; i < chunk.Length; i++)
                    values.Slice(i * dimension, dimension).CopyTo(embeddings.AsSpan(chunk[i] * dimension));
            }

        return embeddings;
    }

    public void Dispose()
    {
        session.Dispose();
        weights.Dispose();
    }
}
