using System.Diagnostics.CodeAnalysis;

namespace DermAssistant.DermLip;

/// <summary>The tensors of a checkpoint by key.</summary>
/// <remarks>Tensors stay in the file until read, so a checkpoint is never in memory as a whole. Reading is safe for concurrent use.</remarks>
internal sealed class StateDict : IDisposable
{
    private readonly Dictionary<string, StateTensor> _tensors;
    private readonly IDisposable? _file;

    /// <param name="source">The file or what else the tensors come from, for messages.</param>
    public StateDict(string source, IEnumerable<StateTensor> tensors, IDisposable? file = null)
    {
        Source = source;
        _tensors = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        _file = file;
    }

    public string Source { get; }

    public IReadOnlyCollection<string> Keys => _tensors.Keys;

    public IEnumerable<StateTensor> Tensors => _tensors.Values;

    public StateTensor this[string key] => _tensors.TryGetValue(key, out var tensor)
        ? tensor
        : throw new ModelPackException($"{Source}: the tensor {key} is missing.", "Use the complete checkpoint the configuration belongs to.");

    public bool Has(string key) => _tensors.ContainsKey(key);

    public bool TryGet(string key, [MaybeNullWhen(false)] out StateTensor tensor) => _tensors.TryGetValue(key, out tensor);

    public static StateDict FromMemory(string source, IReadOnlyDictionary<string, WeightTensor> tensors) =>
        new(source, tensors.Select(pair =>
        {
            var shape = pair.Value.Shape.ToArray();
            var tensor = new StateTensor(pair.Key, shape, ElementType.Float32, () => pair.Value.Values.ToArray());
            return tensor.Count == pair.Value.Values.Length
                ? tensor
                : throw new ModelPackException(
                    $"{source}: the tensor {pair.Key} has {pair.Value.Values.Length} values for the shape {StateTensor.Describe(shape)}.",
                    "Give every value of the shape, row-major.");
        }));

    public void Dispose() => _file?.Dispose();
}
