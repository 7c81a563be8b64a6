namespace DermAssistant.Imaging.Decoding;

/// <summary>Reads the bits of a JPEG scan, most significant first, without its stuffed zero bytes.</summary>
internal ref struct EntropyReader(ReadOnlySpan<byte> scan)
{
    private readonly ReadOnlySpan<byte> _scan = scan;
    private int _at;
    private ulong _bits;
    private int _count;
    private int _padding;

    /// <summary>Whether bits were taken that are not in the file.</summary>
    public readonly bool Overrun => _padding > _count;

    /// <summary>The next sixteen bits; zeros behind the end of the scan.</summary>
    public ushort Peek()
    {
        while (_count <= 48)
        {
            _bits = (_bits << 8) | NextByte();
            _count += 8;
        }

        return (ushort)(_bits >> (_count - 16));
    }

    /// <summary>Moves on by up to sixteen bits that were peeked at.</summary>
    public void Skip(int bits) => _count -= bits;

    private byte NextByte()
    {
        if (_at < _scan.Length && _scan[_at] != 0xFF) return _scan[_at++];
        if (_at + 1 < _scan.Length && _scan[_at + 1] == 0)
        {
            _at += 2;
            return 0xFF;
        }

        _padding += 8;
        return 0;
    }
}
