using DermAssistant.Imaging;

namespace DermAssistant.Cases.Tests;

public class DermoscopicCaptionTests
{
    [Theory]
    [InlineData("Melanoma", "back", "male", 60, "histo", "Dermoscopic photo of a melanoma on the back of a 60-year-old man, confirmed by histopathology.")]
    [InlineData("Actinic keratosis", "face", "female", 80, "histo", "Dermoscopic photo of an actinic keratosis on the face of an 80-year-old woman, confirmed by histopathology.")]
    [InlineData("Melanocytic nevus", "acral", "female", 10, "follow_up", "Dermoscopic photo of a melanocytic nevus on acral skin of a 10-year-old girl, confirmed by follow-up.")]
    [InlineData("Melanocytic nevus", null, "male", 0, null, "Dermoscopic photo of a melanocytic nevus of a very young boy.")]
    [InlineData("Dermatofibroma", "lower extremity", null, null, "consensus", "Dermoscopic photo of a dermatofibroma on the lower extremity, by expert consensus.")]
    [InlineData("Dermatofibroma", "genital", null, 45, "confocal", "Dermoscopic photo of a dermatofibroma in the genital area of a 45-year-old person, confirmed by in-vivo confocal microscopy.")]
    [InlineData("Dermatofibroma", null, "female", null, "guess", "Dermoscopic photo of a dermatofibroma of a woman, confirmation: guess.")]
    public void Says_what_the_table_says_and_no_more(string diagnosis, string? site, string? sex, int? age, string? confirmation, string caption) =>
        Assert.Equal(caption, DermoscopicCaption.Compose(new DermoscopicFacts(diagnosis, site, sex, age, confirmation), null));

    [Fact]
    public void States_measurements_as_numbers_the_larger_colour_first()
    {
        var measured = new LesionMeasurements(true,
            new Dictionary<DermoscopicColour, double> { [DermoscopicColour.Black] = 0.1, [DermoscopicColour.LightBrown] = 0.6, [DermoscopicColour.BlueGray] = 0.3 },
            [new("asymmetryMajorAxis", "", 0.123, "ratio"), new("asymmetryMinorAxis", "", 0.2, "ratio"), new("borderIrregularity", "", 1.456, "ratio")]);
        Assert.EndsWith(
            ". Measured in the photo: dermoscopic colours light brown, blue-gray, black; asymmetry 0.12 and 0.20 on two axes; border irregularity 1.46.",
            DermoscopicCaption.Compose(new DermoscopicFacts("Melanoma", null, null, null, null), measured), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_nothing_of_measurements_where_no_lesion_was_found() =>
        Assert.DoesNotContain("Measured", DermoscopicCaption.Compose(
            new DermoscopicFacts("Melanoma", null, null, null, null), new LesionMeasurements(false, new Dictionary<DermoscopicColour, double>(), [])), StringComparison.Ordinal);
}
