using System.Buffers;

namespace DermAssistant.Imaging.Decoding;

/// <summary>Writes the bits of a JPEG scan, most significant first, stuffing a zero byte behind every 0xFF.</summary>
internal sealed class EntropyWriter
{
    private readonly ArrayBufferWriter<byte> _scan = new();
    private uint _bits;
    private int _count;

    /// <summary>Appends the lowest <paramref name="count"/> bits, sixteen at most.</summary>
    public void Put(uint bits, int count)
    {
        _bits = (_bits << count) | (bits & ((1u << count) - 1));
        _count += count;
        for (; _count >= 8; _count -= 8) PutByte((byte)(_bits >> (_count - 8)));
    }

    /// <summary>Fills the last byte with ones and gives the scan.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        if (_count > 0) Put(0xFF, 8 - _count);
        return _scan.WrittenSpan;
    }

    private void PutByte(byte value)
    {
        var stuffed = value == 0xFF ? 2 : 1;
        var place = _scan.GetSpan(stuffed);
        place[0] = value;
        if (stuffed == 2) place[1] = 0;
        _scan.Advance(stuffed);
    }
}
