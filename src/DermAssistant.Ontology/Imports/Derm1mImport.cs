using System.Text.Json;
using System.Text.Unicode;

namespace DermAssistant.Ontology;

/// <summary>What Derm1M's tree says of a node's malignancy: only what stands above it.</summary>
public enum Derm1mNature
{
    /// <summary>Neither "benign" nor "malignant" stands above it.</summary>
    Unstated,
    Benign,
    Malignant,
    /// <summary>Reachable from both, since the file merges branches that share a name.</summary>
    Both,
}

/// <summary>One node of a Derm1M ontology and where it goes.</summary>
/// <param name="Name">As written in the file.</param>
/// <param name="IsLeaf">True when nothing lies below it.</param>
/// <param name="Mappings">One per label the name joins; unplaced ones have no node.</param>
/// <param name="Disagrees">True when what stands above it in the file contradicts our flags: the other nature, or both at once.</param>
public sealed record Derm1mNode(string Name, bool IsLeaf, Derm1mNature Nature, IReadOnlyList<LabelMapping> Mappings, bool Disagrees)
{
    /// <summary>True when every label of the name is placed.</summary>
    public bool Maps => Mappings.All(mapping => mapping.Node is not null);
}

/// <summary>What became of a Derm1M ontology.</summary>
/// <param name="Nodes">In the order of the file, without the root.</param>
/// <param name="Merged">Names that several branches share; the file keeps one list of children for all of them.</param>
public sealed record Derm1mReport(IReadOnlyList<Derm1mNode> Nodes, IReadOnlyList<string> Merged)
{
    public IEnumerable<Derm1mNode> Mapped => Nodes.Where(node => node.Maps);

    public IEnumerable<Derm1mNode> Unmapped => Nodes.Where(node => !node.Maps);

    public IEnumerable<Derm1mNode> Disagreements => Nodes.Where(node => node.Disagrees);
}

/// <summary>Reads a user's Derm1M <c>ontology.json</c>: a flat dictionary from a name to the names below it.</summary>
/// <remarks>
/// Malignancy is never taken from the file. Branches that share a name ("melanocytic" stands under benign and under malignant) have
/// one list of children there, so everything below is reachable from both; this is reported, not resolved.
/// </remarks>
public static class Derm1mImport
{
    private const int LargestFile = 16 * 1024 * 1024;

    /// <summary>Maps every node of a file to the ontology.</summary>
    /// <exception cref="OntologyException">The file cannot be read or is no such dictionary.</exception>
    public static Derm1mReport Read(string file, OntologyGraph ontology)
    {
        ArgumentNullException.ThrowIfNull(ontology);
        var children = ReadDictionary(file);
        var parents = Parents(children);
        var names = children.SelectMany(entry => entry.Value.Prepend(entry.Key)).Where(name => name != "root").Distinct(StringComparer.Ordinal).ToList();
        var nodes = names.Select(name => Describe(name, children, parents, ontology)).ToList();
        return new Derm1mReport(nodes, [.. names.Where(name => parents.TryGetValue(name, out var above) && above.Count > 1)]);
    }

    private static Derm1mNode Describe(string name, Dictionary<string, List<string>> children, Dictionary<string, List<string>> parents, OntologyGraph ontology)
    {
        var nature = NatureOf(name, parents);
        var mappings = ontology.MapAll(name);
        var disagrees = mappings.Any(mapping => mapping.Node is { } node && Contradicts(nature, node));
        return new Derm1mNode(name, !children.TryGetValue(name, out var below) || below.Count == 0, nature, mappings, disagrees);
    }

    private static bool Contradicts(Derm1mNature nature, OntologyNode node) => nature switch
    {
        Derm1mNature.Benign => node.CountsAsMalignant,
        Derm1mNature.Malignant => !node.CountsAsMalignant,
        Derm1mNature.Both => node.CountsAsMalignant || node.Flags.Contains(ConditionFlag.Benign),
        _ => false,
    };

    /// <summary>Walks up every way to the top; a name already met ends a way, so a loop in the file does no harm.</summary>
    private static Derm1mNature NatureOf(string name, Dictionary<string, List<string>> parents)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([name]);
        bool benign = false, malignant = false;
        while (open.TryPop(out var at))
        {
            if (!seen.Add(at)) continue;
            benign |= at != name && at.Trim().Equals("benign", StringComparison.OrdinalIgnoreCase);
            malignant |= at != name && at.Trim().Equals("malignant", StringComparison.OrdinalIgnoreCase);
            foreach (var above in parents.GetValueOrDefault(at) ?? []) open.Push(above);
        }
        return (benign, malignant) switch
        {
            (true, true) => Derm1mNature.Both,
            (true, false) => Derm1mNature.Benign,
            (false, true) => Derm1mNature.Malignant,
            _ => Derm1mNature.Unstated,
        };
    }

    private static Dictionary<string, List<string>> Parents(Dictionary<string, List<string>> children)
    {
        var parents = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (name, below) in children)
            foreach (var child in below)
            {
                if (!parents.TryGetValue(child, out var above)) parents.Add(child, above = []);
                if (!above.Contains(name)) above.Add(name);
            }
        return parents;
    }

    /// <summary>A key written twice keeps the children of both.</summary>
    private static Dictionary<string, List<string>> ReadDictionary(string file)
    {
        var children = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        try
        {
            var bytes = ReadBytes(file);
            if (LineThatIsNoText(bytes) is { } line)
                throw new OntologyException($"'{file}', line {line} holds bytes that are not UTF-8, as in a file saved as ANSI or Windows-1252.", "Save the file as UTF-8 and try again.");
            using var document = JsonDocument.Parse(bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0));
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw NotADictionary(file, null);
            foreach (var field in document.RootElement.EnumerateObject())
            {
                var above = Text(field, static at => at.Name, file);
                if (!children.TryGetValue(above, out var below)) children.Add(above, below = []);
                foreach (var child in field.Value.EnumerateArray())
                {
                    if (child.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)) throw NotADictionary(file, null);
                    if (child.ValueKind == JsonValueKind.String && Text(child, static at => at.GetString()!, file) is var name && !below.Contains(name)) below.Add(name);
                }
            }
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            throw NotADictionary(file, cause);
        }
        return children;
    }

    private static string Text<T>(T at, Func<T, string> read, string file)
    {
        try
        {
            return read(at);
        }
        catch (InvalidOperationException cause)
        {
            throw new OntologyException($"'{file}' holds half a character in a name: an escape such as \\ud800 without its other half.", "Write the character itself, or both halves of its escape.", cause);
        }
    }

    /// <summary>One-based line of the first bytes that are no UTF-8, or null.</summary>
    private static int? LineThatIsNoText(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes)) return null;
        var line = 1;
        foreach (var range in bytes.Split((byte)'\n'))
        {
            if (!Utf8.IsValid(bytes[range])) break;
            line++;
        }
        return line;
    }

    private static byte[] ReadBytes(string file)
    {
        try
        {
            if (new FileInfo(file).Length > LargestFile)
                throw new OntologyException($"'{file}' is larger than 16 MB.", "Give Derm1M's ontology.json, which is about 22 KB.");
            var bytes = File.ReadAllBytes(file);
            if (bytes.AsSpan().StartsWith("version https://git-lfs"u8))
                throw new OntologyException($"'{file}' is a Git LFS pointer, not the file itself.", "Fetch the file with 'git lfs pull' and try again.");
            return bytes;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new OntologyException($"'{file}' cannot be read.", "Check that the file exists and may be read.", cause);
        }
    }

    private static OntologyException NotADictionary(string file, Exception? cause)
    {
        var line = cause is JsonException { LineNumber: { } number } ? $", line {number + 1}" : "";
        return new OntologyException($"'{file}'{line} is no Derm1M ontology.", "It must be one JSON object whose fields are lists of names: { \"root\": [\"…\"], … }.", cause);
    }
}
