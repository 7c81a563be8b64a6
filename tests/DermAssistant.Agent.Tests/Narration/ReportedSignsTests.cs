namespace DermAssistant.Agent.Tests;

public sealed class ReportedSignsTests
{
    [Theory]
    [InlineData("yes", "not-healing")]
    [InlineData("no", "not-healing (denied)")]
    [InlineData("yes, and it bleeds", "not-healing, bleeding")]
    [InlineData("no, but it bleeds", "not-healing (denied), bleeding")]
    [InlineData("yes, it has changed", "changing")]
    [InlineData("yes, the mole does", "not-healing, pigmented-lesion")]
    [InlineData("I am not sure", "")]
    [InlineData("I have a dog", "")]
    [InlineData("It is brown", "")]
    [InlineData("it is not", "not-healing (denied)")]
    [InlineData("nothing like that", "not-healing (denied)")]
    [InlineData("My skin is very dark, how does that change it?", "")]
    public void A_reply_answers_what_was_asked_unless_it_names_something_else(string reply, string reported)
    {
        var (signs, _) = new Triage(TestRoom.Ontology).SignsIn(reply, asked: "not-healing");

        Assert.Equal(reported, string.Join(", ", signs.Select(sign => sign.Denied ? $"{sign.Id} (denied)" : sign.Id)));
    }

    [Theory]
    [InlineData("not sure")]
    [InlineData("no idea")]
    [InlineData("I do not know")]
    [InlineData("Nothing like that")]
    [InlineData("I don't think so")]
    [InlineData("It is not")]
    [InlineData("none of that")]
    [InlineData("I cannot tell")]
    public async Task A_reply_that_is_no_yes_is_taken_and_the_next_question_follows(string reply)
    {
        var assistant = TestRoom.Assistant();
        var first = await assistant.AskAsync(new Question("talk", "I have a mole and it itches", []));
        var second = await assistant.AskAsync(new Question("talk", reply, []));

        Assert.DoesNotContain("outside what I can answer", second.Text);
        Assert.DoesNotContain("did not understand", second.Text);
        Assert.NotNull(second.Asks);
        Assert.NotEqual(first.Asks, second.Asks);
    }

    [Theory]
    [InlineData("I have a dog")]
    [InlineData("it is on my left arm")]
    [InlineData("It has been raining here")]
    [InlineData("it has a smooth edge")]
    public async Task What_is_no_reply_invents_nothing(string message)
    {
        var assistant = TestRoom.Assistant();
        await assistant.AskAsync(new Question("talk", "I have a mole and it itches", []));
        var second = await assistant.AskAsync(new Question("talk", message, []));

        Assert.DoesNotContain("it has changed", second.Text);
        Assert.DoesNotContain("it bleeds", second.Text);
        Assert.All(second.Evidence.Where(e => e.Data["reported"] is not null), e => Assert.True(e.Data["reported"]!.AsArray().Select(id => (string?)id).All(id => id is "itching" or "pigmented-lesion")));
    }
}
