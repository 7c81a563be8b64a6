using Microsoft.Extensions.Logging.Abstractions;

namespace DermAssistant.DermLip.Tests;

public sealed class FiniteEmbeddingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void An_embedding_with_one_number_that_is_none_goes_no_further(float value)
    {
        var embedding = new float[515];
        FiniteEmbeddings.Require(embedding, "text tower");
        embedding[^1] = value;

        Assert.Contains("text tower", Assert.Throws<ModelPackException>(() => FiniteEmbeddings.Require(embedding, "text tower")).Message);
    }

    [Fact]
    public void Pixels_that_are_no_numbers_give_no_embedding_and_no_patches()
    {
        PackBuilder.Build(TinyPacks.Clip(), _folder["pack"]);
        using var pack = LoadedPack.Open(_folder["pack"], new EncoderOptions(), NullLogger.Instance);
        var pixels = new float[3 * 32 * 32];
        pixels[7] = float.NaN;
        float[] embedding = new float[24], patches = new float[16 * 24];

        Assert.Contains("pixels", Assert.Throws<ModelPackException>(() => pack.Image.Encode(pixels, 1, embedding)).Message);
        Assert.Contains("pixels", Assert.Throws<ModelPackException>(() => pack.Image.EncodePatches(pixels, embedding, patches)).Message);
        Assert.All(embedding, value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_text_of_padding_alone_gives_no_embedding()
    {
        PackBuilder.Build(TinyPacks.PanDerm(), _folder["pack"]);
        using var pack = LoadedPack.Open(_folder["pack"], new EncoderOptions(), NullLogger.Instance);

        Assert.Contains("text tower", Assert.Throws<ModelPackException>(() => pack.Text.EncodeTokens([[0, 0]])).Message);
        Assert.All(pack.Text.EncodeTokens([[2, 5, 3]]), value => Assert.True(float.IsFinite(value)));
    }
}
