using System.Text.Json;
using System.Text.Json.Serialization;

namespace DermAssistant.Cases;

/// <summary>The pack whose embeddings a library holds.</summary>
/// <param name="Version">Changes with every byte of the weights; embeddings of another version do not compare.</param>
public sealed record LibraryPack(string Id, string Version);

/// <summary>Where cases of a library come from, and on what terms.</summary>
/// <param name="Attribution">Who is to be named, and for what publication.</param>
/// <param name="Cases">How many cases of the library come from here.</param>
public sealed record LibrarySource(string Name, string Licence, string Attribution, string Url, int Cases);

/// <summary>A file of a library.</summary>
/// <param name="Sha256">Of the file's bytes, lower-case hexadecimal.</param>
public sealed record LibraryFile(string Name, long Bytes, string Sha256);

/// <summary>What <c>library.json</c> says of an embedded case library; it names the files that belong to it.</summary>
/// <remarks>
/// The file is written last and put in place by one rename, so that it always names a complete set: whatever kills a writer,
/// a reader sees the old library or the new one.
/// </remarks>
/// <param name="Dimension">Length of an embedding.</param>
/// <param name="Count">Number of cases; row i of the embeddings belongs to line i of the cases, both in ordinal order of the ids.</param>
/// <param name="NearDuplicate">Cosine from which a case counts as the query itself; how it is found is told at <see cref="NearDuplicates"/>.</param>
public sealed record LibraryManifest(
    int Schema,
    LibraryPack Pack,
    int Dimension,
    int Count,
    double NearDuplicate,
    IReadOnlyList<LibrarySource> Sources,
    LibraryFile Cases,
    LibraryFile Embeddings)
{
    /// <summary>The name of the manifest in a library's folder.</summary>
    public const string FileName = "library.json";

    /// <summary>The layout this version writes and reads.</summary>
    internal const int CurrentSchema = 1;

    /// <summary>Reads the manifest of the library in a folder.</summary>
    /// <exception cref="CaseStoreException">There is none, or it cannot be read.</exception>
    public static LibraryManifest Read(string directory)
    {
        var path = Path.Combine(directory, FileName);
        LibraryManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(File.ReadAllBytes(path), LibraryJson.Default.LibraryManifest);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CaseStoreException($"There is no case library in {directory}: {FileName} is missing.",
                "Make one with `derm cases import`, or name the folder that holds one.", failure);
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CaseStoreException($"{path} cannot be read: {failure.Message}", LibraryFolder.MakeAgain, failure);
        }

        if (manifest?.Pack?.Id is null || manifest.Pack.Version is null || manifest.Sources is null || manifest.Cases?.Name is null || manifest.Embeddings?.Name is null)
            throw new CaseStoreException($"{path} is not the description of a case library.", LibraryFolder.MakeAgain);
        if (manifest.Schema != CurrentSchema)
            throw new CaseStoreException($"{path} has layout {manifest.Schema}; this version reads layout {CurrentSchema}.", LibraryFolder.MakeAgain);
        if (manifest.Dimension < 1 || manifest.Count < 0)
            throw new CaseStoreException($"{path} states {manifest.Count} cases of {manifest.Dimension} numbers each, which cannot be.", LibraryFolder.MakeAgain);
        return manifest;
    }

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, LibraryJson.Default.LibraryManifest);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(LibraryManifest))]
internal sealed partial class LibraryJson : JsonSerializerContext;
