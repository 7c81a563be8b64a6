namespace DermAssistant.Imaging.Formats;

/// <summary>The 32-bit cyclic redundancy check of PNG (polynomial 0xEDB88320, reflected), four bytes a step.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = MakeTable();

    public static uint Of(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        while (data.Length >= 4)
        {
            crc ^= BitConverter.IsLittleEndian
                ? BitConverter.ToUInt32(data)
                : (uint)(data[0] | (data[1] << 8) | (data[2] << 16) | (data[3] << 24));
            crc = Table[768 + (byte)crc] ^ Table[512 + (byte)(crc >> 8)] ^ Table[256 + (byte)(crc >> 16)] ^ Table[crc >> 24];
            data = data[4..];
        }

        foreach (var value in data)
            crc = (crc >> 8) ^ Table[(byte)(crc ^ value)];
        return ~crc;
    }

    /// <summary>Table[256 * n + b] is the effect of byte b followed by n zero bytes.</summary>
    private static uint[] MakeTable()
    {
        var table = new uint[1024];
        for (uint b = 0; b < 256; b++)
        {
            var crc = b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
            table[b] = crc;
        }

        for (var i = 256; i < table.Length; i++)
            table[i] = (table[i - 256] >> 8) ^ table[(byte)table[i - 256]];
        return table;
    }
}
