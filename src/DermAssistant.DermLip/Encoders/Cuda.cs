#if CUDA
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace DermAssistant.DermLip;

/// <summary>Puts encoders on the first CUDA device.</summary>
internal static class Cuda
{
    /// <summary>Products in full single precision: with TF32, ONNX Runtime's default on CUDA, embeddings are off by 1e-4 and no pack reproduces
    /// its golden vectors. And the convolution algorithm that is known to fit, not the winner of a race run anew in every process.</summary>
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["device_id"] = "0",
        ["use_tf32"] = "0",
        ["cudnn_conv_algo_search"] = "HEURISTIC",
    };

    /// <summary>Pictures of a run, with which the device is busy throughout.</summary>
    public const int Batch = 32;

    /// <summary>Whether a session was put on the device.</summary>
    public static bool InUse { get; private set; }

    private static readonly Lock Telling = new();
    private static bool _told;

    /// <summary>False where CUDA cannot be had, which is said once.</summary>
    public static bool TryUse(SessionOptions session, ILogger logger)
    {
        try
        {
            // ONNX Runtime writes to the error output what it throws too.
            OrtEnv.Instance().EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
            using var cuda = new OrtCUDAProviderOptions();
            cuda.UpdateOptions(Settings);
            session.AppendExecutionProvider_CUDA(cuda);
            InUse = true;
            if (First()) logger.LogInformation("Encoders run on CUDA device 0.");
            return true;
        }
        catch (OnnxRuntimeException e)
        {
            if (First())
                logger.LogWarning(
                    "CUDA cannot be used and encoders run on the CPU: {Reason}. It needs an NVIDIA driver, and CUDA 13 and cuDNN 9 on the library path (LD_LIBRARY_PATH).",
                    e.Message.ReplaceLineEndings(" ").Trim());
            return false;
        }
    }

    private static bool First()
    {
        lock (Telling)
        {
            var first = !_told;
            _told = true;
            return first;
        }
    }
}
#endif
