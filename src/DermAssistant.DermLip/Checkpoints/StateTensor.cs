namespace DermAssistant.DermLip;

/// <summary>A tensor of a checkpoint, read when it is asked for.</summary>
internal sealed class StateTensor(string name, int[] shape, ElementType type, Func<float[]> read)
{
    public string Name { get; } = name;

    public IReadOnlyList<int> Shape { get; } = shape;

    public ElementType Type { get; } = type;

    /// <summary>Number of elements.</summary>
    public long Count { get; } = shape.Aggregate(1L, (product, side) => product * side);

    /// <summary>The elements as float32, row-major; a fresh array each time.</summary>
    public float[] Read() => read();

    public static string Describe(IEnumerable<int> shape) => $"[{string.Join(", ", shape)}]";
}
