using DermAssistant.DermLip;
using DermAssistant.Imaging;

namespace DermAssistant.Diagnosis.Tests;

public sealed class ConceptMapTests : IDisposable
{
    /// <summary>The axis of the concept "pigment network" in the fake pack.</summary>
    private const int NetworkAxis = 8;

    private readonly TemporaryFolder _folder = new();
    private readonly Photo _photo = Pictures.Admit(Pictures.Lesion(3)).Photo!;

    public ConceptMapTests() => File.Copy(FakePack.LabelsFile, Path.Combine(_folder.Path, "labels.json"));

    public void Dispose() => _folder.Dispose();

    private PhotoReader Reader(IImageEncoder? image) => new(FakePack.Create(_folder.Path, image: image), FakePack.Ontology, FakePack.Prompts);

    [Fact]
    public void A_concept_is_seen_most_in_the_patch_that_shows_it()
    {
        var reader = Reader(new QuarterEncoder(NetworkAxis));

        var map = Assert.Single(reader.ConceptMaps(_photo, ["pigment-network"]));

        Assert.Equal(("pigment-network", 2), (map.ConceptId, map.Side));
        Assert.Equal(3, map.Contrasts.ToList().IndexOf(map.Contrasts.Max()));
        Assert.InRange(map.Score, 0.9, 1);
        Assert.Contains(reader.ConceptMaps(_photo), one => one.ConceptId == "pigment-network");
    }

    [Fact]
    public void A_concept_that_is_not_there_gets_no_map_unless_it_is_asked_for()
    {
        var reader = Reader(new QuarterEncoder(NetworkAxis, present: false));

        Assert.DoesNotContain(reader.ConceptMaps(_photo), map => map.ConceptId == "pigment-network");
        Assert.Single(reader.ConceptMaps(_photo, ["pigment-network"]));
        Assert.Empty(reader.ConceptMaps(_photo, ["no-such-concept"]));
    }

    [Fact]
    public void A_tower_without_patches_is_refused_by_the_name_of_the_pack() =>
        Assert.Contains("fake", Assert.Throws<ModelPackException>(() => Reader(null).ConceptMaps(_photo)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_picture_is_tinted_where_the_concept_is_and_grey_where_it_is_not()
    {
        var preprocess = new PreprocessConfig(32, [0, 0, 0], [1, 1, 1]);
        var plain = Preprocessor.Crop(_photo, preprocess with { ImageSize = 96 });

        var drawn = ConceptOverlay.Draw(_photo, preprocess, new ConceptMap("x", "X", 1, 2, [0.1, 0.1, 0.1, 0.4]));

        Assert.Equal((96, 96), (drawn.Width, drawn.Height));
        var (tinted, skin) = (drawn.Pixels.AsSpan(((90 * 96) + 90) * 3, 3).ToArray(), plain.Pixels.AsSpan(((90 * 96) + 90) * 3, 3).ToArray());
        Assert.True(skin[0] > skin[1] && tinted[1] > tinted[0] + 40, $"{string.Join(' ', skin)} became {string.Join(' ', tinted)}");
        Assert.True(Colourfulness(drawn, 5, 5) < 0.5 * Colourfulness(plain, 5, 5));

        static int Colourfulness(RgbImage picture, int x, int y)
        {
            var pixel = picture.Pixels.AsSpan(((y * picture.Width) + x) * 3, 3);
            return Math.Max(pixel[0], Math.Max(pixel[1], pixel[2])) - Math.Min(pixel[0], Math.Min(pixel[1], pixel[2]));
        }
    }

    [Fact]
    public void A_map_without_contrast_points_nowhere()
    {
        var preprocess = new PreprocessConfig(32, [0, 0, 0], [1, 1, 1]);

        var drawn = ConceptOverlay.Draw(_photo, preprocess, new ConceptMap("x", "X", 0.5, 2, [0.2, 0.2, 0.2, 0.2]));

        Assert.Equal(Preprocessor.Crop(_photo, preprocess with { ImageSize = 96 }).Pixels, drawn.Pixels);
    }
}
