using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace DermAssistant.DermLip;

/// <summary>Opens ONNX Runtime sessions.</summary>
internal static class SessionFactory
{
    static SessionFactory() => RuntimeTelemetry.TurnOff();

    /// <param name="mapped">Whether the weights are used from where the file is mapped into memory, instead of from a copy laid out for the processor:
    /// opening takes a tenth of the time and the memory is the file's, but products with few rows are slower.</param>
    /// <exception cref="ModelPackException">ONNX Runtime refuses the graph.</exception>
    public static InferenceSession Open(string path, EncoderOptions options, ILogger logger, bool mapped = false)
    {
        try
        {
            using var session = new SessionOptions
            {
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
                IntraOpNumThreads = options.Threads,
                InterOpNumThreads = 1,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            };
            session.AddSessionConfigEntry("session.intra_op.allow_spinning", options.Spinning ? "1" : "0");
            session.AddSessionConfigEntry("session.disable_prepacking", mapped ? "1" : "0");
            AppendAccelerator(session, logger);
            return new InferenceSession(path, session);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelPackException($"{path} cannot be loaded: {e.Message}", "Remove the pack and add it again.", e);
        }
    }

    /// <summary>In a build with <c>-p:Accelerator=Cuda</c>, puts CUDA before the CPU; where it cannot be had, says so and goes on without.</summary>
    private static void AppendAccelerator(SessionOptions session, ILogger logger)
    {
#if CUDA
        try
        {
            session.AppendExecutionProvider_CUDA(0);
            logger.LogInformation("Encoders run on CUDA device 0.");
        }
        catch (OnnxRuntimeException e)
        {
            logger.LogWarning("CUDA cannot be used ({Reason}); encoders run on the CPU.", e.Message);
        }
#else
        _ = session;
        _ = logger;
#endif
    }
}
