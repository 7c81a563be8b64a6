using DermAssistant.Diagnosis;
using DermAssistant.Imaging;

namespace DermAssistant.Agent.Tests.Narration;

/// <summary>Several photos of one lesion, sent one after the other.</summary>
public sealed class PhotoComparisonTests
{
    [Theory]
    [InlineData("Compare it with the first photo.", 1, 3)]
    [InlineData("compare this with the first photo", 1, 3)]
    [InlineData("How has it changed since the first picture?", 1, 3)]
    [InlineData("What is different from the previous photo?", 2, 3)]
    [InlineData("compare with the second one", 2, 3)]
    [InlineData("Compare photo 1 and photo 2", 1, 2)]
    [InlineData("compare the first photo with the second photo", 1, 2)]
    [InlineData("Compare the last photo with the original photo", 1, 3)]
    [InlineData("Compare it to photo 2", 2, 3)]
    public async Task A_follow_up_compares_the_photos_it_names(string question, int first, int second)
    {
        var answer = (await TalkAsync(question))[^1];

        Assert.Contains($"In photo {first}, the most probable diagnosis", answer.Text, StringComparison.Ordinal);
        Assert.Contains($"In photo {second}, the most probable diagnosis", answer.Text, StringComparison.Ordinal);
        Assert.Equal(2, answer.Readings.Count);
        Assert.Empty(answer.Removed);
    }

    [Fact]
    public async Task What_differs_is_said_with_both_numbers_and_both_pieces_of_evidence()
    {
        var answer = (await TalkAsync("Compare it with the first photo."))[^1];

        var probability = Assert.Single(answer.Claims, claim => claim.Text == "Melanoma is put at 21% in photo 1, against 71% in photo 3.");
        Assert.Equal(2, probability.Evidence.Count);
        var measured = Assert.Single(answer.Claims, claim => claim.Text == "Asymmetry about the major axis is 0.10 in photo 1, against 0.30 in photo 3.");
        Assert.Equal([1, 3], measured.Evidence.Select(id => (int)answer.Evidence.Single(evidence => evidence.Id == id).Data["photo"]!));
        Assert.Contains("has not necessarily changed on the skin", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_measurement_that_reads_the_same_is_no_difference()
    {
        var answer = (await TalkAsync("Compare it with the first photo."))[^1];

        Assert.DoesNotContain("colours present is", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_photo_can_be_asked_about_on_its_own()
    {
        var answer = (await TalkAsync("Show me similar cases for the first photo"))[^1];

        Assert.All(answer.Evidence.Where(evidence => evidence.Kind is EvidenceKind.Case), evidence => Assert.Equal(1, (int)evidence.Data["photo"]!));
        Assert.Single(answer.Readings);
    }

    [Fact]
    public async Task With_one_photo_there_is_nothing_to_compare_it_with()
    {
        var answers = await TestRoom.AskAll(TestRoom.Assistant(Growing), TestPhotos.Admitted(), "What is it?", "Compare it with the previous photo");

        Assert.Contains("It takes two photos to compare", answers[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_second_photo_the_comparison_is_offered()
    {
        var answers = await TalkAsync("Why?");

        Assert.DoesNotContain("Compare it with the first photo.", answers[0].Suggestions);
        Assert.Contains("Compare it with the first photo.", answers[1].Suggestions);
    }

    [Fact]
    public async Task Who_waits_is_told_how_many_cases_are_searched()
    {
        var said = new List<string>();

        await TestRoom.Assistant().AskAsync(new Question("", "What is it, and why?", [TestPhotos.Admitted()]), new Told(said));

        Assert.Equal("looking at your photo", said[0]);
        Assert.Contains("searching 20 cases", said);
    }

    [Fact]
    public async Task Sentences_are_told_in_order_once_they_are_checked()
    {
        var claims = new List<Claim>();

        var answer = await TestRoom.Assistant().AskAsync(new Question("", "What is it, and why?", [TestPhotos.Admitted()]), new Told([], claims));

        Assert.Equal(answer.Claims, claims);
    }

    private static Reading Growing(GateReport gate)
    {
        var number = gate.File[0] - '0';
        return TestReadings.Make(
            gate,
            number == 3 ? TestReadings.MostlyMelanoma : TestReadings.MostlyNevus,
            measurements: [new("asymmetryMajorAxis", "Asymmetry about the major axis", 0.1 * number, "ratio"), new("colours", "Dermoscopic colours present", 3, "count")]);
    }

    private static async Task<IReadOnlyList<Answer>> TalkAsync(string question)
    {
        var assistant = TestRoom.Assistant(Growing);
        var answers = new List<Answer>();
        for (var number = 1; number <= 3; number++)
            answers.Add(await assistant.AskAsync(new Question("talk", "What could this be?", [TestPhotos.Admitted((byte)(60 + 30 * number), $"{number}.png")])));
        answers.Add(await assistant.AskAsync(new Question("talk", question, [])));
        return answers;
    }
}
