using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace DermAssistant.DermLip.Tests;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Files => ["mixed.safetensors", "mixed_zip.bin", "mixed_legacy.bin"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_tensor_is_read_with_its_shape_whatever_its_type_and_storage(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(FixtureFiles.Path("formats", "mixed.json")));
        using var weights = CheckpointReader.Open(FixtureFiles.Path("formats", file));

        Assert.Equal(json.RootElement.EnumerateObject().Select(entry => entry.Name).Order(), weights.Keys.Order());
        foreach (var entry in json.RootElement.EnumerateObject())
        {
            var tensor = weights[entry.Name];
            Assert.Equal(entry.Value.GetProperty("shape").EnumerateArray().Select(side => side.GetInt32()), tensor.Shape);
            var expected = entry.Value.GetProperty("values").EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Number
                ? (float)value.GetDouble()
                : value.GetString() switch { "inf" => float.PositiveInfinity, "-inf" => float.NegativeInfinity, _ => float.NaN });
            Assert.Equal(expected, tensor.Read());
        }
    }

    [Fact]
    public void A_training_checkpoint_is_unwrapped_and_its_prefix_taken_off()
    {
        using var weights = CheckpointReader.Open(FixtureFiles.Path("formats", "checkpoint_module_prefix.pt"));

        Assert.Equal(["f32", "scalar"], weights.Keys.Order());
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (float)i), weights["f32"].Read());
    }

    [Theory]
    [InlineData("tiny-clip")]
    [InlineData("tiny-panderm")]
    public void The_same_model_as_safetensors_and_as_torch_file_has_the_same_tensors(string model)
    {
        using var safetensors = CheckpointReader.Open(FixtureFiles.Path(model, "open_clip_model.safetensors"));
        using var torch = CheckpointReader.Open(FixtureFiles.Path(model, "open_clip_pytorch_model.bin"));

        Assert.Equal(safetensors.Keys.Order(), torch.Keys.Order());
        Assert.All(safetensors.Keys, key => Assert.Equal(safetensors[key].Read(), torch[key].Read()));
    }

    [Fact]
    public void Weights_longer_than_the_pieces_they_are_written_in_are_read_back_whole()
    {
        var large = new float[5 << 20];
        for (var i = 0; i < large.Length; i++) large[i] = i % 8191;
        float[] small = [1, 2, 3];
        SafetensorsWriter.Entry Entry(string name, float[] values) =>
            new(name, [values.Length], ElementType.Float32, () => System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

        var offsets = SafetensorsWriter.Write(_folder["large.safetensors"], [Entry("a", small), Entry("b", large), Entry("c", small)], CancellationToken.None);

        using var weights = CheckpointReader.Open(_folder["large.safetensors"]);
        Assert.Equal(small, weights["a"].Read());
        Assert.True(large.AsSpan().SequenceEqual(weights["b"].Read()));
        Assert.Equal(small, weights["c"].Read());
        Assert.All(weights.Tensors, tensor => Assert.Equal(offsets[tensor.Name], tensor.Offset));
    }

    [Fact]
    public void A_lfs_pointer_is_told_from_weights()
    {
        var refusal = Refusal("version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 598480000\n"u8.ToArray());

        Assert.Contains("LFS pointer", refusal.Message);
        Assert.Contains("git lfs pull", refusal.Hint);
    }

    [Fact]
    public void A_pickle_that_would_run_a_command_is_refused_by_name_and_runs_nothing()
    {
        var trace = _folder["ran"];
        var pickle = $"\u0080\u0002cposix\nsystem\n(X{(char)(6 + trace.Length)}\0\0\0touch {trace}tR.";
        using (var zip = ZipFile.Open(_folder["evil.bin"], ZipArchiveMode.Create))
        using (var entry = zip.CreateEntry("archive/data.pkl", CompressionLevel.NoCompression).Open())
            entry.Write(Encoding.Latin1.GetBytes(pickle));

        var refusal = Assert.Throws<ModelPackException>(() => CheckpointReader.Open(_folder["evil.bin"]));

        Assert.Contains("posix.system", refusal.Message);
        Assert.False(File.Exists(trace));
    }

    [Fact]
    public void A_header_of_200_megabytes_is_refused_before_it_is_read()
    {
        var bytes = new byte[64];
        BitConverter.TryWriteBytes(bytes, 200_000_000UL);

        Assert.Contains("200000000", Refusal(bytes).Message);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "overlaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 12, "cover 8 of 12")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", 12, "outside the file")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1000000,1000000,1000000],"data_offsets":[0,12]}}""", 12, "outside the file")]
    [InlineData("""{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,12]}}""", 12, "F4")]
    [InlineData("""{"a":[]}""", 12, "JSON")]
    [InlineData("""{"a":""", 12, "JSON")]
    public void A_header_that_lies_is_refused(string header, int bytes, string reason) =>
        Assert.Contains(reason, Refusal([.. BitConverter.GetBytes((ulong)header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[bytes]]).Message);

    [Theory]
    [MemberData(nameof(Files))]
    public void A_truncated_file_is_refused(string file)
    {
        var bytes = File.ReadAllBytes(FixtureFiles.Path("formats", file));
        foreach (var length in new[] { 0, 3, 7, 40, bytes.Length / 2, bytes.Length - 1 })
            Refusal(bytes[..length]);
    }

    /// <summary>Whatever a damaged file says, it is read or refused: no other exception, no hanging, no huge allocation.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_with_random_damage_is_read_or_refused(string file)
    {
        var original = File.ReadAllBytes(FixtureFiles.Path("formats", file));
        var random = new Random(20261122);
        for (var round = 0; round < 1500; round++)
        {
            var bytes = original.ToArray();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0) bytes = bytes[..random.Next(bytes.Length)];
            File.WriteAllBytes(_folder["damaged"], bytes);
            try
            {
                using var weights = CheckpointReader.Open(_folder["damaged"]);
                foreach (var tensor in weights.Tensors)
                    Assert.Equal(tensor.Count, tensor.Read().Length);
            }
            catch (ModelPackException e)
            {
                Assert.NotEmpty(e.Hint);
            }
        }
    }

    private ModelPackException Refusal(byte[] content)
    {
        File.WriteAllBytes(_folder["file"], content);
        return Assert.Throws<ModelPackException>(() =>
        {
            using var weights = CheckpointReader.Open(_folder["file"]);
            foreach (var tensor in weights.Tensors) tensor.Read();
        });
    }
}
