using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace DermAssistant.Cases;

/// <summary>A case with its embedding, ready to be stored.</summary>
/// <param name="Embedding">In half precision, as long as the library's dimension.</param>
internal sealed record EmbeddedCase(CaseRecord Record, Half[] Embedding);

/// <summary>Puts a library into a folder so that no reader and no crash ever sees half of it.</summary>
/// <remarks>
/// The data files carry the beginning of their own hash in their names, so that new ones lie beside the old ones; the rename of
/// <c>library.json</c> is the one moment at which the library changes; only then are files it no longer names removed.
/// </remarks>
internal static class LibraryWriter
{
    /// <summary>Writes the cases, in ordinal order of their ids whatever order they come in.</summary>
    /// <param name="sources">Licence and attribution by name; the counts are filled in from the cases.</param>
    /// <exception cref="CaseStoreException">The folder cannot be written to.</exception>
    public static LibraryManifest Write(string directory, LibraryPack pack, int dimension, IReadOnlyList<EmbeddedCase> cases, IReadOnlyList<LibrarySource> sources, double nearDuplicate)
    {
        var ordered = cases.OrderBy(entry => entry.Record.Id, StringComparer.Ordinal).ToList();
        var rows = new ArrayBufferWriter<byte>();
        var numbers = new byte[(long)ordered.Count * dimension * sizeof(ushort)];
        for (var row = 0; row < ordered.Count; row++)
        {
            CaseRow.Write(rows, ordered[row].Record);
            MemoryMarshal.AsBytes(ordered[row].Embedding.AsSpan(0, dimension)).CopyTo(numbers.AsSpan(row * dimension * sizeof(ushort)));
        }

        try
        {
            Directory.CreateDirectory(directory);
            var manifest = new LibraryManifest(
                LibraryManifest.CurrentSchema, pack, dimension, ordered.Count, nearDuplicate, Counted(sources, ordered),
                Put(directory, "cases", ".jsonl", rows.WrittenSpan), Put(directory, "embeddings", ".f16", numbers));
            Replace(Path.Combine(directory, LibraryManifest.FileName), manifest.ToJson());
            RemoveOthers(directory, manifest);
            return manifest;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CaseStoreException($"The case library in {directory} cannot be written: {failure.Message}",
                "Check that the folder may be written to and that the disk has room. What was there before is unchanged.", failure);
        }
    }

    private static LibraryFile Put(string directory, string stem, string extension, ReadOnlySpan<byte> content)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        var name = $"{stem}-{hash[..8]}{extension}";
        Replace(Path.Combine(directory, name), content);
        return new LibraryFile(name, content.Length, hash);
    }

    /// <summary>Writes beside the file, waits until it is on the disk, and renames.</summary>
    internal static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var beside = path + ".part";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }

    private static List<LibrarySource> Counted(IReadOnlyList<LibrarySource> sources, List<EmbeddedCase> cases)
    {
        var counts = cases.CountBy(entry => entry.Record.Source).ToDictionary(StringComparer.Ordinal);
        return [.. sources.Where(source => counts.ContainsKey(source.Name)).Select(source => source with { Cases = counts[source.Name] })];
    }

    private static void RemoveOthers(string directory, LibraryManifest manifest)
    {
        foreach (var path in Directory.EnumerateFiles(directory))
        {
            var name = Path.GetFileName(path);
            var ours = (name.StartsWith("cases-", StringComparison.Ordinal) || name.StartsWith("embeddings-", StringComparison.Ordinal) || name.StartsWith(LibraryManifest.FileName, StringComparison.Ordinal))
                && (name.EndsWith(".jsonl", StringComparison.Ordinal) || name.EndsWith(".f16", StringComparison.Ordinal) || name.EndsWith(".part", StringComparison.Ordinal));
            if (!ours || name == manifest.Cases.Name || name == manifest.Embeddings.Name) continue;
            try
            {
                File.Delete(path);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // A reader still holds it open; the next write removes it.
            }
        }
    }
}
