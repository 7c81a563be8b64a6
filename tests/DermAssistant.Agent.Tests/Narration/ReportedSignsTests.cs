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
    public void A_reply_answers_what_was_asked_unless_it_names_something_else(string reply, string reported)
    {
        var signs = new Triage(TestRoom.Ontology).SignsIn(reply, asked: "not-healing");

        Assert.Equal(reported, string.Join(", ", signs.Select(sign => sign.Denied ? $"{sign.Id} (denied)" : sign.Id)));
    }
}
