namespace DermAssistant.Tests;

/// <summary>A fact that needs files of the folder <c>shared</c> beside the repository; skipped, saying why, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(params string[] parts) => Skip = SharedFiles.Missing(parts);
}

/// <summary>As <see cref="SharedFactAttribute"/>, for theories.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute(params string[] parts) => Skip = SharedFiles.Missing(parts);
}

internal static class SharedFiles
{
    /// <summary>Null when the path below <c>shared</c> exists, else the reason to skip.</summary>
    public static string? Missing(string[] parts)
    {
        if (TestPaths.Shared is null) return "needs the folder ../shared beside the repository, which is absent";
        var path = Path.Combine([TestPaths.Shared, .. parts]);
        return Path.Exists(path) ? null : $"needs ../shared/{string.Join('/', parts)}, which is absent";
    }
}
