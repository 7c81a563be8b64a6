using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace DermAssistant.DermLip;

/// <summary>Opens ONNX Runtime sessions.</summary>
internal static class SessionFactory
{
    /// <summary>ONNX Runtime asks for the types of a graph's values under one lock for the whole process, so two sessions opened at once take
    /// as long as one after the other and keep two processors busy with waiting.</summary>
    private static readonly Lock OneAtATime = new();

    static SessionFactory()
    {
        NativeHeap.UseLargePages();
        RuntimeTelemetry.TurnOff();
    }

    /// <summary>Loads ONNX Runtime, which takes as long as reading what else a pack has; a second call does nothing.</summary>
    public static void LoadRuntime()
    {
    }

    /// <summary>What a graph gains from: convolutions from another layout of their values, products of bytes from becoming one operator;
    /// the other graphs are built as they should run, and looking for more takes a tenth of the opening.</summary>
    private static GraphOptimizationLevel LevelFor(PackPrecision precision, bool convolutions) => (precision, convolutions) switch
    {
        (_, true) => GraphOptimizationLevel.ORT_ENABLE_ALL,
        (PackPrecision.Int8, _) => GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
        _ => GraphOptimizationLevel.ORT_DISABLE_ALL,
    };

    /// <summary>How many pictures a run should take: on the CPU no more than what passes between the layers fits its caches.</summary>
    public static int BatchFor(PackPrecision precision)
    {
#if CUDA
        if (precision == PackPrecision.Float32 && Cuda.InUse) return Cuda.Batch;
#else
        _ = precision;
#endif
        return 4;
    }

    /// <param name="weights">The weights of the graph, used where they lie.</param>
    /// <param name="precision">The precision of the pack.</param>
    /// <param name="convolutions">Whether most of the graph is convolutions.</param>
    /// <param name="laidOut">Whether to lay out the weights of products for the processor instead, which takes several times as long.</param>
    /// <exception cref="ModelPackException">ONNX Runtime refuses the graph.</exception>
    public static InferenceSession Open(
        string path, EncoderOptions options, ILogger logger, PackWeights weights, PackPrecision precision, bool convolutions, bool laidOut = false)
    {
        try
        {
            using var session = new SessionOptions
            {
                GraphOptimizationLevel = LevelFor(precision, convolutions),
                IntraOpNumThreads = options.Threads,
                InterOpNumThreads = 1,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            };
            session.AddSessionConfigEntry("session.intra_op.allow_spinning", options.Spinning ? "1" : "0");
            session.AddSessionConfigEntry("session.disable_prepacking", laidOut ? "0" : "1");
            UseProcessor(session, weights, precision, logger);
            lock (OneAtATime) return new InferenceSession(path, session);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelPackException($"{path} cannot be loaded: {e.Message}", "Remove the pack and add it again.", e);
        }
    }

    /// <summary>Computes on the CPU with the weights where they lie; in a build with <c>-p:Accelerator=Cuda</c>, puts CUDA before it, which
    /// reads the weights into its own memory. CUDA has no products of bytes: int8 packs stay on the CPU.</summary>
    private static void UseProcessor(SessionOptions session, PackWeights weights, PackPrecision precision, ILogger logger)
    {
#if CUDA
        if (precision == PackPrecision.Float32 && Cuda.TryUse(session, logger)) return;
#else
        _ = (precision, logger);
#endif
        weights.GiveTo(session);
    }
}
