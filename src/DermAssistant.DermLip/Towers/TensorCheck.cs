namespace DermAssistant.DermLip;

/// <summary>Holds a checkpoint against the tensors its towers need.</summary>
internal static class TensorCheck
{
    /// <summary>The bias of SigLIP's loss, which no cosine depends on.</summary>
    private const string LogitBias = "logit_bias";

    /// <exception cref="ModelPackException">A tensor is missing, extra, of another shape or of whole numbers; all are named.</exception>
    public static void Require(StateDict weights, List<ExpectedTensor> expected)
    {
        var missing = new List<string>();
        var misshaped = new List<string>();
        var whole = new List<string>();
        var known = new HashSet<string>([LogitScale.Key, LogitBias], StringComparer.Ordinal);
        foreach (var (key, shape) in expected.Select(tensor => (tensor.Key, tensor.Shape)).Append((LogitScale.Key, [])))
        {
            known.Add(key);
            if (!weights.TryGet(key, out var found))
                missing.Add(key);
            else if (!found.Shape.SequenceEqual(shape) && !(key == LogitScale.Key && found.Shape is [1]))
                misshaped.Add($"{key} is {StateTensor.Describe(found.Shape)} instead of {StateTensor.Describe(shape)}");
            else if (!found.Type.IsFloat())
                whole.Add($"{key} is {found.Type}");
        }

        var extra = weights.Keys.Where(key => !known.Contains(key) && !IsBuffer(key)).Order(StringComparer.Ordinal).ToList();
        string?[] faults = [List("missing", missing), List("extra", extra), List("of the wrong shape", misshaped), List("of whole numbers", whole)];
        if (faults.OfType<string>().ToList() is { Count: > 0 } named)
            throw new ModelPackException(
                $"{weights.Source} does not fit its configuration: {string.Join("; ", named)}.",
                "Use the open_clip_config.json and the weights of the same model; nothing is loaded in part.");
    }

    /// <summary>Buffers that PyTorch stores beside the weights and that decide nothing.</summary>
    private static bool IsBuffer(string key) =>
        key.EndsWith(".num_batches_tracked", StringComparison.Ordinal) || key.EndsWith("embeddings.position_ids", StringComparison.Ordinal)
        || key.EndsWith("attn_mask", StringComparison.Ordinal);

    private static string? List(string what, List<string> names)
    {
        const int Shown = 8;
        if (names.Count == 0) return null;
        var more = names.Count > Shown ? $" and {names.Count - Shown} more" : "";
        return $"{names.Count} {what}: {string.Join(", ", names.Take(Shown))}{more}";
    }
}
