using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace DermAssistant.Cases;

/// <summary>What the files of a library hold, read and checked.</summary>
internal sealed record LibraryContent(LibraryManifest Manifest, IReadOnlyList<CaseRecord> Cases, EmbeddingRows Embeddings);

/// <summary>Reads the files of an embedded library.</summary>
internal static class LibraryFolder
{
    public const string MakeAgain = "Make the library again with `derm cases import`, or restore its folder from the repository.";

    /// <summary>Reads and checks a library: sizes, hashes, order and finite embeddings.</summary>
    /// <exception cref="CaseStoreException">Something is missing or does not fit.</exception>
    public static LibraryContent Read(string directory)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Case libraries are little-endian.");
        var manifest = LibraryManifest.Read(directory);
        // Two files, two processors: hashing and reading the one does not wait for the other.
        var numbers = Task.Run(() => ReadEmbeddings(directory, manifest));
        var cases = ReadCases(directory, manifest);
        try
        {
            return new LibraryContent(manifest, cases, numbers.GetAwaiter().GetResult());
        }
        catch (FormatException failure)
        {
            throw Damaged(directory, manifest.Embeddings, failure.Message);
        }
    }

    private static EmbeddingRows ReadEmbeddings(string directory, LibraryManifest manifest)
    {
        var bytes = ReadChecked(directory, manifest.Embeddings);
        var numbers = MemoryMarshal.Cast<byte, Half>(bytes.AsSpan());
        if ((long)manifest.Count * manifest.Dimension * sizeof(ushort) != bytes.Length)
            throw Damaged(directory, manifest.Embeddings, $"{bytes.Length} bytes do not hold {manifest.Count} embeddings of {manifest.Dimension} numbers");
        return new EmbeddingRows(numbers.ToArray(), manifest.Dimension);
    }

    private static CaseRecord[] ReadCases(string directory, LibraryManifest manifest)
    {
        var bytes = ReadChecked(directory, manifest.Cases).AsSpan();
        var cases = new CaseRecord[manifest.Count];
        var words = new WordPool();
        var row = 0;
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? [] : bytes[(end + 1)..];
            if (line.IsEmpty) continue;
            if (row == cases.Length) throw Damaged(directory, manifest.Cases, $"there are more than the {manifest.Count} cases {LibraryManifest.FileName} states");
            try
            {
                cases[row] = CaseRow.Read(line, words);
            }
            catch (FormatException failure)
            {
                throw Damaged(directory, manifest.Cases, $"line {row + 1}: {failure.Message}");
            }
            if (row > 0 && string.CompareOrdinal(cases[row - 1].Id, cases[row].Id) >= 0)
                throw Damaged(directory, manifest.Cases, $"line {row + 1}: the id {cases[row].Id} is out of order or there twice");
            row++;
        }
        if (row != cases.Length) throw Damaged(directory, manifest.Cases, $"there are {row} cases where {LibraryManifest.FileName} states {manifest.Count}");
        return cases;
    }

    private static byte[] ReadChecked(string directory, LibraryFile file)
    {
        if (file.Name != Path.GetFileName(file.Name)) throw Damaged(directory, file, "the name leads out of the library's folder");
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(Path.Combine(directory, file.Name));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CaseStoreException($"The case library in {directory} is incomplete: {file.Name} cannot be read ({failure.Message}).", MakeAgain, failure);
        }

        if (bytes.Length != file.Bytes || Convert.ToHexStringLower(SHA256.HashData(bytes)) != file.Sha256)
            throw Damaged(directory, file, "its content is not what was written (SHA-256 differs)");
        return bytes;
    }

    private static CaseStoreException Damaged(string directory, LibraryFile file, string what) =>
        new($"The case library in {directory} is damaged: {file.Name}: {what}.", MakeAgain);
}
