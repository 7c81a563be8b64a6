namespace DermAssistant.DermLip;

/// <summary>Captions as token ids and the normalised embeddings that belong to them.</summary>
/// <param name="Padded">Rows of one length.</param>
/// <param name="Trimmed">The same without padding, as the encoder is given them.</param>
/// <param name="Features">[rows, dimension].</param>
internal sealed record CaptionVectors(IReadOnlyList<long[]> Padded, IReadOnlyList<long[]> Trimmed, float[] Features)
{
    /// <summary>The captions of a folder; null where it has none.</summary>
    /// <exception cref="ModelPackException">They do not fit the pack.</exception>
    public static CaptionVectors? Read(string folder, PackDescription pack)
    {
        if (!PackVectors.Exist(folder, PackVectors.InTokens, PackVectors.TextFeatures)) return null;
        var (tokens, shape) = Npy.ReadIntegers(Path.Combine(folder, PackVectors.InTokens));
        var (features, featuresShape) = Npy.ReadFloats(Path.Combine(folder, PackVectors.TextFeatures));
        var (details, dimension) = (pack.Details, pack.Manifest.EmbeddingDimension);
        if (shape is not [> 0 and var count, > 0 and var length]) throw PackVectors.Unfit(folder, PackVectors.InTokens, shape, "[N, L]");
        if (featuresShape is not [var rows, var columns] || rows != count || columns != dimension)
            throw PackVectors.Unfit(folder, PackVectors.TextFeatures, featuresShape, $"[{count}, {dimension}]");
        foreach (var token in tokens)
            if (token < 0 || token >= details.VocabularySize)
                throw new ModelPackException(
                    $"{Path.Combine(folder, PackVectors.InTokens)} has the token id {token}, which is outside 0 to {details.VocabularySize - 1}.",
                    "Make the tokens with the tokenizer of this model.");
        var (padded, trimmed) = (new long[count][], new long[count][]);
        for (var row = 0; row < count; row++)
        {
            padded[row] = new long[length];
            Array.Copy(tokens, row * length, padded[row], 0, length);
            trimmed[row] = TokenRows.Trim(padded[row], details.Causal, details.PadId);
            if (trimmed[row].Length > details.ContextLength) throw PackVectors.Unfit(folder, PackVectors.InTokens, shape, $"[N, up to {details.ContextLength}]");
        }

        return new CaptionVectors(padded, trimmed, features);
    }

    /// <param name="padded">Whether padding is computed too, which changes nothing but takes all short captions in one run.</param>
    public VectorComparison Compare(OnnxTextEncoder encoder, bool padded) =>
        VectorComparison.Of(encoder.EncodeTokens(padded ? Padded : Trimmed), Features, encoder.Dimension);
}
