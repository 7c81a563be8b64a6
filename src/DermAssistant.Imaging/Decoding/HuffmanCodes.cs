namespace DermAssistant.Imaging.Decoding;

/// <summary>The codes of one JPEG Huffman table (ITU-T T.81, annex C), looked up by the next sixteen bits.</summary>
internal sealed class HuffmanCodes
{
    private readonly byte[] _lengths = new byte[1 << 16];
    private readonly byte[] _symbols = new byte[1 << 16];

    private HuffmanCodes()
    {
    }

    /// <summary>Reads a table from behind its class and number.</summary>
    /// <param name="read">Bytes the table takes.</param>
    /// <returns>Null where the counts fit no code.</returns>
    public static HuffmanCodes? Read(ReadOnlySpan<byte> table, out int read)
    {
        read = 0;
        if (table.Length < 16) return null;
        var codes = new HuffmanCodes();
        int at = 16, next = 0;
        for (var length = 1; length <= 16; length++)
        {
            var places = 1 << (16 - length);
            for (var i = 0; i < table[length - 1]; i++, at++, next += places)
            {
                if (at >= table.Length || next + places > 1 << 16) return null;
                codes._lengths.AsSpan(next, places).Fill((byte)length);
                codes._symbols.AsSpan(next, places).Fill(table[at]);
            }
        }

        read = at;
        return codes;
    }

    /// <summary>The length of the code that the bits begin with, 0 where there is none, and what it stands for.</summary>
    public (int Length, byte Symbol) Match(ushort bits) => (_lengths[bits], _symbols[bits]);
}
