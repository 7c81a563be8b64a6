using System.Buffers;
using System.Numerics.Tensors;

namespace DermAssistant.Cases;

/// <summary>A row of the library and its cosine with the query.</summary>
internal readonly record struct RowMatch(int Row, double Similarity);

/// <summary>Embeddings in half precision, one after the other, and the exact scan over them.</summary>
/// <remarks>
/// Half precision keeps 11 bits of each number, which moves a cosine by less than 5e-4, and halves the bytes a scan reads. Rows are
/// widened one at a time and divided by their own length after rounding, so that an embedding finds itself at exactly 1 up to
/// single-precision rounding. Immutable; safe for concurrent use.
/// </remarks>
internal sealed class EmbeddingRows
{
    /// <summary>From this many numbers on a scan is shared among the processors; below, starting threads costs more than it saves.</summary>
    private const int ParallelFrom = 8_000_000;

    private readonly Half[] _numbers;
    private readonly float[] _inverseLengths;

    /// <param name="numbers">[count, dimension], row-major.</param>
    /// <exception cref="FormatException">A row has no direction: it is zero, or holds a number that is not finite.</exception>
    public EmbeddingRows(Half[] numbers, int dimension)
    {
        _numbers = numbers;
        Dimension = dimension;
        Count = numbers.Length / dimension;
        _inverseLengths = new float[Count];
        var wide = new float[dimension];
        for (var row = 0; row < Count; row++)
        {
            Widen(row, wide);
            var length = TensorPrimitives.Norm<float>(wide);
            if (!(length > 0 && float.IsFinite(length))) throw new FormatException($"embedding {row + 1} has no direction (zero or not a number)");
            _inverseLengths[row] = 1 / length;
        }
    }

    public int Dimension { get; }

    public int Count { get; }

    /// <summary>Row-major numbers of one row, as stored.</summary>
    public ReadOnlySpan<Half> Row(int row) => _numbers.AsSpan(row * Dimension, Dimension);

    /// <summary>The rows most similar to a query, most similar first, ties in row order.</summary>
    /// <param name="unit">The query, of length 1.</param>
    /// <param name="admitted">Which rows may be found, or null for all.</param>
    public IReadOnlyList<RowMatch> Nearest(ReadOnlyMemory<float> unit, int top, bool[]? admitted, CancellationToken cancellationToken)
    {
        var parts = (long)Count * Dimension < ParallelFrom ? 1 : Environment.ProcessorCount;
        var best = new NearestRows[parts];
        if (parts == 1)
            best[0] = Scan(unit.Span, top, admitted, 0, Count, cancellationToken);
        else
            Parallel.For(0, parts, new ParallelOptions { CancellationToken = cancellationToken }, part =>
                best[part] = Scan(unit.Span, top, admitted, (int)((long)Count * part / parts), (int)((long)Count * (part + 1) / parts), cancellationToken));

        for (var part = 1; part < parts; part++) best[0].Add(best[part]);
        return best[0].Ordered();
    }

    private NearestRows Scan(ReadOnlySpan<float> unit, int top, bool[]? admitted, int from, int to, CancellationToken cancellationToken)
    {
        var nearest = new NearestRows(Math.Min(top, Count));
        var rented = ArrayPool<float>.Shared.Rent(Dimension);
        try
        {
            var wide = rented.AsSpan(0, Dimension);
            for (var row = from; row < to; row++)
            {
                if ((row & 0xFFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
                if (admitted is not null && !admitted[row]) continue;
                Widen(row, wide);
                nearest.Offer(row, TensorPrimitives.Dot(unit, wide) * _inverseLengths[row]);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
        return nearest;
    }

    private void Widen(int row, Span<float> wide) => TensorPrimitives.ConvertToSingle(Row(row), wide);
}
