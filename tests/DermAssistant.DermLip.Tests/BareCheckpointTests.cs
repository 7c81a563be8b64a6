using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace DermAssistant.DermLip.Tests;

/// <summary>Checkpoints without a configuration.</summary>
public sealed class BareCheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<ExpectedTensor> Tensors(int imageWidth, int textWidth, int hidden = 256) =>
    [
        .. new ClipVisionTower(32, 8, imageWidth, 1, 1, hidden, 24, false).Tensors,
        .. new ClipTextTower("", 16, 300, textWidth, 2, 1, 256, 24, false).Tensors,
    ];

    private string Write(IEnumerable<ExpectedTensor> tensors)
    {
        Directory.CreateDirectory(_folder["bare"]);
        SafetensorsWriter.Write(
            _folder["bare", "model.safetensors"],
            SyntheticWeights.StateDict(tensors).Select(pair => new SafetensorsWriter.Entry(
                pair.Key, [.. pair.Value.Shape], ElementType.Float32, () => MemoryMarshal.AsBytes(pair.Value.Values.AsSpan()).ToArray())),
            default);
        return _folder["bare", "model.safetensors"];
    }

    /// <summary>The shapes alone: nobody needs the numbers to guess.</summary>
    private static FoundConfig Infer(IEnumerable<ExpectedTensor> tensors, bool? quickGelu = null)
    {
        using var weights = new StateDict("model.bin", tensors.Select(tensor => new StateTensor(tensor.Key, tensor.Shape, ElementType.Float32, () => throw new InvalidOperationException())));
        return ConfigInference.Infer(weights, quickGelu);
    }

    [Fact]
    public void A_bare_checkpoint_has_its_configuration_worked_out_and_what_was_guessed_is_told()
    {
        var log = new LogLines();
        var store = new ModelPackStore(new ModelPackFolders(_folder["builtin"], _folder["user"]), logger: new LoggerOf(log));

        var added = store.Add(Write(Tensors(384, 256)), "bare");

        Assert.Equal(24, added.EmbeddingDimension);
        var warning = Assert.Single(log);
        Assert.Contains("model.safetensors", warning);
        Assert.Contains("attention heads 64 wide in an image tower of width 384", warning);
        Assert.Contains("attention heads 64 wide in a text tower of width 256", warning);
        Assert.Contains("--quick-gelu", warning);
        using var pack = store.Open("bare");
        Assert.Equal(32, pack.Image.Preprocess.ImageSize);
        Assert.Equal(4, pack.Image.PatchGrid);
    }

    [Theory]
    [InlineData(768, 64)]
    [InlineData(896, 64)]
    [InlineData(1024, 64)]
    [InlineData(1280, 80)]
    [InlineData(1408, 88)]
    [InlineData(1664, 104)]
    [InlineData(1792, 112)]
    public void The_heads_of_an_image_tower_are_those_of_the_published_model_of_its_width(int width, int head) =>
        Assert.Equal(head, (int)JsonNode.Parse(Infer(Tensors(width, 512)).Json)!["model_cfg"]!["vision_cfg"]!["head_width"]!);

    [Theory]
    [InlineData(512, 8)]
    [InlineData(640, 10)]
    [InlineData(768, 12)]
    [InlineData(1024, 16)]
    [InlineData(1280, 20)]
    public void The_heads_of_a_text_tower_are_those_of_the_published_model_of_its_width(int width, int heads) =>
        Assert.Equal(heads, (int)JsonNode.Parse(Infer(Tensors(768, width)).Json)!["model_cfg"]!["text_cfg"]!["heads"]!);

    [Theory]
    [InlineData(320, 512, "an image tower of width 320")]
    [InlineData(32, 512, "an image tower of width 32")]
    [InlineData(768, 128, "a text tower of width 128")]
    public void Heads_that_no_published_model_tells_are_not_guessed(int imageWidth, int textWidth, string named)
    {
        var refusal = Assert.Throws<ModelPackException>(() => Infer(Tensors(imageWidth, textWidth)));

        Assert.Contains(named, refusal.Message);
        Assert.Contains("open_clip_config.json", refusal.Hint);
    }

    [Fact]
    public void The_heads_of_a_small_resnet_are_not_guessed() =>
        Assert.Contains("ResNet image tower of width 8", Assert.Throws<ModelPackException>(() => Infer(TinyPacks.ResNetTower().Tensors)).Message);

    [Fact]
    public void What_the_caller_says_of_the_activation_is_no_guess()
    {
        Assert.Contains(Infer(Tensors(768, 512)).Guesses, guess => guess.Contains("GELU"));
        Assert.DoesNotContain(Infer(Tensors(768, 512), quickGelu: false).Guesses, guess => guess.Contains("GELU"));
    }

    /// <summary>6144 / 1408 * 1408 is less than 6144 in floating point.</summary>
    [Theory]
    [InlineData(1408, 6144)]
    [InlineData(1664, 8192)]
    [InlineData(1792, 15360)]
    public void The_hidden_width_survives_being_written_as_a_ratio(int width, int hidden)
    {
        var config = OpenClipConfig.Parse(Infer(Tensors(width, 512, hidden)).Json, "inferred");

        Assert.Equal(hidden, (int)(config.Vision.Width * config.Vision.MlpRatio));
    }

    private sealed class LoggerOf(LogLines lines) : ILogger<ModelPackStore>
    {
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Log(logLevel, eventId, state, exception, formatter);

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;
    }
}
