using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace DermAssistant.DermLip;

/// <summary>ONNX Runtime's official builds report usage to their maker unless told not to; here nothing leaves the machine.</summary>
internal static partial class RuntimeTelemetry
{
    private const string Switch = "ORT_DISABLE_TELEMETRY";

    /// <summary>Turns reporting off. Must run before the first use of ONNX Runtime in the process, which reads the switch once.</summary>
    public static void TurnOff()
    {
        Environment.SetEnvironmentVariable(Switch, "1");
        // .NET keeps its own copy of the environment on Unix; native code reads the C library's.
        if (!OperatingSystem.IsWindows()) _ = SetNative(Switch, "1", 1);
        OrtEnv.Instance().DisableTelemetryEvents();
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetNative(string name, string value, int overwrite);
}
