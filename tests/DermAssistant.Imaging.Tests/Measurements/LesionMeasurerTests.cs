using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DermAssistant.Imaging.Tests.Measurements;

public class LesionMeasurerTests
{
    [Fact]
    public void A_circle_is_symmetric_and_as_compact_as_can_be()
    {
        var found = LesionMeasurer.Measure(new Drawing().Disc(60).Image);

        Assert.True(found.LesionFound);
        Assert.InRange(Value(found, "asymmetryMajorAxis"), 0, 0.01);
        Assert.InRange(Value(found, "asymmetryMinorAxis"), 0, 0.01);
        Assert.InRange(Value(found, "borderIrregularity"), 0.99, 1.03);
        Assert.InRange(Value(found, "lesionFraction"), 0.2, 0.26);
        Assert.Equal(1, Value(found, "colourCount"));
    }

    [Fact]
    public void A_half_disc_is_symmetric_across_one_axis_only()
    {
        var found = LesionMeasurer.Measure(new Drawing().Paint((x, y) => x * x + y * y < 70 * 70 && y > -10, Drawing.DarkBrown).Image);

        var across = (Major: Value(found, "asymmetryMajorAxis"), Minor: Value(found, "asymmetryMinorAxis"));
        Assert.InRange(across.Major, 0.08, 0.3);
        Assert.InRange(across.Minor, 0, 0.02);
        Assert.True(Value(found, "borderIrregularity") > 1.08);
    }

    [Property(MaxTest = 10)]
    public Property Turning_an_ellipse_keeps_its_numbers()
    {
        var straight = LesionMeasurer.Measure(new Drawing().Paint(Drawing.Ellipse(70, 42, 0), Drawing.DarkBrown).Image);
        return Prop.ForAll(Gen.Choose(0, 179).ToArbitrary(), degrees =>
        {
            var turned = LesionMeasurer.Measure(new Drawing().Paint(Drawing.Ellipse(70, 42, degrees * Math.PI / 180), Drawing.DarkBrown).Image);
            return Math.Abs(Value(straight, "borderIrregularity") - Value(turned, "borderIrregularity")) < 0.03
                && Math.Abs(Value(straight, "lesionFraction") - Value(turned, "lesionFraction")) < 0.01
                && Value(turned, "asymmetryMajorAxis") < 0.025
                && Value(turned, "asymmetryMinorAxis") < 0.025
                && Math.Abs(Value(straight, "contrast") - Value(turned, "contrast")) < 1;
        });
    }

    [Fact]
    public void An_ellipse_has_the_compactness_geometry_gives_it()
    {
        const double a = 70, b = 42;
        var found = LesionMeasurer.Measure(new Drawing().Paint(Drawing.Ellipse(a, b, 0.5), Drawing.DarkBrown).Image);

        // Ramanujan's approximation of the perimeter.
        var perimeter = Math.PI * (3 * (a + b) - Math.Sqrt((3 * a + b) * (a + 3 * b)));
        Assert.Equal(perimeter * perimeter / (4 * Math.PI * Math.PI * a * b), Value(found, "borderIrregularity"), 0.03);
    }

    [Fact]
    public void A_notched_outline_is_more_irregular_the_deeper_the_notches()
    {
        double Irregularity(double swing) =>
            Value(LesionMeasurer.Measure(new Drawing().Paint(Drawing.Star(60, swing, 7), Drawing.DarkBrown).Image), "borderIrregularity");

        Assert.True(Irregularity(0.12) > Irregularity(0) + 0.05);
        Assert.True(Irregularity(0.3) > Irregularity(0.12) + 0.2);
    }

    [Fact]
    public void A_bulge_to_one_side_is_asymmetric()
    {
        var found = LesionMeasurer.Measure(new Drawing()
            .Disc(45).Paint((x, y) => (x - 40) * (x - 40) + (y - 45) * (y - 45) < 30 * 30, Drawing.DarkBrown)
            .Paint((x, y) => (x - 50) * (x - 50) + (y + 20) * (y + 20) < 15 * 15, Drawing.DarkBrown).Image);

        Assert.True(Value(found, "asymmetryMajorAxis") + Value(found, "asymmetryMinorAxis") > 0.12);
    }

    [Fact]
    public void A_disc_of_two_colours_counts_two()
    {
        var found = LesionMeasurer.Measure(new Drawing().Disc(60, Drawing.LightBrown).Disc(38, Drawing.Black).Image);

        Assert.Equal(2, Value(found, "colourCount"));
        Assert.InRange(found.Colours[DermoscopicColour.Black], 0.3, 0.5);
        Assert.InRange(found.Colours[DermoscopicColour.LightBrown], 0.45, 0.7);
    }

    [Theory]
    [InlineData(Drawing.LightBrown, DermoscopicColour.LightBrown)]
    [InlineData(Drawing.DarkBrown, DermoscopicColour.DarkBrown)]
    [InlineData(Drawing.Red, DermoscopicColour.Red)]
    [InlineData(Drawing.BlueGray, DermoscopicColour.BlueGray)]
    [InlineData(Drawing.Black, DermoscopicColour.Black)]
    [InlineData(Drawing.White, DermoscopicColour.White)]
    public void A_patch_takes_the_name_of_its_colour(uint colour, DermoscopicColour expected)
    {
        var found = LesionMeasurer.Measure(new Drawing().Disc(60, colour).Image);

        Assert.Equal(expected, found.Colours.MaxBy(share => share.Value).Key);
        Assert.True(found.Colours[expected] > 0.8);
    }

    [Fact]
    public void White_as_light_as_the_skin_around_it_is_not_white()
    {
        var found = LesionMeasurer.Measure(new Drawing(0xf2e6dc).Disc(70, Drawing.DarkBrown).Disc(30, 0xf2e6dc).Image);

        Assert.DoesNotContain(DermoscopicColour.White, found.Colours.Keys);
    }

    [Fact]
    public void The_dark_rim_of_a_dermoscope_is_not_part_of_the_lesion()
    {
        var open = LesionMeasurer.Measure(new Drawing().Disc(45).Image);
        var rimmed = LesionMeasurer.Measure(new Drawing().Disc(45).Paint((x, y) => x * x + y * y > 118 * 118, 0x060404).Image);

        Assert.True(rimmed.LesionFound);
        Assert.Equal(Value(open, "borderIrregularity"), Value(rimmed, "borderIrregularity"), 0.01);
        Assert.Equal(Value(open, "skinIta"), Value(rimmed, "skinIta"), 0.5);
        Assert.InRange(Value(rimmed, "lesionFraction"), Value(open, "lesionFraction"), 1.5 * Value(open, "lesionFraction"));
    }

    [Fact]
    public void A_small_round_view_in_a_black_frame_with_a_line_around_it_is_not_the_lesion()
    {
        static bool Lesion(double x, double y) => (x + 12) * (x + 12) + y * y < 30 * 30;
        var open = LesionMeasurer.Measure(new Drawing().Paint(Lesion, Drawing.DarkBrown).Image);
        // The view covers less than a third of the frame.
        var round = LesionMeasurer.Measure(new Drawing().Paint(Lesion, Drawing.DarkBrown)
            .Paint((x, y) => x * x + y * y > 70 * 70, 0x000000)
            .Paint((x, y) => Math.Max(Math.Abs(x), Math.Abs(y)) > 111, 0x808080).Image);
        Assert.True(round.LesionFound);
        Assert.Equal(Value(open, "borderIrregularity"), Value(round, "borderIrregularity"), 0.03);
        Assert.Equal(Value(open, "contrast"), Value(round, "contrast"), 2.0);
        Assert.Equal(30.0 * 30 / (70 * 70), Value(round, "lesionFraction"), 0.06);
    }

    [Fact]
    public void Light_that_falls_off_to_one_side_does_not_move_the_outline()
    {
        var even = LesionMeasurer.Measure(new Drawing().Disc(45, Drawing.LightBrown).Image);
        var uneven = LesionMeasurer.Measure(new Drawing().Disc(45, Drawing.LightBrown).DimToTheRight(0.7).Image);

        Assert.Equal(Value(even, "borderIrregularity"), Value(uneven, "borderIrregularity"), 0.1);
        Assert.Equal(Value(even, "lesionFraction"), Value(uneven, "lesionFraction"), 0.02);
    }

    [Fact]
    public void Dark_background_beside_the_skin_is_not_the_lesion()
    {
        var mask = LesionMeasurer.Segment(new Drawing().Disc(25).Paint((x, y) => x + y > 120, 0x404448).Image);

        Assert.NotNull(mask);
        Assert.True(mask[112, 112]);
        Assert.False(mask[215, 215]);
    }

    [Fact]
    public void A_pale_middle_belongs_to_the_lesion_even_where_the_ring_around_it_is_open()
    {
        var mask = LesionMeasurer.Segment(new Drawing().Disc(70).Disc(40, Drawing.Skin)
            .Paint((x, y) => x > 0 && Math.Abs(y) < 4, Drawing.Skin).Image);

        Assert.NotNull(mask);
        Assert.True(mask[112, 112]);
    }

    [Fact]
    public void Hairs_across_a_lesion_hardly_change_it()
    {
        bool Hairs(double x, double y) => Math.Abs(y - 0.4 * x - 20) < 1.2 || Math.Abs(y + 0.7 * x) < 1.2 || Math.Abs(x - 30) < 1;
        var bare = LesionMeasurer.Measure(new Drawing().Disc(45, Drawing.LightBrown).Image);
        var hairy = LesionMeasurer.Measure(new Drawing().Disc(45, Drawing.LightBrown).Paint(Hairs, 0x201510).Image);

        Assert.Equal(Value(bare, "borderIrregularity"), Value(hairy, "borderIrregularity"), 0.1);
        Assert.Equal(Value(bare, "lesionFraction"), Value(hairy, "lesionFraction"), 0.02);
    }

    [Fact]
    public void The_lesion_in_the_middle_is_measured_not_a_smaller_one_at_the_side()
    {
        var mask = LesionMeasurer.Segment(new Drawing().Disc(40).Paint((x, y) => (x - 85) * (x - 85) + y * y < 15 * 15, Drawing.DarkBrown).Image);

        Assert.NotNull(mask);
        Assert.True(mask[112, 112]);
        Assert.False(mask[197, 112]);
    }

    [Theory]
    [InlineData(Drawing.Skin)]
    [InlineData(0xffffffu)]
    [InlineData(0x000000u)]
    [InlineData(0x292420u)]
    public void A_blank_photo_has_no_lesion(uint colour) => AssertNoLesion(new Drawing(colour).Image);

    [Theory]
    [InlineData(1, 224)]
    [InlineData(2, 224)]
    [InlineData(3, 600)]
    public void Noise_has_no_lesion(int seed, int size)
    {
        var pixels = new byte[size * size * 3];
        new Random(seed).NextBytes(pixels);

        AssertNoLesion(new RgbImage(size, size, pixels));
    }

    [Fact]
    public void A_lesion_that_leaves_no_skin_in_the_frame_is_not_measured() =>
        AssertNoLesion(new Drawing().Disc(150).Image);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 300)]
    [InlineData(5, 3)]
    public void Tiny_and_narrow_pictures_are_measured_without_failing(int width, int height) =>
        AssertNoLesion(new RgbImage(width, height, new byte[width * height * 3]));

    [Fact]
    public void Pixels_that_do_not_match_the_size_are_refused_by_name() =>
        Assert.Equal("image", Assert.Throws<ArgumentException>(() => LesionMeasurer.Measure(new RgbImage(4, 4, new byte[5]))).ParamName);

    [Fact]
    public void Turning_and_mirroring_the_photo_keeps_the_numbers()
    {
        var image = Blotch();
        var straight = LesionMeasurer.Measure(image);
        foreach (var other in new[] { Turned(image), Turned(Turned(image)), Mirrored(image), Turned(Mirrored(image)) })
        {
            var found = LesionMeasurer.Measure(other);
            Assert.Equal(straight.Values.Select(value => value.Id), found.Values.Select(value => value.Id));
            foreach (var (value, same) in straight.Values.Zip(found.Values))
                Assert.Equal(value.Value, same.Value, value.Unit is "degrees" or "delta E" ? 0.1 : 0.012);
            Assert.Equal(straight.Colours.Keys, found.Colours.Keys);
        }
    }

    [Fact]
    public void Resolution_hardly_changes_the_numbers()
    {
        // Seen at 560 pixels, then at 224: the same oblong lesion with a bulge.
        LesionMeasurements At(int size)
        {
            var scale = size / 224.0;
            return LesionMeasurer.Measure(new Drawing(size: size)
                .Paint(Drawing.Ellipse(70 * scale, 40 * scale, 0.4), Drawing.DarkBrown)
                .Paint((x, y) => (x / scale - 30) * (x / scale - 30) + (y / scale + 20) * (y / scale + 20) < 30 * 30, Drawing.DarkBrown).Image);
        }

        var small = At(224);
        var large = At(560);

        foreach (var (value, same) in small.Values.Zip(large.Values))
            Assert.Equal(value.Value, same.Value, value.Unit is "degrees" or "delta E" ? 0.5 : 0.03);
    }

    [Fact]
    public void The_same_photo_gives_the_same_numbers()
    {
        var image = Blotch();
        var first = LesionMeasurer.Measure(image);
        var again = LesionMeasurer.Measure(image with { Pixels = [.. image.Pixels] });

        Assert.Equal(first.Values, again.Values);
        Assert.Equal(first.Colours, again.Colours);
    }

    [Fact]
    public void Measurements_come_in_a_fixed_order() => Assert.Equal(
        ["asymmetryMajorAxis", "asymmetryMinorAxis", "borderIrregularity", "colourCount", "lesionFraction", "skinIta", "contrast"],
        LesionMeasurer.Measure(Blotch()).Values.Select(value => value.Id));

    [Fact]
    public void The_mask_covers_what_was_drawn()
    {
        var mask = LesionMeasurer.Segment(new Drawing(size: 448).Disc(100).Image);

        Assert.NotNull(mask);
        Assert.Equal((224, 224), (mask.Width, mask.Height));
        Assert.InRange(mask.Area, 0.95 * Math.PI * 50 * 50, 1.2 * Math.PI * 50 * 50);
        Assert.True(mask[112, 112]);
        Assert.False(mask[10, 10]);
        Assert.False(mask[-1, 0]);
    }

    [Theory]
    [InlineData(0xf6ede4u, 83.0)]
    [InlineData(0xf3e7dbu, 80.2)]
    [InlineData(0xf7ead0u, 71.7)]
    [InlineData(0xeadabau, 64.7)]
    [InlineData(0xd7bd96u, 50.3)]
    [InlineData(0xa07e56u, 10.9)]
    [InlineData(0x825c43u, -20.1)]
    [InlineData(0x604134u, -55.4)]
    [InlineData(0x3a312au, -78.3)]
    [InlineData(0x292420u, -84.3)]
    public void The_typology_angle_of_a_Monk_swatch_is_the_published_one(uint swatch, double degrees) =>
        Assert.Equal(degrees, Value(LesionMeasurer.Measure(new Drawing(swatch).Image), "skinIta"), 0.1);

    [Fact]
    public void The_typology_angle_leaves_the_lesion_out() =>
        Assert.Equal(50.3, Value(LesionMeasurer.Measure(new Drawing(0xd7bd96).Disc(70).Image), "skinIta"), 0.1);

    [Fact]
    public void Skin_tinted_violet_by_the_light_gets_no_typology_angle() =>
        Assert.Null(LesionMeasurer.Measure(new Drawing(0xc0a8c8).Disc(50).Image)["skinIta"]);

    internal static double Value(LesionMeasurements measurements, string id) =>
        measurements[id] ?? throw new InvalidOperationException($"{id} was not measured");

    private static void AssertNoLesion(RgbImage image)
    {
        var found = LesionMeasurer.Measure(image);
        Assert.False(found.LesionFound);
        Assert.Empty(found.Colours);
        Assert.DoesNotContain(found.Values, value => value.Id != "skinIta");
        Assert.Null(LesionMeasurer.Segment(image));
    }

    private static RgbImage Blotch() => new Drawing()
        .Paint(Drawing.Star(60, 0.2, 5), Drawing.LightBrown)
        .Paint((x, y) => (x - 20) * (x - 20) + (y - 12) * (y - 12) < 35 * 35, Drawing.DarkBrown)
        .Paint((x, y) => (x - 45) * (x - 45) + (y - 50) * (y - 50) < 30 * 30, Drawing.BlueGray).Image;

    private static RgbImage Turned(RgbImage image) =>
        Moved(image, image.Height, image.Width, (x, y) => (y, image.Height - 1 - x));

    private static RgbImage Mirrored(RgbImage image) =>
        Moved(image, image.Width, image.Height, (x, y) => (image.Width - 1 - x, y));

    private static RgbImage Moved(RgbImage image, int width, int height, Func<int, int, (int X, int Y)> source)
    {
        var pixels = new byte[image.Pixels.Length];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var (fromX, fromY) = source(x, y);
                Array.Copy(image.Pixels, (fromY * image.Width + fromX) * 3, pixels, (y * width + x) * 3, 3);
            }
        return new RgbImage(width, height, pixels);
    }
}
