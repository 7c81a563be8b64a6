using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DermAssistant.DermLip;

/// <summary>The tensors of a safetensors file mapped into memory, where ONNX Runtime uses them as they lie.</summary>
/// <remarks>ONNX Runtime would map each tensor by itself and touch it page by page. Sessions must be closed before the weights are disposed.</remarks>
internal sealed class PackWeights : IDisposable
{
    private readonly MappedFile _file;
    private readonly IReadOnlyList<StateTensor> _tensors;
    private readonly Lazy<Dictionary<string, OrtValue>> _values;

    private PackWeights(MappedFile file, IReadOnlyList<StateTensor> tensors)
    {
        _file = file;
        _tensors = tensors;
        _values = new(Values);
    }

    /// <exception cref="ModelPackException">The file is missing or no whole safetensors file.</exception>
    public static PackWeights Open(string path)
    {
        try
        {
            using var header = SafetensorsReader.Open(path);
            return new PackWeights(new MappedFile(path), [.. header.Tensors]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelPackException($"{path} cannot be read: {e.Message}", "Remove the pack and add it again.", e);
        }
    }

    /// <summary>Makes the tensors the initializers of their names in sessions opened with these options.</summary>
    public void GiveTo(SessionOptions session)
    {
        foreach (var (name, value) in _values.Value) session.AddInitializer(name, value);
    }

    private Dictionary<string, OrtValue> Values()
    {
        var values = new Dictionary<string, OrtValue>(StringComparer.Ordinal);
        foreach (var tensor in _tensors)
        {
            var shape = new long[tensor.Shape.Count];
            for (var i = 0; i < shape.Length; i++) shape[i] = tensor.Shape[i];
            var start = _file.Start + (nint)tensor.Offset;
            values[tensor.Name] = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, Type(tensor), shape, start, tensor.Bytes);
        }

        return values;
    }

    private static TensorElementType Type(StateTensor tensor) => tensor.Type switch
    {
        ElementType.Float32 => TensorElementType.Float,
        ElementType.Int8 => TensorElementType.Int8,
        _ => throw new ModelPackException($"The tensor {tensor.Name} has the type {tensor.Type}, which packs do not have.", "Remove the pack and add it again."),
    };

    public void Dispose()
    {
        if (_values.IsValueCreated)
            foreach (var value in _values.Value.Values) value.Dispose();
        _file.Dispose();
    }
}
