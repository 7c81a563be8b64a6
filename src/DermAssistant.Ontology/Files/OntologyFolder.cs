using System.Security.Cryptography;
using System.Text;

namespace DermAssistant.Ontology.Files;

/// <summary>Everything the files say, before names are resolved.</summary>
internal sealed class OntologyFolder
{
    private const string Manifest = "ontology.json";

    public required string Version { get; init; }
    public required List<NodeEntry> Categories { get; init; }
    public required List<ConceptAt> Concepts { get; init; }
    public required List<SourceAt> Sources { get; init; }
    public required LabelTable Labels { get; init; }
    public required List<LookAlikeEntry> LookAlikes { get; init; }

    /// <summary>The triage and skin tone files name conditions and concepts, so they are read once those are known.</summary>
    public required byte[] TriageJson { get; init; }

    public required byte[] SkinToneJson { get; init; }

    /// <summary>Reads the folder; faults that leave a file readable are added to the list.</summary>
    /// <returns>Null when at least one file could not be read to its end; then the faults say why.</returns>
    public static OntologyFolder? Read(string directory, List<OntologyFault> faults)
    {
        if (!Directory.Exists(directory))
            throw new OntologyException($"There is no ontology folder at '{directory}'.", "Point the option at the folder that holds ontology.json.");
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var complete = true;

        T? Parse<T>(string file, Parser<T> parser) where T : class
        {
            try
            {
                var bytes = ReadBytes(directory, file);
                digest.AppendData(Encoding.UTF8.GetBytes(file));
                digest.AppendData(bytes);
                return parser(bytes, faults);
            }
            catch (OntologyException refusal) when (refusal.Fault is { } fault)
            {
                faults.Add(fault);
                complete = false;
                return null;
            }
        }

        var manifest = Parse(Manifest, ReadManifest);
        var sources = Parse(SourceFile.Name, SourceFile.Read);
        var concepts = Parse(ConceptFile.Name, ConceptFile.Read);
        var labels = Parse(LabelFile.Name, LabelFile.Read);
        var lookAlikes = Parse(LookAlikeFile.Name, LookAlikeFile.Read);
        var triage = Parse(TriageFile.Name, (json, _) => json.ToArray());
        var skinTone = Parse(SkinToneFile.Name, (json, _) => json.ToArray());
        var categories = new List<NodeEntry>();
        foreach (var file in manifest?.Categories ?? [])
            if (Parse(file, (json, found) => ConditionFile.Read(file, json, found)) is { } category)
                categories.Add(category);
        if (!complete) return null;
        return new OntologyFolder
        {
            Version = $"{manifest!.Version}+{Convert.ToHexStringLower(digest.GetHashAndReset().AsSpan(0, 6))}",
            Categories = categories,
            Concepts = concepts!,
            Sources = sources!,
            Labels = labels!,
            LookAlikes = lookAlikes!,
            TriageJson = triage!,
            SkinToneJson = skinTone!,
        };
    }

    private static byte[] ReadBytes(string directory, string file)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(directory, file));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new OntologyFault(file, 1, "The file is missing or cannot be read.", "Restore it or take it out of ontology.json.").ToException(cause);
        }
    }

    private static FolderManifest ReadManifest(ReadOnlySpan<byte> json, List<OntologyFault> faults)
    {
        var cursor = new JsonCursor(Manifest, json, faults);
        string version = "";
        List<string> categories = [];
        cursor.EnterObject("the file");
        while (cursor.NextField(out var field))
            switch (field)
            {
                case "$schema": break;
                case "version": version = cursor.Text(field); break;
                case "categories": categories = cursor.Texts(field); break;
                default: cursor.Unknown(field, "the file", "$schema", "version", "categories"); break;
            }
        cursor.End();
        if (version.Length == 0) throw cursor.Missing("version", "The file", 1);
        return new FolderManifest(version, categories);
    }

    private delegate T Parser<T>(ReadOnlySpan<byte> json, List<OntologyFault> faults);

    /// <param name="Categories">The category files in the order they are shown.</param>
    private sealed record FolderManifest(string Version, List<string> Categories);
}
