using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace DermAssistant.Cases;

/// <summary>The cases an import has embedded so far, appended to one file beside the library.</summary>
/// <remarks>
/// Layout: the SHA-256 of the fingerprint, then entries of [length of the rest, 4 bytes little-endian][case as JSON, line feed][embedding, half precision]
/// [first 8 bytes of the SHA-256 of both]. Reading stops at the first entry that is cut short or does not match, which is where a kill
/// left off; the file is cut there and goes on.
/// </remarks>
internal sealed class ImportJournal : IDisposable
{
    private const string FileName = "import.journal";
    private const int CheckBytes = 8;
    private const int MostEntryBytes = 16 << 20;

    private readonly FileStream _file;
    private readonly int _embeddingBytes;
    private readonly ArrayBufferWriter<byte> _entry = new();

    private ImportJournal(FileStream file, int dimension)
    {
        _file = file;
        _embeddingBytes = dimension * sizeof(ushort);
    }

    /// <summary>What was embedded before this import was started.</summary>
    public IReadOnlyList<EmbeddedCase> Cases { get; private set; } = [];

    /// <summary>Opens the journal of a library; one of another fingerprint is begun anew.</summary>
    /// <exception cref="CaseStoreException">The folder cannot be written, or another import holds the journal.</exception>
    public static ImportJournal Open(string library, string fingerprint, int dimension)
    {
        try
        {
            Directory.CreateDirectory(library);
            var file = new FileStream(Path.Combine(library, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var journal = new ImportJournal(file, dimension);
            journal.Resume(SHA256.HashData(Encoding.UTF8.GetBytes($"{fingerprint} {dimension}")));
            return journal;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CaseStoreException($"The import into {library} cannot begin: {failure.Message}",
                "Check that the folder may be written to and that no other import into it is running.", failure);
        }
    }

    public static void Delete(string library)
    {
        try
        {
            File.Delete(Path.Combine(library, FileName));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The library is complete; a journal left behind is begun anew by the next import.
        }
    }

    public void Add(EmbeddedCase entry)
    {
        _entry.ResetWrittenCount();
        CaseRow.Write(_entry, entry.Record);
        _entry.Write(MemoryMarshal.AsBytes(entry.Embedding.AsSpan()));
        var content = _entry.WrittenSpan;
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, content.Length + CheckBytes);
        try
        {
            _file.Write(length);
            _file.Write(content);
            _file.Write(SHA256.HashData(content).AsSpan(0, CheckBytes));
        }
        catch (IOException failure)
        {
            throw new CaseStoreException($"The import cannot go on: {failure.Message}", "Make room on the disk and start the import again; it goes on where it stopped.", failure);
        }
    }

    public void Flush() => _file.Flush();

    public void Dispose() => _file.Dispose();

    private void Resume(byte[] header)
    {
        var bytes = new byte[_file.Length];
        _file.ReadExactly(bytes);
        if (!bytes.AsSpan().StartsWith(header))
        {
            _file.SetLength(0);
            _file.Write(header);
            return;
        }

        var cases = new List<EmbeddedCase>();
        var words = new WordPool();
        var position = header.Length;
        while (TryRead(bytes.AsSpan(position), words, out var entry, out var length))
        {
            cases.Add(entry);
            position += length;
        }
        _file.SetLength(position);
        _file.Position = position;
        Cases = cases;
    }

    private bool TryRead(ReadOnlySpan<byte> bytes, WordPool words, out EmbeddedCase entry, out int length)
    {
        entry = null!;
        length = 0;
        if (bytes.Length < sizeof(int)) return false;
        var rest = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (rest <= _embeddingBytes + CheckBytes || rest > MostEntryBytes || rest > bytes.Length - sizeof(int)) return false;
        length = sizeof(int) + rest;
        var content = bytes.Slice(sizeof(int), rest - CheckBytes);
        if (!SHA256.HashData(content).AsSpan(0, CheckBytes).SequenceEqual(bytes[(length - CheckBytes)..length])) return false;
        try
        {
            var record = CaseRow.Read(content[..^(_embeddingBytes + 1)], words);
            entry = new EmbeddedCase(record, MemoryMarshal.Cast<byte, Half>(content[^_embeddingBytes..]).ToArray());
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
