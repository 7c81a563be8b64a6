namespace DermAssistant.Tests;

/// <summary>Where tests find the repository and the folder <c>shared</c> beside it.</summary>
internal static class TestPaths
{
    /// <summary>The folder that holds <c>DermAssistant.sln</c>.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The folder beside the repository with data and fixtures, or null where it is absent.</summary>
    public static string? Shared { get; } = FindShared();

    /// <summary>A path inside the repository.</summary>
    public static string InRepository(params string[] parts) => Path.Combine([Repository, .. parts]);

    /// <summary>A path inside <c>shared</c>; only for tests marked SharedFact.</summary>
    public static string InShared(params string[] parts) =>
        Path.Combine([Shared ?? throw new InvalidOperationException("shared is absent"), .. parts]);

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "DermAssistant.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No DermAssistant.sln above {AppContext.BaseDirectory}.");
    }

    private static string? FindShared()
    {
        var path = Path.GetFullPath(Path.Combine(Repository, "..", "shared"));
        return Directory.Exists(path) ? path : null;
    }
}
