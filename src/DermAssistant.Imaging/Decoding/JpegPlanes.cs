using System.Buffers.Binary;

namespace DermAssistant.Imaging.Decoding;

/// <summary>Splits a JPEG of four colour channels into four gray ones without decoding a sample.</summary>
/// <remarks>
/// Skia multiplies ink out while it decodes, but the reference resizes the four inks first. In a baseline scan the channels only take
/// turns and predict from themselves alone, so the code bits of each can be copied into a file of its own.
/// Only for one scan without subsampling and restarts, which is what printing software writes at good quality.
/// </remarks>
internal sealed class JpegPlanes
{
    private const int Channels = 4;

    private readonly List<byte> _tables = [];
    private readonly HuffmanCodes?[] _codes = new HuffmanCodes?[8];
    private byte[] _frame = [];

    private JpegPlanes()
    {
    }

    /// <summary>Whether the first three channels hold luminance and chrominance of the inks.</summary>
    public bool IsYcck { get; private set; }

    /// <summary>The four gray JPEGs.</summary>
    public IReadOnlyList<byte[]> Files { get; private set; } = [];

    /// <summary>Splits a file, or gives null where it is of another kind or broken.</summary>
    public static JpegPlanes? Split(ReadOnlySpan<byte> file)
    {
        var planes = new JpegPlanes();
        var at = 2;
        while (at + 4 <= file.Length && file[at] == 0xFF)
        {
            var marker = file[at + 1];
            int length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2 || at + 2 + length > file.Length) return null;
            var segment = file.Slice(at + 4, length - 2);
            if (marker == 0xDA) return planes.SplitScan(segment, file[(at + 2 + length)..]) ? planes : null;
            if (!planes.Take(marker, segment, file.Slice(at, length + 2))) return null;
            at += 2 + length;
        }

        return null;
    }

    private bool Take(byte marker, ReadOnlySpan<byte> segment, ReadOnlySpan<byte> whole)
    {
        switch (marker)
        {
            case 0xC0 or 0xC1:
                _frame = segment.ToArray();
                return segment.Length == 6 + 3 * Channels && segment[0] == 8 && segment[5] == Channels
                    && segment[7] == 0x11 && segment[10] == 0x11 && segment[13] == 0x11 && segment[16] == 0x11;
            case 0xC4:
                _tables.AddRange(whole);
                return TakeCodes(segment);
            case 0xDB:
                _tables.AddRange(whole);
                return true;
            case 0xEE when segment.Length >= 12 && segment.StartsWith("Adobe"u8):
                IsYcck = segment[11] != 0;
                return true;
            case >= 0xE0 or 0xDD:
                return marker != 0xDD || segment is [0, 0];
            default:
                return false;
        }
    }

    private bool TakeCodes(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            int kind = segment[0] >> 4, number = segment[0] & 15;
            if (kind > 1 || number > 3 || HuffmanCodes.Read(segment[1..], out var read) is not { } codes) return false;
            _codes[4 * kind + number] = codes;
            segment = segment[(1 + read)..];
        }

        return true;
    }

    private bool SplitScan(ReadOnlySpan<byte> header, ReadOnlySpan<byte> scan)
    {
        if (_frame.Length == 0 || header.Length != 4 + 2 * Channels || header[0] != Channels) return false;
        var writers = new EntropyWriter[Channels];
        var codes = new (HuffmanCodes Dc, HuffmanCodes Ac)[Channels];
        for (var c = 0; c < Channels; c++)
        {
            int dc = header[2 + 2 * c] >> 4, ac = header[2 + 2 * c] & 15;
            if (header[1 + 2 * c] != _frame[6 + 3 * c] || dc > 3 || ac > 3 || _codes[dc] is not { } dcCodes || _codes[4 + ac] is not { } acCodes) return false;
            codes[c] = (dcCodes, acCodes);
            writers[c] = new EntropyWriter();
        }

        int height = BinaryPrimitives.ReadUInt16BigEndian(_frame.AsSpan(1)), width = BinaryPrimitives.ReadUInt16BigEndian(_frame.AsSpan(3));
        var blocks = (long)((width + 7) / 8) * ((height + 7) / 8);
        var reader = new EntropyReader(scan);
        for (long block = 0; block < blocks; block++)
            for (var c = 0; c < Channels; c++)
                if (!CopyBlock(ref reader, writers[c], codes[c].Dc, codes[c].Ac)) return false;

        var files = new byte[Channels][];
        for (var c = 0; c < Channels; c++)
            files[c] = MakeFile(c, header[2 + 2 * c], writers[c].Finish());
        Files = files;
        return true;
    }

    private static bool CopyBlock(ref EntropyReader reader, EntropyWriter writer, HuffmanCodes dc, HuffmanCodes ac)
    {
        if (!CopyCode(ref reader, writer, dc, out var symbol) || symbol > 15) return false;
        CopyBits(ref reader, writer, symbol);
        for (var k = 1; k < 64; k++)
        {
            if (!CopyCode(ref reader, writer, ac, out symbol)) return false;
            int zeros = symbol >> 4, size = symbol & 15;
            if (size == 0 && zeros < 15) break;
            CopyBits(ref reader, writer, size);
            k += zeros;
        }

        return !reader.Overrun;
    }

    private static bool CopyCode(ref EntropyReader reader, EntropyWriter writer, HuffmanCodes codes, out byte symbol)
    {
        (var length, symbol) = codes.Match(reader.Peek());
        CopyBits(ref reader, writer, length);
        return length > 0;
    }

    private static void CopyBits(ref EntropyReader reader, EntropyWriter writer, int count)
    {
        if (count == 0) return;
        writer.Put((uint)reader.Peek() >> (16 - count), count);
        reader.Skip(count);
    }

    private byte[] MakeFile(int channel, byte tables, ReadOnlySpan<byte> scan) =>
    [
        0xFF, 0xD8, .. _tables,
        0xFF, 0xC1, 0, 11, .. _frame.AsSpan(0, 5), 1, 1, 0x11, _frame[8 + 3 * channel],
        0xFF, 0xDA, 0, 8, 1, 1, tables, 0, 63, 0, .. scan, 0xFF, 0xD9,
    ];
}
