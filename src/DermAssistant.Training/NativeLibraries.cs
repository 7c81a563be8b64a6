using System.Runtime.InteropServices;

namespace DermAssistant.Training;

/// <summary>Tells whether TorchSharp's native libraries load, without asking TorchSharp, which prints pages to standard output where they do not.</summary>
internal static class NativeLibraries
{
    public static bool Load()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        var (prefix, suffix) = OperatingSystem.IsWindows() ? ("", ".dll") : OperatingSystem.IsMacOS() ? ("lib", ".dylib") : ("lib", ".so");
        var runtime = $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        foreach (var folder in new[] { Path.Combine(AppContext.BaseDirectory, "runtimes", runtime, "native"), AppContext.BaseDirectory })
        {
            var torch = Path.Combine(folder, $"{prefix}torch_cpu{suffix}");
            if (File.Exists(torch))
                return NativeLibrary.TryLoad(torch, out _) && NativeLibrary.TryLoad(Path.Combine(folder, $"{prefix}LibTorchSharp{suffix}"), out _);
        }

        return false;
    }
}
