using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DermAssistant.DermLip;

/// <summary>Numbers of the caller as tensors for ONNX Runtime, which uses them where they lie; they stay fixed until the tensor is disposed.</summary>
internal static unsafe class TensorMemory
{
    public static OrtValue Of(float* start, long[] shape) => Of(TensorElementType.Float, sizeof(float), (nint)start, shape);

    public static OrtValue Of(long* start, long[] shape) => Of(TensorElementType.Int64, sizeof(long), (nint)start, shape);

    private static OrtValue Of(TensorElementType type, long bytes, nint start, long[] shape)
    {
        foreach (var side in shape) bytes *= side;
        return OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, type, shape, start, bytes);
    }
}
