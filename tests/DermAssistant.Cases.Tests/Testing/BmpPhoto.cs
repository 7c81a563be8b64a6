using System.Buffers.Binary;

namespace DermAssistant.Cases.Tests;

/// <summary>Writes small 24-bit BMP pictures: a dark disc on plain skin, of a colour and size of its own.</summary>
internal static class BmpPhoto
{
    private const int Side = 64;

    public static void Write(string path, int seed)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var random = new Random(seed);
        byte[] lesion = [(byte)random.Next(20, 90), (byte)random.Next(20, 90), (byte)random.Next(40, 120)];
        var radius = random.Next(12, 26);
        var bytes = new byte[54 + (Side * Side * 3)];
        "BM"u8.CopyTo(bytes);
        Number(2, bytes.Length);
        Number(10, 54);
        Number(14, 40);
        Number(18, Side);
        Number(22, Side);
        bytes[26] = 1;
        bytes[28] = 24;
        Number(34, Side * Side * 3);
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var inside = ((x - 32) * (x - 32)) + ((y - 32) * (y - 32)) < radius * radius;
                var pixel = bytes.AsSpan(54 + (((y * Side) + x) * 3), 3);
                if (inside) lesion.CopyTo(pixel);
                else ((ReadOnlySpan<byte>)[170, 190, 225]).CopyTo(pixel);
            }
        }
        File.WriteAllBytes(path, bytes);

        void Number(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
    }
}
