namespace DermAssistant.DermLip.Tests;

public sealed class PackBuilderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelPackStore _store;

    public PackBuilderTests() => _store = new ModelPackStore(new ModelPackFolders(_folder["builtin"], _folder["user"]));

    public void Dispose() => _folder.Dispose();

    private string Build(PackSource source)
    {
        var destination = _folder["user", source.Id];
        Directory.CreateDirectory(_folder["user"]);
        PackBuilder.Build(source, destination);
        return destination;
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, ".gelu")]
    public void A_clip_model_gives_the_embeddings_of_the_reference(bool quickGelu, string suffix)
    {
        var directory = Build(TinyPacks.Clip() with { QuickGelu = quickGelu });
        using var pack = LoadedPack.Open(directory, new EncoderOptions(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        using var vectors = new TemporaryFolder();
        foreach (var file in new[] { "in_image", "in_tokens" })
            File.Copy(FixtureFiles.Path("tiny-clip", file + ".npy"), vectors[file + ".npy"]);
        foreach (var file in new[] { "image_features_norm", "text_features_norm" })
            File.Copy(FixtureFiles.Path("tiny-clip", $"{file}{suffix}.npy"), vectors[file + ".npy"]);

        var check = PackVectors.Check(pack, vectors.Path, PackTolerance.Float32MaxAbs);

        Assert.True(check.Passed, check.ToString());
        Assert.True(check.Image!.MinCosine > 0.9999999, check.ToString());
    }

    [Fact]
    public void The_wrong_gelu_is_noticed()
    {
        var directory = Build(TinyPacks.Clip() with { QuickGelu = false });
        using var pack = LoadedPack.Open(directory, new EncoderOptions(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

        Assert.False(PackVectors.Check(pack, FixtureFiles.Path("tiny-clip"), PackTolerance.Float32MaxAbs).Passed);
    }

    [Fact]
    public void A_panderm_model_with_bert_gives_the_embeddings_of_the_reference()
    {
        var directory = Build(TinyPacks.PanDerm());
        using var pack = LoadedPack.Open(directory, new EncoderOptions(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

        var check = PackVectors.Check(pack, FixtureFiles.Path("tiny-panderm"), PackTolerance.Float32MaxAbs);

        Assert.True(check.Passed, check.ToString());
    }

    [Theory]
    [InlineData("tiny-clip")]
    [InlineData("tiny-panderm")]
    public void Computing_the_padding_of_captions_too_changes_no_embedding(string model)
    {
        var directory = Build(model == "tiny-clip" ? TinyPacks.Clip() : TinyPacks.PanDerm());
        using var pack = LoadedPack.Open(directory, new EncoderOptions(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var golden = CaptionVectors.Read(Path.Combine(directory, PackVectors.Folder), pack.Description);
        var reference = CaptionVectors.Read(FixtureFiles.Path(model), pack.Description);

        Assert.Contains(golden!.Padded.Zip(golden.Trimmed), row => row.First.Length > row.Second.Length);
        Assert.All([golden, reference!], captions => Assert.True(captions.Compare(pack.Text, padded: true).MaxAbs <= PackTolerance.Float32MaxAbs));
    }

    [Theory]
    [InlineData(ImageViews.Single, true)]
    [InlineData(ImageViews.Dihedral, true)]
    [InlineData(ImageViews.Single, false)]
    [InlineData(ImageViews.Dihedral, false)]
    public void A_resnet_model_is_built_proved_and_served(ImageViews views, bool bottlenecks)
    {
        Build(TinyPacks.ResNet(views: views, bottlenecks: bottlenecks));

        using var pack = _store.Open("tiny-resnet");

        Assert.Equal("clip-resnet", pack.Manifest.ImageTower);
        Assert.Equal(views, pack.Manifest.ImageViews);
        Assert.Equal(2, pack.Image.PatchGrid);
        Assert.True(File.Exists(Path.Combine(pack.Directory, "MODEL_CARD.md")));
        var text = pack.Text.Encode(["melanoma on the back", "nevus"]);
        Assert.Equal(1, Length(text.AsSpan(0, 16)), 5);
    }

    [Fact]
    public void With_dihedral_views_an_embedding_does_not_depend_on_how_the_photo_is_turned()
    {
        Build(TinyPacks.ResNet(views: ImageViews.Dihedral));
        using var pack = _store.Open("tiny-resnet");
        var pixels = SyntheticWeights.Input("turned", 3 * 64 * 64, 2);
        var turned = new float[pixels.Length];
        for (var channel = 0; channel < 3; channel++)
            for (var y = 0; y < 64; y++)
                for (var x = 0; x < 64; x++)
                    turned[(channel * 64 + x) * 64 + 63 - y] = pixels[(channel * 64 + y) * 64 + x];
        float[] upright = new float[16], rotated = new float[16];
        float[] map = new float[4 * 16], rotatedMap = new float[4 * 16];

        pack.Image.EncodePatches(pixels, upright, map);
        pack.Image.EncodePatches(turned, rotated, rotatedMap);

        Assert.All(upright.Zip(rotated), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        // A quarter turn clockwise takes the upper left patch to the upper right.
        Assert.All(map.Take(16).Zip(rotatedMap.Skip(16).Take(16)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Theory]
    [InlineData(ImageViews.Single, true)]
    [InlineData(ImageViews.Dihedral, true)]
    [InlineData(ImageViews.Single, false)]
    [InlineData(ImageViews.Dihedral, false)]
    public void Patch_embeddings_are_those_of_the_plain_forward_pass(ImageViews views, bool bottlenecks)
    {
        var source = TinyPacks.ResNet(views: views, bottlenecks: bottlenecks);
        Build(source);
        using var pack = _store.Open("tiny-resnet");
        var pixels = SyntheticWeights.Input("patches", 3 * 64 * 64, 2);
        var (embedding, patches) = (new float[16], new float[4 * 16]);
        pack.Image.EncodePatches(pixels, embedding, patches);

        using var weights = StateDict.FromMemory("test", source.Weights!);
        var tower = TinyPacks.ResNetTower(bottlenecks);
        var (_, expected) = views == ImageViews.Dihedral ? DihedralViews.Forward(tower, weights, pixels, 1) : tower.Forward(weights, pixels, 1);
        PlainLayers.Normalize(expected, 16);

        Assert.All(expected.Zip(patches), pair => Assert.Equal(pair.First, pair.Second, 5e-6f));
    }

    [Theory]
    [InlineData("tiny-clip")]
    [InlineData("tiny-panderm")]
    public void Patch_embeddings_of_vision_transformers_are_those_of_the_plain_forward_pass(string model)
    {
        var source = model == "tiny-clip" ? TinyPacks.Clip() : TinyPacks.PanDerm();
        Build(source);
        using var pack = _store.Open(model);
        var config = OpenClipConfig.Parse(source.ConfigJson, "config");
        using var weights = CheckpointReader.Open(source.WeightsFile!);
        var bert = source.BertConfigJson is null ? null : BertConfig.Parse(source.BertConfigJson, "bert");
        var tower = TowerRecognition.Recognise(weights, config, null, bert).Image;
        var pixels = SyntheticWeights.Input("patches", 3 * 32 * 32, 2);
        var (embedding, patches) = (new float[tower.Dimension], new float[16 * tower.Dimension]);
        pack.Image.EncodePatches(pixels, embedding, patches);

        var alone = new float[tower.Dimension];
        pack.Image.Encode(pixels, 1, alone);
        var (_, expected) = tower.Forward(weights, pixels, 1);
        PlainLayers.Normalize(expected, tower.Dimension);

        Assert.Equal(4, pack.Image.PatchGrid);
        Assert.All(expected.Zip(patches), pair => Assert.Equal(pair.First, pair.Second, 5e-6f));
        // The graph without patches computes less and must come to the same.
        Assert.All(alone.Zip(embedding), pair => Assert.Equal(pair.First, pair.Second, 2e-6f));
    }

    [Fact]
    public void The_graph_of_an_embedding_carries_nothing_for_the_patches()
    {
        var folder = Build(TinyPacks.Clip());

        var nodes = new[] { "image.onnx", "patches.onnx" }.Select(file => OnnxFile.Read(Path.Combine(folder, file)).Graph.Node.Count).ToArray();

        Assert.True(nodes[0] < nodes[1]);
        Assert.Equal(["embedding"], OnnxFile.Read(Path.Combine(folder, "image.onnx")).Graph.Output.Select(output => output.Name));
    }

    [Theory]
    [InlineData("tiny-clip")]
    [InlineData("tiny-panderm")]
    public void Graphs_declare_the_rows_of_their_blocks_for_any_number_of_inputs(string model)
    {
        var folder = Build(model == "tiny-clip" ? TinyPacks.Clip() : TinyPacks.PanDerm());
        foreach (var file in new[] { "image.onnx", "patches.onnx", "text.onnx" })
        {
            var graph = OnnxFile.Read(Path.Combine(folder, file)).Graph;
            var values = graph.Node.SelectMany(node => node.Output).ToHashSet();
            Assert.All(graph.ValueInfo, declared => Assert.Contains(declared.Name, values));
            // Key and value of each block at least, and what its attention gives to all its tokens.
            Assert.True(graph.ValueInfo.Count >= 3 * graph.Node.Count(node => node.OpType == "Softmax"), $"{file}: {graph.ValueInfo.Count}");
        }

        using var pack = LoadedPack.Open(folder, new EncoderOptions(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var config = Path.Combine(folder, OpenClipConfig.FileName);
        var side = OpenClipConfig.Parse(File.ReadAllText(config), config).Preprocess.ImageSize;
        int dimension = pack.Description.Manifest.EmbeddingDimension, size = 3 * side * side;
        var pixels = SyntheticWeights.Input("images", 3 * size, 2);
        long[][] captions = [[2, 5, 3], [2, 5, 6, 7, 8, 3], [2, 9, 5, 3]];
        var (images, texts) = (Images(0, 3), pack.Text.EncodeTokens(captions));
        foreach (var (from, count) in new[] { (0, 1), (1, 2), (2, 1) })
        {
            var rows = (from * dimension)..((from + count) * dimension);
            Close(images[rows], Images(from, count));
            Close(texts[rows], pack.Text.EncodeTokens(captions[from..(from + count)]));
        }

        float[] Images(int from, int count)
        {
            var embeddings = new float[count * dimension];
            pack.Image.Encode(pixels.AsSpan(from * size, count * size), count, embeddings);
            return embeddings;
        }

        static void Close(float[] expected, float[] actual) => Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-6f));
    }

    [Fact]
    public void A_pack_that_has_everything_in_one_graph_still_gives_patches()
    {
        var folder = Build(TinyPacks.Clip());
        File.Move(Path.Combine(folder, "patches.onnx"), Path.Combine(folder, "image.onnx"), overwrite: true);
        var description = PackDescription.Read(folder);
        (description with { Files = [.. description.Files.Where(file => file.Name != "patches.onnx").Select(file => PackFile.Of(folder, file.Name))] }).Write(folder);
        using var pack = _store.Open("tiny-clip");
        var (embedding, patches) = (new float[24], new float[16 * 24]);

        pack.Image.EncodePatches(SyntheticWeights.Input("patches", 3 * 32 * 32, 2), embedding, patches);

        Assert.Equal(1, Length(patches.AsSpan(0, 24)), 5);
    }

    [Fact]
    public void The_same_source_gives_the_same_version_and_the_same_bytes()
    {
        var first = Build(TinyPacks.ResNet("first"));
        var second = _folder["user", "second"];
        PackBuilder.Build(TinyPacks.ResNet("second"), second);

        Assert.Equal(File.ReadAllBytes(Path.Combine(first, "image.onnx")), File.ReadAllBytes(Path.Combine(second, "image.onnx")));
        Assert.Equal(File.ReadAllBytes(Path.Combine(first, "image.safetensors")), File.ReadAllBytes(Path.Combine(second, "image.safetensors")));
        Assert.Equal(_store.List()[0].Manifest.Version, _store.List()[1].Manifest.Version);
    }

    [Fact]
    public void A_checkpoint_that_does_not_fit_its_configuration_is_refused_by_key_and_leaves_nothing_behind()
    {
        var source = TinyPacks.ResNet();
        var weights = source.Weights!.ToDictionary();
        weights.Remove("visual.bn2.bias");
        weights["visual.surplus"] = new WeightTensor([1], [0]);
        weights["text_projection"] = new WeightTensor([32, 8], new float[32 * 8]);
        Directory.CreateDirectory(_folder["user"]);

        var refusal = Assert.Throws<ModelPackException>(() => PackBuilder.Build(source with { Weights = weights }, _folder["user", "tiny-resnet"]));

        Assert.Contains("visual.bn2.bias", refusal.Message);
        Assert.Contains("visual.surplus", refusal.Message);
        Assert.Contains("text_projection is [32, 8] instead of [32, 16]", refusal.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["user"]));
    }

    [Fact]
    public void Weights_that_are_not_numbers_are_refused_by_key()
    {
        var source = TinyPacks.ResNet();
        var weights = source.Weights!.ToDictionary();
        weights["visual.conv2.weight"].Values[3] = float.NaN;

        var refusal = Assert.Throws<ModelPackException>(() => PackBuilder.Build(source, _folder["pack"]));

        Assert.Contains("visual.conv2.weight", refusal.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_word_list_that_is_shorter_than_the_text_towers_is_refused_by_name()
    {
        var words = File.ReadAllLines(FixtureFiles.Path("tokenizer", "bert_vocab.txt")).Take(120);
        var source = TinyPacks.PanDerm() with
        {
            TokenizerFiles = new Dictionary<string, byte[]> { ["vocab.txt"] = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', words) + "\n") },
        };

        var refusal = Assert.Throws<ModelPackException>(() => PackBuilder.Build(source, _folder["pack"]));

        Assert.Contains("vocab.txt has 120 tokens, but the text tower has 300", refusal.Message);
        Assert.False(Directory.Exists(_folder["pack"]));
    }

    [Fact]
    public void A_vocabulary_of_another_model_is_refused()
    {
        var other = BpeTrainer.Train(["something else altogether, something else"], 600);
        var source = TinyPacks.ResNet();
        var files = source.TokenizerFiles.ToDictionary();
        files["vocab.json"] = System.Text.Encoding.UTF8.GetBytes(other.VocabularyJson);
        files["merges.txt"] = System.Text.Encoding.UTF8.GetBytes(other.MergesText);

        var refusal = Assert.Throws<ModelPackException>(() => PackBuilder.Build(source with { TokenizerFiles = files }, _folder["pack"]));

        Assert.Contains("tokens", refusal.Message);
    }

    private static double Length(ReadOnlySpan<float> vector)
    {
        var sum = 0.0;
        foreach (var value in vector) sum += value * value;
        return Math.Sqrt(sum);
    }
}
