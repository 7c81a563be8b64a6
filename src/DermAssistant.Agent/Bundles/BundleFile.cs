using System.Text.Json;

namespace DermAssistant.Agent;

/// <summary>Writes and reads evidence bundles as JSON files.</summary>
public static class BundleFile
{
    /// <summary>Writes a bundle beside its final place and moves it there, so that no half-written file is left.</summary>
    public static async Task WriteAsync(EvidenceBundle bundle, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var beside = $"{full}.{Environment.ProcessId}.part";
        try
        {
            await File.WriteAllTextAsync(beside, ToJson(bundle), cancellationToken);
            File.Move(beside, full, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>Reads a bundle.</summary>
    /// <exception cref="BundleException">The file is missing, is no bundle, or has a newer layout.</exception>
    public static async Task<EvidenceBundle> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        try
        {
            return FromJson(await File.ReadAllTextAsync(path, cancellationToken), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BundleException($"The bundle {path} cannot be read: {e.Message}", "Give the path of a file written by 'derm ask --bundle'.", e);
        }
    }

    /// <summary>The bundle as indented JSON.</summary>
    public static string ToJson(EvidenceBundle bundle) => JsonSerializer.Serialize(bundle, AgentJson.Indented) + "\n";

    /// <summary>Reads a bundle from JSON.</summary>
    /// <param name="name">What to call it in errors.</param>
    /// <exception cref="BundleException">The text is no bundle, or has a newer layout.</exception>
    public static EvidenceBundle FromJson(string json, string name = "the bundle")
    {
        EvidenceBundle? bundle;
        try
        {
            bundle = JsonSerializer.Deserialize<EvidenceBundle>(json, Strict);
        }
        catch (JsonException e)
        {
            throw new BundleException($"{name} is not an evidence bundle: {e.Message}", "Give a file written by 'derm ask --bundle', unchanged.", e);
        }

        if (bundle is null || bundle.Turns.Count == 0)
            throw new BundleException($"{name} holds no question.", "Give a file written by 'derm ask --bundle', unchanged.");
        if (bundle.Layout > EvidenceBundle.CurrentLayout)
            throw new BundleException($"{name} has layout {bundle.Layout}; this version reads up to {EvidenceBundle.CurrentLayout}.", "Replay it with a newer version of the product.");
        return bundle;
    }

    private static readonly JsonSerializerOptions Strict = new(AgentJson.Options)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };
}
