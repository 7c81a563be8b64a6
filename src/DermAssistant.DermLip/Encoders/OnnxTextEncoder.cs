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
        var done = new bool[rows.Count];
        var batch = new List<int>(Batch);
        for (var first = 0; first < rows.Count; first++)
        {
            if (done[first]) continue;
            batch.Clear();
            for (var row = first; row < rows.Count && batch.Count < Batch; row++)
            {
                if (done[row] || rows[row].Length != rows[first].Length) continue;
                batch.Add(row);
                done[row] = true;
            }

            Run(rows, batch, embeddings);
        }

        return embeddings;
    }

    private unsafe void Run(IReadOnlyList<long[]> rows, List<int> batch, float[] embeddings)
    {
        var length = rows[batch[0]].Length;
        var tokens = new long[batch.Count * length];
        for (var i = 0; i < batch.Count; i++) Array.Copy(rows[batch[i]], 0, tokens, i * length, length);
        var values = new float[batch.Count * dimension];
        fixed (long* read = tokens)
        fixed (float* written = values)
        {
            using var options = new RunOptions();
            using var input = TensorMemory.Of(read, [batch.Count, length]);
            using var output = TensorMemory.Of(written, [batch.Count, dimension]);
            session.Run(options, Inputs, [input], Outputs, [output]);
        }

        FiniteEmbeddings.Require(values, "text tower");
        for (var i = 0; i < batch.Count; i++) Array.Copy(values, i * dimension, embeddings, batch[i] * dimension, dimension);
    }

    public void Dispose()
    {
        session.Dispose();
        weights.Dispose();
    }
}
