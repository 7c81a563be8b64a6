using System.Diagnostics;

namespace DermAssistant.Benchmarks;

/// <summary>Runs this program once more, for what only the first call in a process costs.</summary>
internal static class FreshProcess
{
    /// <returns>What it prints.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Output(params string[] arguments)
    {
        // Started through dotnet, the program is its first argument.
        var throughDotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet";
        string[] all = throughDotnet ? [typeof(FreshProcess).Assembly.Location, .. arguments] : arguments;
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, all) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
