namespace DermAssistant.Ontology.Files;

/// <summary>Everything the files say, before names are resolved.</summary>
internal sealed class OntologyFolder
{
    private const string Manifest = "ontology.json";

    public required ContentVersion Version { get; init; }
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
        var manifest = Parse(directory, Manifest, ReadManifest);
        var categories = new List<Parsed<NodeEntry>>();
        foreach (var file in manifest.Value?.Categories ?? [])
            categories.Add(Parse(directory, file, (json, found) => ConditionFile.Read(file, json, found)));

        var sources = Parse(directory, SourceFile.Name, SourceFile.Read);
        var concepts = Parse(directory, ConceptFile.Name, ConceptFile.Read);
        var labels = Parse(directory, LabelFile.Name, LabelFile.Read);
        var lookAlikes = Parse(directory, LookAlikeFile.Name, LookAlikeFile.Read);
        var triage = Content(directory, TriageFile.Name);
        var skinTone = Content(directory, SkinToneFile.Name);

        List<Parsed> all = [manifest, sources, concepts, labels, lookAlikes, triage, skinTone, .. categories];
        foreach (var file in all) faults.AddRange(file.Faults);
        if (all.Exists(file => !file.IsComplete)) return null;
        return new OntologyFolder
        {
            Version = new ContentVersion(manifest.Value!.Version, all.ConvertAll(file => file.Content!)),
            Categories = categories.ConvertAll(file => file.Value!),
            Concepts = concepts.Value!,
            Sources = sources.Value!,
            Labels = labels.Value!,
            LookAlikes = lookAlikes.Value!,
            TriageJson = triage.Value!,
            SkinToneJson = skinTone.Value!,
        };
    }

    private static Parsed<T> Parse<T>(string directory, string file, Parser<T> parser) where T : class
    {
        var parsed = new Parsed<T>();
        try
        {
            parsed.Content = new FileContent(file, ReadBytes(directory, file));
            parsed.Value = parser(parsed.Content.Bytes, parsed.Faults);
        }
        catch (OntologyException refusal) when (refusal.Fault is { } fault)
        {
            parsed.Faults.Add(fault);
        }
        return parsed;
    }

    /// <summary>A file as it is, to be read once the names are known.</summary>
    private static Parsed<byte[]> Content(string directory, string file)
    {
        var content = Parse<byte[]>(directory, file, static (_, _) => []);
        if (content.IsComplete) content.Value = content.Content!.Bytes;
        return content;
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

    /// <summary>A file and what was wrong with it.</summary>
    private abstract class Parsed
    {
        public FileContent? Content { get; set; }
        public List<OntologyFault> Faults { get; } = [];
        public abstract bool IsComplete { get; }
    }

    /// <summary>A file and what it says, or null where it could not be read to its end.</summary>
    private sealed class Parsed<T> : Parsed where T : class
    {
        public T? Value { get; set; }
        public override bool IsComplete => Value is not null;
    }

    /// <param name="Categories">The category files in the order they are shown.</param>
    private sealed record FolderManifest(string Version, List<string> Categories);
}
