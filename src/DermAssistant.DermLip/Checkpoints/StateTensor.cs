namespace DermAssistant.DermLip;

/// <summary>A tensor of a checkpoint, read when it is asked for.</summary>
internal sealed class StateTensor(string name, int[] shape, ElementType type, Func<float[]> read)
{
    public string Name { get; } = name;

    public IReadOnlyList<int> Shape { get; } = shape;

    public ElementType Type { get; } = type;

    /// <summary>Number of elements.</summary>
    public long Count { get; } = Product(shape);

    /// <summary>Number of bytes in the file.</summary>
    public long Bytes => Count * Type.Size();

    /// <summary>Where its bytes begin in a file that holds them in one piece.</summary>
    public long Offset { get; init; }

    /// <summary>The elements as float32, row-major; a fresh array each time.</summary>
    public float[] Read() => read();

    private static long Product(int[] shape)
    {
        var product = 1L;
        foreach (var side in shape) product *= side;
        return product;
    }

    public static string Describe(IEnumerable<int> shape) => $"[{string.Join(", ", shape)}]";
}
