namespace DermAssistant.DermLip;

/// <summary>Checks on the numbers of a checkpoint.</summary>
internal static class StateDictChecks
{
    /// <summary>The same state dict, whose tensors refuse to be read when they hold NaN or infinity.</summary>
    public static StateDict RequireFinite(this StateDict weights) => new(
        weights.Source,
        weights.Tensors.Select(tensor => new StateTensor(tensor.Name, [.. tensor.Shape], tensor.Type, () => Finite(weights.Source, tensor))),
        weights);

    private static float[] Finite(string source, StateTensor tensor)
    {
        var values = tensor.Read();
        foreach (var value in values)
            if (!float.IsFinite(value))
                throw new ModelPackException(
                    $"{source}: the tensor {tensor.Name} holds NaN or infinite numbers.",
                    "The training that made this checkpoint diverged or the file is damaged; use another one.");
        return values;
    }
}
