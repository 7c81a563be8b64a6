namespace DermAssistant.DermLip;

/// <summary>The last look at what a tower computed: NaN and infinity go no further.</summary>
internal static class FiniteEmbeddings
{
    /// <param name="tower">For messages, as "image tower".</param>
    /// <param name="pixels">What they were computed from, where that may be at fault itself.</param>
    /// <exception cref="ModelPackException">A number of them is NaN or infinite.</exception>
    public static void Require(ReadOnlySpan<float> embeddings, string tower, ReadOnlySpan<float> pixels = default)
    {
        if (AllFinite(embeddings)) return;
        throw AllFinite(pixels)
            ? new ModelPackException(
                $"The {tower} of the pack gave an embedding that is no number.", "Verify the pack with 'derm models verify', or remove it and add the model again.")
            : new ModelPackException($"The pixels given to the {tower} hold NaN or infinite numbers.", "Check what the pixels were made from.");
    }

    private static bool AllFinite(ReadOnlySpan<float> numbers)
    {
        foreach (var number in numbers)
            if (!float.IsFinite(number)) return false;
        return true;
    }
}
