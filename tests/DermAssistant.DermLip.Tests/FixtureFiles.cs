using DermAssistant.Tests;

namespace DermAssistant.DermLip.Tests;

/// <summary>The fixtures that are part of the repository.</summary>
internal static class FixtureFiles
{
    public static string Path(params string[] parts) =>
        TestPaths.InRepository(["tests", "DermAssistant.DermLip.Tests", "Fixtures", .. parts]);
}
