using DermAssistant.Diagnosis;
using DermAssistant.Imaging;

namespace DermAssistant.Agent.Tests.Narration;

/// <summary>Conversations with photos that did not arrive, and with several that did: no photo is ever taken for another.</summary>
public sealed class SeveralPhotosTests
{
    [Theory]
    [InlineData("what about the second photo?")]
    [InlineData("what does the third photo show?")]
    [InlineData("is the second photo melanoma?")]
    [InlineData("and photo 2, is it urgent?")]
    [InlineData("the second one?")]
    [InlineData("What about the previous photo?")]
    public async Task Of_a_photo_that_never_came_only_that_is_said(string question)
    {
        var at = await TestRoom.Assistant(Read).AskAsync(new Question("talk", question, [Nevus]));
        var later = (await TestRoom.AskAll(TestRoom.Assistant(Read), Nevus, "What is it?", question))[1];

        foreach (var answer in new[] { at, later })
        {
            Assert.Matches("^There is no (photo [23]|other photo) in this conversation: one photo was sent\\.$", answer.Text);
            Assert.Empty(answer.Tools);
            Assert.Empty(answer.Readings);
            Assert.Empty(answer.Removed);
        }
    }

    [Fact]
    public async Task A_language_model_is_not_asked_of_a_photo_that_never_came()
    {
        using var server = new FakeOpenAi((_, _) => FakeOpenAi.Says("Melanocytic nevus is the most probable."));
        var answer = await TestRoom.Assistant(Read, model: server.Model()).AskAsync(new Question("talk", "what about the second photo?", [Nevus]));

        Assert.Equal("There is no photo 2 in this conversation: one photo was sent.", answer.Text);
        Assert.Equal("narrator", answer.Models.Chat);
    }

    [Theory]
    [InlineData("what about this one?")]
    [InlineData("Is this one melanoma?")]
    [InlineData("is it cancer?")]
    [InlineData("is it urgent?")]
    [InlineData("")]
    [InlineData("how do I tell it from melanoma?")]
    public async Task After_a_refused_photo_no_older_one_answers_for_it(string question)
    {
        var assistant = TestRoom.Assistant(Read);
        await assistant.AskAsync(new Question("talk", "What is it?", [Nevus]));
        var answer = await assistant.AskAsync(new Question("talk", question, [TestPhotos.Refused()]));
        var next = await assistant.AskAsync(new Question("talk", "is this one melanoma?", []));

        Assert.StartsWith("The file broken.jpg could not be used.", answer.Text);
        Assert.Contains("It counts as photo 2, and nothing can be said of it. You can still ask about photo 1 (nevus.png).", answer.Text);
        Assert.StartsWith("Photo 2, broken.jpg, could not be used, so nothing can be said of it.", next.Text);
        foreach (var said in new[] { answer, next })
        {
            Assert.DoesNotContain("%", said.Text);
            Assert.DoesNotContain("routine", said.Text);
            Assert.Empty(said.Readings);
            Assert.Empty(said.Removed);
        }
    }

    [Fact]
    public async Task An_older_photo_is_spoken_of_where_it_is_named_and_is_it_from_then_on()
    {
        var assistant = TestRoom.Assistant(Read);
        await assistant.AskAsync(new Question("talk", "What is it?", [Nevus]));
        var answer = await assistant.AskAsync(new Question("talk", "what about the first photo?", [TestPhotos.Refused()]));
        var next = await assistant.AskAsync(new Question("talk", "is it cancer?", []));

        Assert.StartsWith("The file broken.jpg could not be used.", answer.Text);
        Assert.Contains("In photo 1, the most probable diagnosis is melanocytic nevus", answer.Text);
        Assert.Contains("In photo 1, ", next.Text);
    }

    [Fact]
    public async Task What_is_reported_of_a_refused_photo_still_counts()
    {
        var assistant = TestRoom.Assistant(Read);
        await assistant.AskAsync(new Question("talk", "What is it?", [Nevus]));
        var answer = await assistant.AskAsync(new Question("talk", "This one is bleeding and growing.", [TestPhotos.Refused()]));

        Assert.Contains("What was reported so far (it bleeds; it is growing) meets none of the rules", answer.Text);
        Assert.Empty(answer.Removed);
    }

    [Fact]
    public async Task A_condition_can_be_looked_up_although_the_photo_was_refused()
    {
        var assistant = TestRoom.Assistant(Read);
        await assistant.AskAsync(new Question("talk", "What is it?", [Nevus]));
        var answer = await assistant.AskAsync(new Question("talk", "What is psoriasis?", [TestPhotos.Refused()]));

        Assert.StartsWith("The file broken.jpg could not be used.", answer.Text);
        Assert.Contains("In the ontology, plaque psoriasis stands at", answer.Text);
    }

    [Fact]
    public async Task A_refused_photo_keeps_the_number_it_was_sent_as()
    {
        var assistant = TestRoom.Assistant(Read);
        var both = await assistant.AskAsync(new Question("talk", "What are these?", [TestPhotos.Refused(), Melanoma]));
        var first = await assistant.AskAsync(new Question("talk", "is the first photo melanoma?", []));
        var second = await assistant.AskAsync(new Question("talk", "and the second?", []));

        Assert.Contains("It counts as photo 1", both.Text);
        Assert.Contains("In photo 2, the most probable diagnosis is melanoma, at 71%", both.Text);
        Assert.Equal("Photo 1, broken.jpg, could not be used, so nothing can be said of it. You can still ask about photo 2 (melanoma.png).", first.Text);
        Assert.Contains("In photo 2, the most probable diagnosis is melanoma, at 71%", second.Text);
        Assert.Empty(both.Removed.Concat(first.Removed).Concat(second.Removed));
    }

    [Theory]
    [InlineData("how soon must they be seen?")]
    [InlineData("how soon must both be seen?")]
    [InlineData("Should I wait?")]
    [InlineData("Is it urgent?")]
    public async Task How_soon_leads_with_the_most_urgent_photo(string question)
    {
        foreach (var photos in new GateResult[][] { [Melanoma, Nevus], [Nevus, Melanoma] })
        {
            var assistant = TestRoom.Assistant(Read);
            foreach (var photo in photos) await assistant.AskAsync(new Question("talk", "What is it?", [photo]));
            var answer = await assistant.AskAsync(new Question("talk", question, []));

            var urgent = Array.IndexOf(photos, photos.Single(p => p.Report.File == "melanoma.png")) + 1;
            Assert.StartsWith($"In photo {urgent}, urgency by rule: soon", answer.Text);
            Assert.Contains($"In photo {3 - urgent}, urgency by rule: routine", answer.Text);
            Assert.Contains($"In photo {3 - urgent}, no rule asks for more than a routine appointment", answer.Text);
            Assert.DoesNotContain(". No rule asks", answer.Text);
            Assert.Empty(answer.Removed);
        }
    }

    [Fact]
    public async Task A_new_photo_does_not_make_the_one_before_wait()
    {
        var assistant = TestRoom.Assistant(Read);
        await assistant.AskAsync(new Question("talk", "What is it?", [Melanoma]));
        var answer = await assistant.AskAsync(new Question("talk", "Should I wait?", [Nevus]));

        Assert.StartsWith("In photo 1, urgency by rule: soon", answer.Text);
        Assert.Contains("In photo 2, urgency by rule: routine", answer.Text);
        Assert.Empty(answer.Removed);
    }

    [Theory]
    [InlineData("is either of them cancer?", "In photo 1, malignant and in-situ conditions together come to 76%.|In photo 2, malignant and in-situ conditions together come to 1%.")]
    [InlineData("is it cancer?", "In photo 1, malignant and in-situ conditions together come to 76%.|In photo 2, malignant and in-situ conditions together come to 1%.")]
    [InlineData("are both melanoma?", "In photo 1, melanoma has a probability of 71%.|In photo 2, the most probable is melanocytic nevus, at 99%.")]
    [InlineData("is the first one melanoma?", "In photo 1, melanoma has a probability of 71%.")]
    [InlineData("how urgent is the first one?", "In photo 1, urgency by rule: soon")]
    [InlineData("how urgent is the second one?", "In photo 2, urgency by rule: routine")]
    [InlineData("what is the first one?", "In photo 1, the most probable diagnosis is melanoma, at 71%.")]
    public async Task Of_two_photos_each_is_answered_for_itself(string question, string expected)
    {
        var assistant = TestRoom.Assistant(Read);
        await assistant.AskAsync(new Question("talk", "What are these?", [Melanoma, Nevus]));
        var answer = await assistant.AskAsync(new Question("talk", question, []));

        foreach (var sentence in expected.Split('|')) Assert.Contains(sentence, answer.Text);
        if (question.Contains("first", StringComparison.Ordinal)) Assert.DoesNotContain("photo 2", answer.Text);
        if (question.Contains("second", StringComparison.Ordinal)) Assert.DoesNotContain("photo 1", answer.Text);
        Assert.Empty(answer.Removed);
    }

    [Theory]
    [InlineData("It is itchy and has grown.")]
    [InlineData("They bleed and have changed. How soon?")]
    public async Task What_is_reported_counts_for_every_photo_and_nothing_of_it_is_cut(string question)
    {
        var assistant = TestRoom.Assistant(Read);
        await assistant.AskAsync(new Question("talk", "What are these?", [Melanoma, Nevus]));
        var answer = await assistant.AskAsync(new Question("talk", question, []));

        Assert.StartsWith("In photo 1, urgency by rule: soon", answer.Text);
        Assert.Contains("In photo 2, urgency by rule:", answer.Text);
        Assert.Empty(answer.Removed);
    }

    [Theory]
    [InlineData("similar cases for the first one?")]
    [InlineData("how sure are you of the first?")]
    public async Task What_is_said_of_one_of_two_photos_begins_with_which(string question)
    {
        var assistant = TestRoom.Assistant(Read);
        await assistant.AskAsync(new Question("talk", "What are these?", [Melanoma, Nevus]));

        Assert.StartsWith("In photo 1, ", (await assistant.AskAsync(new Question("talk", question, []))).Text);
    }

    [Fact]
    public async Task After_both_were_spoken_of_the_other_one_is_neither_missing()
    {
        var assistant = TestRoom.Assistant(Read);
        await assistant.AskAsync(new Question("talk", "What are these?", [Melanoma, Nevus]));
        var answer = await assistant.AskAsync(new Question("talk", "what about the other one?", []));

        Assert.Contains("In photo 1, the most probable diagnosis is melanoma", answer.Text);
        Assert.Contains("In photo 2, the most probable diagnosis is melanocytic nevus", answer.Text);
    }

    [Fact]
    public async Task Of_three_photos_every_reason_says_which_it_is_of()
    {
        var answer = await TestRoom.Assistant(Read).AskAsync(new Question("talk", "What are these, and how soon?", [Nevus, Melanoma, Other]));

        Assert.StartsWith("In photo 2, urgency by rule: soon", answer.Text);
        Assert.Contains("In photo 1, urgency by rule: routine", answer.Text);
        Assert.Contains("In photo 3, this photo is outside what the model knows.", answer.Text);
        Assert.Contains("Nothing could be read in photo 3", answer.Text);
        Assert.All(answer.Claims.Where(claim => claim.Text.Contains("outine", StringComparison.Ordinal)), claim => Assert.StartsWith("In photo 1, ", claim.Text));
        Assert.Empty(answer.Removed);
    }

    [Theory]
    [InlineData("compare the two")]
    [InlineData("what is the difference between them?")]
    [InlineData("which one is worse?")]
    [InlineData("which of the two needs a biopsy first?")]
    public async Task Two_photos_are_compared_in_plain_words(string question)
    {
        var assistant = TestRoom.Assistant(Read);
        await assistant.AskAsync(new Question("talk", "What are these?", [Melanoma, Nevus]));
        var answer = await assistant.AskAsync(new Question("talk", question, []));

        Assert.Contains("Melanoma is put at 71% in photo 1, against under 1% in photo 2.", answer.Text);
        Assert.Empty(answer.Removed);
    }

    [Fact]
    public async Task A_photo_named_is_the_photo_meant_until_another_is()
    {
        var assistant = TestRoom.Assistant(Read);
        await assistant.AskAsync(new Question("talk", "What is it?", [Melanoma]));
        await assistant.AskAsync(new Question("talk", "What is it?", [Nevus]));
        await assistant.AskAsync(new Question("talk", "tell me about photo 1", []));
        var why = await assistant.AskAsync(new Question("talk", "why?", []));
        var other = await assistant.AskAsync(new Question("talk", "and the other one?", []));

        Assert.Contains("In photo 1, the most probable diagnosis is melanoma", why.Text);
        Assert.DoesNotContain("In photo 2", why.Text);
        Assert.Contains("In photo 2, the most probable diagnosis is melanocytic nevus", other.Text);
    }

    private static GateResult Melanoma => TestPhotos.Admitted(150, "melanoma.png");

    private static GateResult Nevus => TestPhotos.Admitted(90, "nevus.png");

    private static GateResult Other => TestPhotos.Admitted(200, "other.png");

    private static Reading Read(GateReport gate) => gate.File switch
    {
        "melanoma.png" => TestReadings.Make(gate, TestReadings.MostlyMelanoma),
        "other.png" => TestReadings.Make(gate, outside: "This photo is outside what the model knows."),
        _ => TestReadings.Make(gate, [0.985, 0.003, 0.004, 0.003, 0.002, 0.002, 0.001]),
    };
}
