namespace DermAssistant.DermLip;

/// <summary>Synthetic inputs for golden vectors.</summary>
internal static class GoldenInputs
{
    /// <summary>Smooth waves with noise, in the range of normalised pixels; the same on every machine.</summary>
    public static float[] Images(int count, int side)
    {
        var pixels = new float[count * 3 * side * side];
        var state = 0x9E3779B9u;
        for (var i = 0; i < pixels.Length; i++)
        {
            var (plane, y, x) = (i / (side * side), i / side % side, i % side);
            state = state * 1664525u + 1013904223u;
            var noise = (state >> 8) / (float)(1 << 24) - 0.5f;
            var wave = Triangle(x * (plane % 3 + 1), side) * Triangle(y * (plane / 3 + 2), side);
            pixels[i] = 1.5f * wave + 0.5f * noise;
        }

        return pixels;
    }

    private static float Triangle(int position, int period) => 4f * Math.Abs(position % period / (float)period - 0.5f) - 1;

    /// <summary>Rows of token ids for a pack without tokenizer, padded to the same length.</summary>
    public static long[][] Tokens(ITextTower tower)
    {
        var length = Math.Min(tower.ContextLength, 12);
        return [.. Enumerable.Range(0, 3).Select(row =>
        {
            var used = length - row;
            var ids = Enumerable.Repeat((long)tower.PadId, length).ToArray();
            for (var i = 0; i < used; i++)
                ids[i] = 1 + (row * 31 + i * 17) % (tower.VocabularySize - 2);
            ids[used - 1] = tower.VocabularySize - 1;
            return ids;
        })];
    }
}
