using System.Globalization;
using System.Text.Json;
using DermAssistant.Imaging;
using DermAssistant.Tests;

namespace DermAssistant.DermLip.Tests;

/// <summary>Parity at the size of the published checkpoints; each model is built once a test, which takes its time.</summary>
public sealed class FullSizeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_generator_of_synthetic_weights_gives_the_documented_bits()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(FixtureFiles.Path("synth_vectors.json")));
        foreach (var entry in json.RootElement.EnumerateObject())
        {
            var shape = entry.Value.GetProperty("shape").EnumerateArray().Select(side => side.GetInt32()).ToArray();
            var values = SyntheticWeights.Tensor(entry.Name, shape);
            var bits = entry.Value.GetProperty("first4_bits").EnumerateArray().Select(text => uint.Parse(text.GetString()![2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(bits, values.Take(bits.Count).Select(BitConverter.SingleToUInt32Bits));
            Assert.Equal(entry.Value.GetProperty("last").GetSingle(), values[^1]);
        }
    }

    [SharedFact("fixtures", "models", "full-clip-vit-b-16-quickgelu")]
    public void Full_size_clip_gives_the_embeddings_of_the_reference_and_from_photo_and_caption_too()
    {
        var tokenizer = new[] { "vocab.json", "merges.txt" }
            .Select(file => (file, path: TestPaths.InShared("fixtures", "clip-tokenizer", file))).Where(pair => File.Exists(pair.path))
            .ToDictionary(pair => pair.file, pair => File.ReadAllBytes(pair.path));
        using var pack = Check(FullSizeModel.ClipVit(quickGelu: true) with { TokenizerFiles = tokenizer }, "full-clip-vit-b-16-quickgelu");
        CheckPhotosAndCaptions(pack, "redlessone/DermLIP_ViT-B-16");
    }

    [SharedFact("fixtures", "models", "full-clip-vit-b-16-gelu")]
    public void Full_size_clip_with_exact_gelu_gives_the_embeddings_of_the_reference() =>
        Check(FullSizeModel.ClipVit(quickGelu: false), "full-clip-vit-b-16-gelu").Dispose();

    [SharedFact("fixtures", "models", "full-panderm-pubmed-256")]
    public void Full_size_panderm_with_bert_gives_the_embeddings_of_the_reference_and_from_photo_too()
    {
        using var pack = Check(FullSizeModel.PanDerm(), "full-panderm-pubmed-256");
        CheckPhotosAndCaptions(pack, "redlessone/DermLIP_PanDerm-base-w-PubMed-256");
    }

    private ModelPack Check(PackSource source, string fixture)
    {
        PackBuilder.Build(source, _folder["pack"]);
        var vectors = Directory.CreateDirectory(_folder["vectors"]).FullName;
        Npy.Write(Path.Combine(vectors, "in_image.npy"), FullSizeModel.Images, 2, 3, 224, 224);
        foreach (var file in new[] { "in_tokens.npy", "image_features_norm.npy", "text_features_norm.npy" })
            File.Copy(TestPaths.InShared("fixtures", "models", fixture, file), Path.Combine(vectors, file));
        var loaded = LoadedPack.Open(_folder["pack"], new EncoderOptions(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

        var check = PackVectors.Check(loaded, vectors, PackTolerance.Float32MaxAbs);

        Assert.True(check.Passed, check.ToString());
        Assert.True(check.Image!.MinCosine > 0.999999 && check.Text!.MinCosine > 0.999999, check.ToString());
        return loaded.Serve();
    }

    private static void CheckPhotosAndCaptions(ModelPack pack, string model)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(TestPaths.InShared("fixtures", "e2e", "e2e_full_synthetic.json")));
        var expected = json.RootElement.GetProperty(model);
        foreach (var (file, embedding) in expected.GetProperty("files").EnumerateArray().Zip(Rows(expected, "image_features_norm")))
        {
            var photo = new PhotoGate().AdmitFile(TestPaths.InShared("fixtures", "preprocess", file.GetString()!)).Photo!;
            var comparison = VectorComparison.Of(pack.Encode(photo), embedding, 512);

            // A CMYK JPEG decodes to pixels that are at most one level off.
            var allowed = file.GetString()!.Contains("cmyk") ? 2e-3 : 4e-6;
            Assert.True(comparison.MaxAbs <= allowed, $"{file}: {comparison}");
        }

        if (!expected.TryGetProperty("captions", out var captions) || pack.Manifest.Tokenizer is null) return;
        var texts = pack.Text.Encode([.. captions.EnumerateArray().Select(caption => caption.GetString()!)]);
        var textComparison = VectorComparison.Of(texts, [.. Rows(expected, "text_features_norm").SelectMany(row => row)], 512);
        Assert.True(textComparison.MaxAbs <= 4e-6, textComparison.ToString());
    }

    private static IEnumerable<float[]> Rows(JsonElement model, string name) =>
        model.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetSingle()).ToArray());
}
