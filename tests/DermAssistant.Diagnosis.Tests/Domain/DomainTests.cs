using DermAssistant.Imaging;

namespace DermAssistant.Diagnosis.Tests;

[Collection(CalibratedPackCollection.Name)]
public class DomainTests(CalibratedPack calibrated)
{
    public static TheoryData<string> Foreign => ["noise", "white", "black", "gray", "gradient", "checkerboard", "landscape", "page"];

    [Theory]
    [MemberData(nameof(Foreign))]
    public void A_picture_of_another_kind_is_said_to_be_outside_what_the_pack_knows_and_gets_no_differential(string kind)
    {
        var reading = calibrated.Reader.Read(Pictures.Admit(Draw(kind), kind + ".png"));
        Assert.True(reading.Photo.Gate.Accepted);
        Assert.NotNull(reading.OutsideKnowledge);
        Assert.NotEqual(Modality.Dermoscopic, reading.Photo.Modality);
        Assert.Empty(reading.Differential);
        Assert.Null(reading.PredictionSet);
        Assert.Null(reading.MalignancyProbability);
        Assert.True(reading.Verdict.Abstained);
        Assert.Empty(reading.Concepts);
        Assert.Equal(reading.OutsideKnowledge, reading.Evidence.First(evidence => evidence.Id == "P1").Text);
        Assert.DoesNotContain(reading.Evidence, evidence => evidence.Kind == EvidenceKind.Differential);
    }

    [Fact]
    public void Photos_of_the_known_kind_that_were_not_fitted_on_are_read()
    {
        var read = Enumerable.Range(1000, 60).Count(seed => calibrated.Reader.Read(Pictures.Admit(Pictures.Lesion(seed))).OutsideKnowledge is null);
        Assert.InRange(read, 55, 60);
    }

    [Fact]
    public void A_round_view_in_a_dark_frame_is_described_by_what_is_inside()
    {
        const double Radius = 46;
        var lesion = Pictures.Lesion(7);
        var framed = new RgbImage(lesion.Width, lesion.Height, (byte[])lesion.Pixels.Clone());
        for (var y = 0; y < framed.Height; y++)
            for (var x = 0; x < framed.Width; x++)
                if (Math.Sqrt(((x - 47.5) * (x - 47.5)) + ((y - 47.5) * (y - 47.5))) > Radius)
                    framed.Pixels.AsSpan(3 * ((y * framed.Width) + x), 3).Clear();
        double[] inside = PixelDescriptor.Describe(framed), square = PixelDescriptor.Describe(Centre(lesion, (int)(Radius * Math.Sqrt(2) * 0.95)));
        // The quartiles and the median of L*: black corners would drag them down by far more.
        foreach (var at in (int[])[2, 3, 4]) Assert.InRange(Math.Abs(square[at] - inside[at]), 0, 5);
        Assert.Equal(0, inside[31], 1e-12);
    }

    [Fact]
    public void A_description_hardly_depends_on_the_size_of_the_photo()
    {
        var small = Pictures.Lesion(3);
        var large = new RgbImage(small.Width * 4, small.Height * 4, new byte[small.Pixels.Length * 16]);
        for (var y = 0; y < large.Height; y++)
            for (var x = 0; x < large.Width; x++)
                small.Pixels.AsSpan(3 * ((y / 4 * small.Width) + (x / 4)), 3).CopyTo(large.Pixels.AsSpan(3 * ((y * large.Width) + x)));
        double[] first = PixelDescriptor.Describe(small), second = PixelDescriptor.Describe(large);
        for (var i = 0; i < first.Length; i++) Assert.Equal(first[i], second[i], 1e-6);
    }

    [Fact]
    public void Points_far_from_every_centre_are_far_and_the_centres_are_near()
    {
        var random = new Random(2);
        var points = Enumerable.Range(0, 400)
            .Select(i => (double[])[(i % 2 * 10) + random.NextDouble(), random.NextDouble(), 5 * random.NextDouble()]).ToList();
        var cloud = Gaussian.Unpack(Gaussian.Fit(points, [.. Enumerable.Range(0, 400).Select(i => i % 2)]).Pack());
        Assert.InRange(points.Average(point => cloud.Distance(point)), 0.7, 1.3);
        Assert.True(cloud.Distance([5, 0.5, 2.5]) > 5);
        Assert.True(cloud.Distance([10.5, 0.5, 2.5]) < 0.5);
    }

    private static RgbImage Centre(RgbImage image, int side)
    {
        var centre = new RgbImage(side, side, new byte[3 * side * side]);
        int left = (image.Width - side) / 2, top = (image.Height - side) / 2;
        for (var y = 0; y < side; y++)
            image.Pixels.AsSpan(3 * (((y + top) * image.Width) + left), 3 * side).CopyTo(centre.Pixels.AsSpan(3 * y * side));
        return centre;
    }

    private static RgbImage Draw(string kind) => kind switch
    {
        "noise" => Pictures.Noise(1),
        "white" => Pictures.Blank(255),
        "black" => Pictures.Blank(0),
        "gray" => Pictures.Blank(128),
        "gradient" => Pictures.Gradient(),
        "checkerboard" => Pictures.Checkerboard(),
        "landscape" => Pictures.Landscape(),
        _ => Pictures.Page(),
    };
}
