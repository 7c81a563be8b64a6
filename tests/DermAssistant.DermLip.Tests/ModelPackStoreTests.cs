using DermAssistant.Tests;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntime;

namespace DermAssistant.DermLip.Tests;

public sealed class ModelPackStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelPackStore _store;

    public ModelPackStoreTests() => _store = new ModelPackStore(new ModelPackFolders(_folder["builtin"], _folder["user"]));

    public void Dispose() => _folder.Dispose();

    private string Hub(string model, params string[] files)
    {
        var hub = Directory.CreateDirectory(_folder["hub", model]).FullName;
        foreach (var file in files) File.Copy(FixtureFiles.Path(model, file), Path.Combine(hub, file));
        return hub;
    }

    [Theory]
    [InlineData("open_clip_model.safetensors")]
    [InlineData("open_clip_pytorch_model.bin")]
    public void A_hub_folder_is_added_used_and_removed(string weights)
    {
        var added = _store.Add(Hub("tiny-clip", "open_clip_config.json", weights), "mine");
        _store.Use("mine");

        Assert.Equal("mine", _store.DefaultId());
        Assert.True(Assert.Single(_store.List()).Default);
        Assert.Equal("clip-vit", added.ImageTower);
        Assert.True(added.QuickGelu);
        using (var pack = _store.Open()) Assert.Equal(24, pack.Image.Dimension);
        Assert.True(_store.Verify("mine").Passed);
        Assert.True(_store.Verify("mine", FixtureFiles.Path("tiny-clip")).Passed);

        _store.Remove("mine");

        Assert.Empty(_store.List());
        Assert.Equal("derm-mini", _store.DefaultId());
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(_folder["user"]), entry => entry.Contains("mine"));
    }

    [Fact]
    public void A_hub_folder_is_verified_against_vectors_without_being_added()
    {
        var check = _store.Verify(FixtureFiles.Path("tiny-panderm"), FixtureFiles.Path("tiny-panderm"));

        Assert.True(check.Passed, check.ToString());
        Assert.InRange(check.Image!.MaxAbs, 0, 2e-6);
        Assert.InRange(check.Text!.MinCosine, 0.9999999, 1.0000001);
        Assert.Empty(_store.List());
    }

    [Fact]
    public void A_pack_whose_description_is_damaged_fails_its_check_and_can_be_removed_and_added_again()
    {
        _store.Add(Hub("tiny-clip", "open_clip_config.json", "open_clip_model.safetensors"), "mine");
        File.WriteAllText(_folder["user", "mine", "pack.json"], "{");

        Assert.True(_store.Has("mine"));
        Assert.Contains("pack.json", Assert.Throws<ModelPackException>(() => _store.Verify("mine")).Message);
        Assert.Contains("pack.json", Assert.Throws<ModelPackException>(() => _store.Open("mine")).Message);
        Assert.Contains("already", Assert.Throws<ModelPackException>(() => _store.Add(_folder["hub", "tiny-clip"], "mine")).Message);
        _store.Remove("mine");

        Assert.False(_store.Has("mine"));
        _store.Add(_folder["hub", "tiny-clip"], "mine");
        Assert.True(_store.Verify("mine").Passed);
    }

    [Fact]
    public void A_copy_of_a_pack_under_another_name_is_listed_once()
    {
        _store.Add(Hub("tiny-clip", "open_clip_config.json", "open_clip_model.safetensors"), "mine");
        Directory.CreateDirectory(_folder["user", "other"]);
        File.Copy(_folder["user", "mine", "pack.json"], _folder["user", "other", "pack.json"]);

        Assert.Equal(_folder["user", "mine"], Assert.Single(_store.List()).Directory);
    }

    [Fact]
    public void Vectors_without_rows_or_of_which_a_half_is_missing_pass_nothing()
    {
        using var vectors = new TemporaryFolder();
        File.Copy(FixtureFiles.Path("tiny-clip", "in_image.npy"), vectors["in_image.npy"]);

        var half = Assert.Throws<ModelPackException>(() => _store.Verify(FixtureFiles.Path("tiny-clip"), vectors.Path));
        Npy.Write(vectors["in_image.npy"], Array.Empty<float>(), 0, 3, 32, 32);
        Npy.Write(vectors["image_features_norm.npy"], Array.Empty<float>(), 0, 24);
        var empty = Assert.Throws<ModelPackException>(() => _store.Verify(FixtureFiles.Path("tiny-clip"), vectors.Path));

        Assert.Contains("in_image.npy but not image_features_norm.npy", half.Message);
        Assert.Contains("in_image.npy has the shape", empty.Message);
    }

    [Fact]
    public void Vectors_of_one_side_check_that_side_only()
    {
        using var vectors = new TemporaryFolder();
        foreach (var file in new[] { "in_tokens.npy", "text_features_norm.npy" })
            File.Copy(FixtureFiles.Path("tiny-clip", file), vectors[file]);

        var check = _store.Verify(FixtureFiles.Path("tiny-clip"), vectors.Path);

        Assert.True(check.Passed);
        Assert.Null(check.Image);
    }

    [Fact]
    public void The_activation_can_be_overridden()
    {
        _store.Add(Hub("tiny-clip", "open_clip_config.json", "open_clip_model.safetensors"), "exact", quickGelu: false);

        Assert.False(_store.Verify("exact", FixtureFiles.Path("tiny-clip")).Passed);
    }

    [Fact]
    public void What_is_missing_in_a_hub_folder_is_said_by_name()
    {
        Assert.Contains("open_clip_model.safetensors", Assert.Throws<ModelPackException>(() => _store.Add(Hub("tiny-clip", "open_clip_config.json"))).Message);
        Assert.Contains("open_clip_config.json", Assert.Throws<ModelPackException>(() => _store.Add(Hub("tiny-panderm", "open_clip_model.safetensors"))).Message);
        Assert.False(Directory.Exists(_folder["user"]));
    }

    [Fact]
    public void A_configuration_of_another_model_is_refused()
    {
        var hub = Hub("tiny-panderm", "open_clip_model.safetensors");
        File.Copy(FixtureFiles.Path("tiny-clip", "open_clip_config.json"), Path.Combine(hub, "open_clip_config.json"));

        Assert.Contains("open_clip_model.safetensors", Assert.Throws<ModelPackException>(() => _store.Add(hub)).Message);
        Assert.Empty(_store.List());
    }

    [Fact]
    public void A_text_for_a_pack_without_tokenizer_is_refused_with_the_remedy()
    {
        _store.Add(Hub("tiny-clip", "open_clip_config.json", "open_clip_model.safetensors"), "mine");
        using var pack = _store.Open("mine");

        Assert.Contains("vocab.json", Assert.Throws<ModelPackException>(() => pack.Text.Encode(["melanoma"])).Message);
    }

    [Fact]
    public void A_damaged_pack_is_not_served_and_the_file_is_named()
    {
        _store.Add(Hub("tiny-clip", "open_clip_config.json", "open_clip_model.safetensors"), "mine");
        var weights = _folder["user", "mine", "image.safetensors"];
        var bytes = File.ReadAllBytes(weights);
        bytes[^40] ^= 0x40;
        File.WriteAllBytes(weights, bytes);

        var refusal = Assert.Throws<ModelPackException>(() => _store.Open("mine"));

        Assert.Contains("image.safetensors", refusal.Message);
    }

    [Fact]
    public void A_pack_whose_weights_give_other_embeddings_is_not_served()
    {
        _store.Add(Hub("tiny-clip", "open_clip_config.json", "open_clip_model.safetensors"), "mine");
        var golden = _folder["user", "mine", "golden", "image_features_norm.npy"];
        var (values, shape) = Npy.ReadFloats(golden);
        Npy.Write(golden, values.Reverse().ToArray(), shape);
        var description = PackDescription.Read(_folder["user", "mine"]);
        (description with { Files = [.. description.Files.Select(file => PackFile.Of(_folder["user", "mine"], file.Name))] }).Write(_folder["user", "mine"]);

        Assert.Contains("golden vectors", Assert.Throws<ModelPackException>(() => _store.Open("mine")).Message);
        Assert.False(_store.Verify("mine").Passed);
    }

    [Fact]
    public void An_unknown_pack_is_refused_with_those_there_are()
    {
        _store.Add(Hub("tiny-clip", "open_clip_config.json", "open_clip_model.safetensors"), "mine");

        Assert.Contains("mine", Assert.Throws<ModelPackException>(() => _store.Open("other")).Hint);
        Assert.Throws<ModelPackException>(() => _store.Use("other"));
        Assert.Throws<ModelPackException>(() => _store.Remove("other"));
        Assert.Throws<ModelPackException>(() => _store.Add(_folder["hub", "tiny-clip"], "mine"));
        Assert.Throws<ModelPackException>(() => _store.Add(_folder["hub", "tiny-clip"], "../mine"));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_said_and_nothing_is_left()
    {
        File.WriteAllText(_folder["user"], "a file where the folder should be");

        var refusal = Assert.Throws<ModelPackException>(() => _store.Add(Hub("tiny-clip", "open_clip_config.json", "open_clip_model.safetensors"), "mine"));

        Assert.Contains("cannot be written", refusal.Message);
        Assert.True(refusal.Unwritable);
        Assert.Equal("a file where the folder should be", File.ReadAllText(_folder["user"]));
    }

    [SharedFact("fixtures", "clip-tokenizer")]
    public void A_folder_with_a_tokenizer_alone_tokenizes()
    {
        var ids = _store.Tokenize(TestPaths.InShared("fixtures", "clip-tokenizer"), ["a", "42"]);

        Assert.Equal([49406, 320, 49407], ids[0]);
        Assert.Equal([49406, 275, 273, 49407], ids[1]);
    }

    [Fact]
    public void An_int8_variant_states_its_error_or_is_not_kept()
    {
        _store.Add(Hub("tiny-panderm", "open_clip_config.json", "bert_config.json", "open_clip_model.safetensors"), "exact");
        var (pixels, _) = Npy.ReadFloats(FixtureFiles.Path("tiny-panderm", "in_image.npy"));

        var manifest = QuantizedPackBuilder.Build(_folder["user", "exact"], _folder["user", "exact-int8"], "exact-int8", pixels);

        Assert.Equal(PackPrecision.Int8, manifest.Precision);
        Assert.InRange(manifest.Quantization!.MinImageCosine, 0.99, 0.9999999);
        Assert.Equal(3, manifest.Quantization.Images);
        using var pack = _store.Open("exact-int8");
        Assert.Equal(manifest.Quantization, pack.Manifest.Quantization);
        Assert.NotEqual(manifest.Version, _store.List()[0].Manifest.Version);
    }

    [Fact]
    public void An_int8_variant_gives_the_same_embedding_before_and_after_it_has_become_faster()
    {
        var (pixels, _) = Npy.ReadFloats(FixtureFiles.Path("tiny-panderm", "in_image.npy"));
        PackBuilder.Build(TinyPacks.PanDerm() with { Id = "exact" }, _folder["user", "exact"]);
        QuantizedPackBuilder.Build(_folder["user", "exact"], _folder["user", "rough"], "rough", pixels);
        using var pack = LoadedPack.Open(_folder["user", "rough"], new EncoderOptions(), NullLogger.Instance);
        float[] Encode()
        {
            var embeddings = new float[3 * pack.Image.Dimension];
            pack.Image.Encode(pixels, 3, embeddings);
            return embeddings;
        }

        var before = Encode();
        pack.Image.Hasten();

        Assert.Equal(before, Encode());
    }

    [Fact]
    public void An_int8_variant_whose_faster_session_computes_something_else_goes_on_with_the_first_and_says_so()
    {
        var (pixels, _) = Npy.ReadFloats(FixtureFiles.Path("tiny-panderm", "in_image.npy"));
        PackBuilder.Build(TinyPacks.PanDerm() with { Id = "exact" }, _folder["user", "exact"]);
        QuantizedPackBuilder.Build(_folder["user", "exact"], _folder["user", "rough"], "rough", pixels);
        var logger = new LogLines();
        using var pack = LoadedPack.Open(_folder["user", "rough"], new EncoderOptions(), logger);
        var golden = _folder["user", "rough", PackVectors.Folder, PackVectors.ImageFeatures];
        var (vectors, shape) = Npy.ReadFloats(golden);
        Npy.Write(golden, [.. vectors.Select(value => -value)], shape);

        Assert.Throws<ModelPackException>(pack.Image.Hasten);
        var embeddings = new float[3 * pack.Image.Dimension];
        pack.Image.Encode(pixels, 3, embeddings);

        Assert.Contains("does not reproduce its golden vectors", Assert.Single(logger));
        Assert.All(embeddings, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public async Task Only_an_encoder_that_is_used_for_dozens_of_pictures_opens_the_faster_session()
    {
        PackBuilder.Build(TinyPacks.PanDerm() with { Id = "exact" }, _folder["user", "exact"]);
        InferenceSession Open() => new(Path.Combine(_folder["user", "exact"], LoadedPack.ImageGraph));
        var (first, faster) = (Open(), Open());
        var asked = new TaskCompletionSource();
        using var session = new ImageSession(first, () =>
        {
            asked.SetResult();
            return faster;
        });

        Assert.Same(first, session.For(ImageSession.Patience));
        Assert.False(asked.Task.IsCompleted);
        session.For(1);
        await asked.Task;
        session.Hasten();

        Assert.Same(faster, session.For(1));
    }

    [Fact]
    public void The_patches_of_an_int8_variant_belong_to_its_embedding()
    {
        _store.Add(Hub("tiny-clip", "open_clip_config.json", "open_clip_model.safetensors"), "exact");
        var (pixels, _) = Npy.ReadFloats(FixtureFiles.Path("tiny-clip", "in_image.npy"));
        QuantizedPackBuilder.Build(_folder["user", "exact"], _folder["user", "rough"], "rough", pixels);
        using var exact = _store.Open("exact");
        using var rough = _store.Open("rough");
        float[] patches = new float[16 * 24], roughPatches = new float[16 * 24], embedding = new float[24], alone = new float[24];

        exact.Image.EncodePatches(pixels.AsSpan(0, 3 * 32 * 32), embedding, patches);
        rough.Image.EncodePatches(pixels.AsSpan(0, 3 * 32 * 32), embedding, roughPatches);
        rough.Image.Encode(pixels.AsSpan(0, 3 * 32 * 32), 1, alone);

        Assert.True(VectorComparison.Of(roughPatches, patches, 24).MinCosine > 0.99);
        // The last block sees one token there and all of them here, and activations are quantised by what is seen.
        Assert.True(VectorComparison.Of(alone, embedding, 24).MinCosine > 0.999);
    }

    [Fact]
    public void What_a_judge_says_of_the_int8_variant_is_stored_and_a_judge_that_fails_leaves_nothing()
    {
        _store.Add(Hub("tiny-clip", "open_clip_config.json", "open_clip_model.safetensors"), "exact");
        var (pixels, _) = Npy.ReadFloats(FixtureFiles.Path("tiny-clip", "in_image.npy"));
        PackManifest Quantize(string id, QuantizationJudge judge) => QuantizedPackBuilder.Build(_folder["user", "exact"], _folder["user", id], id, pixels, judge);

        Assert.Throws<InvalidDataException>(() => Quantize("failed", (_, _) => throw new InvalidDataException()));
        Quantize("judged", (exact, rough) =>
        {
            Assert.Equal((PackPrecision.Float32, PackPrecision.Int8), (exact.Manifest.Precision, rough.Manifest.Precision));
            return new QuantizationAgreement(7, 0.75, new QuantizationAuroc(40, 3, 0.875, 0.75));
        });

        using var pack = _store.Open("judged");
        Assert.Equal((7, 0.75), (pack.Manifest.Quantization!.Labels!.Value, pack.Manifest.Quantization.Top1Agreement));
        Assert.Equal(-0.125, pack.Manifest.Quantization.Auroc!.Shift);
        Assert.Equal(["exact", "judged"], Directory.EnumerateFileSystemEntries(_folder["user"]).Select(entry => Path.GetFileName(entry)!).Order());
    }

    [Theory]
    [InlineData("open_clip_config.json")]
    [InlineData("vocab.json")]
    public void A_pointer_in_place_of_a_small_file_is_named(string file)
    {
        var hub = Hub("tiny-clip", "open_clip_config.json", "open_clip_model.safetensors");
        File.WriteAllText(Path.Combine(hub, file), "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");

        var refusal = Assert.Throws<ModelPackException>(() => _store.Add(hub, "mine"));

        Assert.Contains($"{file} is a Git LFS pointer", refusal.Message);
        Assert.False(refusal.Unwritable);
    }

    [Fact]
    public void A_pack_without_transformer_blocks_has_only_its_text_quantised()
    {
        PackBuilder.Build(TinyPacks.ResNet(), _folder["user", "tiny-resnet"]);

        var manifest = QuantizedPackBuilder.Build(
            _folder["user", "tiny-resnet"], _folder["user", "small"], "small", SyntheticWeights.Input("photo", 3 * 64 * 64, 2));

        Assert.Equal(1, manifest.Quantization!.MinImageCosine, 6);
    }
}
