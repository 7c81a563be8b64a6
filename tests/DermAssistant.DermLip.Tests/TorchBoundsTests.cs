using System.IO.Compression;
using System.Text;

namespace DermAssistant.DermLip.Tests;

/// <summary>Torch files whose tensors claim more than their storages hold.</summary>
public sealed class TorchBoundsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The pickle of {"a": tensor, ...} over the storage "0" of float32.</summary>
    private static byte[] Pickle(params (long Claimed, long Offset, int Side, long Stride)[] tensors)
    {
        using var bytes = new MemoryStream();
        void Raw(string text) => bytes.Write(Encoding.Latin1.GetBytes(text));
        void Text(string text) => bytes.Write([(byte)'X', .. BitConverter.GetBytes(text.Length), .. Encoding.UTF8.GetBytes(text)]);
        void Number(long value) => bytes.Write([0x8a, 8, .. BitConverter.GetBytes(value)]);
        Raw("\u0080\u0002}");
        for (var i = 0; i < tensors.Length; i++)
        {
            var (claimed, offset, side, stride) = tensors[i];
            Text($"{(char)('a' + i)}");
            Raw("ctorch._utils\n_rebuild_tensor_v2\n((");
            Text("storage");
            Raw("ctorch\nFloatStorage\n");
            Text("0");
            Text("cpu");
            Number(claimed);
            Raw("tQ");
            Number(offset);
            Number(side);
            Raw("\u0085");
            Number(stride);
            Raw("\u0085\u0089Nt" + "Rs");
        }

        Raw(".");
        return bytes.ToArray();
    }

    private StateDict OpenZip(byte[] pickle, int elements)
    {
        File.Delete(_folder["file.bin"]);
        using (var zip = ZipFile.Open(_folder["file.bin"], ZipArchiveMode.Create))
            foreach (var (name, content) in new[] { ("archive/data.pkl", pickle), ("archive/data/0", Storage(elements)) })
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }

        return CheckpointReader.Open(_folder["file.bin"]);
    }

    private StateDict OpenLegacy(byte[] pickle, int elements)
    {
        using (var file = File.Create(_folder["file.bin"]))
        {
            file.Write([0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.']);
            file.Write([0x80, 2, (byte)'M', 0xe9, 0x03, (byte)'.', 0x80, 2, (byte)'}', (byte)'.']);
            file.Write(pickle);
            file.Write([0x80, 2, (byte)']', (byte)'X', 1, 0, 0, 0, (byte)'0', (byte)'a', (byte)'.']);
            file.Write(BitConverter.GetBytes((long)elements));
            file.Write(Storage(elements));
        }

        return CheckpointReader.Open(_folder["file.bin"]);
    }

    private static byte[] Storage(int elements) => [.. Enumerable.Range(0, elements).SelectMany(i => BitConverter.GetBytes((float)i))];

    [Fact]
    public void A_view_with_an_offset_and_a_stride_is_read_from_its_place()
    {
        using (var weights = OpenZip(Pickle((32, 3, 5, 2)), 32)) Assert.Equal([3, 5, 7, 9, 11], weights["a"].Read());
        using (var weights = OpenLegacy(Pickle((32, 3, 5, 2), (16, 0, 1, 1)), 32)) Assert.Equal([3, 5, 7, 9, 11], weights["a"].Read());
    }

    [Theory]
    [InlineData(long.MaxValue, 32, 1)]
    [InlineData(long.MaxValue - 15, 32, 1)]
    [InlineData(long.MaxValue / 2, 32, 1)]
    [InlineData(33, 1, 1)]
    [InlineData(1, 32, 1)]
    [InlineData(-1, 1, 1)]
    [InlineData(0, 32, 2)]
    [InlineData(0, 2, long.MaxValue)]
    [InlineData(0, 2, -1)]
    public void A_view_that_reaches_outside_its_storage_is_refused(long offset, int side, long stride)
    {
        Assert.Contains("tensor a", Assert.Throws<ModelPackException>(() => OpenZip(Pickle((32, offset, side, stride)), 32)).Message);
        Assert.Contains("tensor a", Assert.Throws<ModelPackException>(() => OpenLegacy(Pickle((32, offset, side, stride)), 32)).Message);
    }

    [Fact]
    public void A_storage_that_is_claimed_to_be_larger_than_it_is_is_refused_whoever_claims_it()
    {
        Assert.Contains("storage 0", Assert.Throws<ModelPackException>(() => OpenZip(Pickle((64, 0, 64, 1), (32, 0, 32, 1)), 32)).Message);
        Assert.Contains("storage 0", Assert.Throws<ModelPackException>(() => OpenLegacy(Pickle((64, 0, 64, 1), (32, 0, 32, 1)), 32)).Message);
        Assert.Contains("storage 0", Assert.Throws<ModelPackException>(() => OpenLegacy(Pickle((32, 0, 32, 1), (64, 0, 64, 1)), 32)).Message);
    }
}
