using System.Reflection;
using System.Reflection.PortableExecutable;

namespace DermAssistant.Benchmarks;

/// <summary>Whether the code under measurement was compiled ahead, as that of an installed <c>derm</c> is.</summary>
internal static class CompiledAhead
{
    /// <summary>For the line under a figure that depends on it.</summary>
    public static string Note(Assembly assembly) => Is(assembly)
        ? "compiled ahead, as an installed derm is"
        : "compiled on the way; for the figure of an installed derm, 'dotnet publish -c Release -r linux-x64 tests/DermAssistant.Benchmarks -o FOLDER' and run it there";

    private static bool Is(Assembly assembly)
    {
        using var file = File.OpenRead(assembly.Location);
        using var image = new PEReader(file);
        return image.PEHeaders.CorHeader?.ManagedNativeHeaderDirectory.Size > 0;
    }
}
