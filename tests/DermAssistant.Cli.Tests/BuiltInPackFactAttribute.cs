namespace DermAssistant.Cli.Tests;

/// <summary>A fact about photos read with the built-in model pack and its cases; skipped, saying so, in a clone without them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BuiltInPackFactAttribute : FactAttribute
{
    public BuiltInPackFactAttribute()
    {
        foreach (var (folder, file) in (ReadOnlySpan<(string, string)>)[("models", "pack.json"), ("cases", "library.json")])
        {
            var path = Path.Combine(AppContext.BaseDirectory, folder);
            if (!Directory.Exists(path) || Directory.GetFiles(path, file, SearchOption.AllDirectories).Length == 0)
                Skip = $"needs the built-in {folder}/, which this clone does not have";
        }
    }
}
