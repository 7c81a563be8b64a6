using DermAssistant.Ontology;
using DermAssistant.Tests;

namespace DermAssistant.Diagnosis.Tests.Triage;

/// <summary>What counts as a reply to the question for a sign, and what is a message of its own.</summary>
public class ReplyTests
{
    private static readonly OntologyGraph Graph = OntologyGraph.Load(TestPaths.InRepository("ontology"));

    [Theory]
    [InlineData("yes")]
    [InlineData("Yes.")]
    [InlineData("yeah")]
    [InlineData("Yep!")]
    [InlineData("it does")]
    [InlineData("It is")]
    [InlineData("it has")]
    [InlineData("I do")]
    [InlineData("sure")]
    [InlineData("correct")]
    [InlineData("yes, a bit")]
    [InlineData("a little")]
    [InlineData("sometimes")]
    [InlineData("sometimes when scratched")]
    [InlineData("it does sometimes")]
    [InlineData("it has since May")]
    [InlineData("yes it does")]
    [InlineData("yes it bleeds")]
    [InlineData("yes, and it itches")]
    [InlineData("yes and it is on my arm")]
    [InlineData("It does, since last week")]
    [InlineData("yes, for 3 weeks")]
    [InlineData("I think so")]
    [InlineData("it bled yesterday")]
    public void A_clear_yes_affirms(string reply) => Assert.Equal(SignReply.Yes, Graph.ReportedSigns.Answer("bleeding", reply));

    [Theory]
    [InlineData("no")]
    [InlineData("No, never.")]
    [InlineData("nope")]
    [InlineData("not at all")]
    [InlineData("it is not")]
    [InlineData("it isn't")]
    [InlineData("it does not")]
    [InlineData("it doesn't")]
    [InlineData("it has not")]
    [InlineData("it hasn't yet")]
    [InlineData("I have not noticed")]
    [InlineData("I have none of that")]
    [InlineData("none of that")]
    [InlineData("I do not think so")]
    [InlineData("I don't think so")]
    [InlineData("Nothing like that")]
    [InlineData("not that I noticed")]
    [InlineData("not that I know of")]
    [InlineData("not really")]
    [InlineData("no, it does not")]
    [InlineData("no it doesn't bleed")]
    [InlineData("it does not bleed")]
    public void A_clear_no_denies(string reply) => Assert.Equal(SignReply.No, Graph.ReportedSigns.Answer("bleeding", reply));

    [Theory]
    [InlineData("I do not know")]
    [InlineData("i don't know")]
    [InlineData("not sure")]
    [InlineData("I'm not sure")]
    [InlineData("no idea")]
    [InlineData("I have no idea")]
    [InlineData("I cannot tell")]
    [InlineData("can't tell")]
    [InlineData("maybe")]
    [InlineData("hard to say")]
    public void Who_does_not_know_says_neither(string reply) => Assert.Equal(SignReply.Unsure, Graph.ReportedSigns.Answer("bleeding", reply));

    [Theory]
    [InlineData("I have a dog")]
    [InlineData("yes I have a dog")]
    [InlineData("it is on my left arm")]
    [InlineData("It is brown")]
    [InlineData("it has a smooth edge")]
    [InlineData("It has been raining here")]
    [InlineData("My skin is very dark, how does that change it?")]
    [InlineData("right, what is this?")]
    [InlineData("sure, but what is it?")]
    [InlineData("it is my son's")]
    [InlineData("it is not brown")]
    [InlineData("no fever")]
    [InlineData("What is melanoma?")]
    [InlineData("true melanoma looks different")]
    [InlineData("I have had it since I was born and my mother too")]
    [InlineData("the weather is nice")]
    [InlineData("")]
    public void A_message_of_its_own_is_no_reply(string reply) => Assert.Equal(SignReply.None, Graph.ReportedSigns.Answer("bleeding", reply));

    [Fact]
    public void What_changes_the_question_reports_nothing() =>
        Assert.DoesNotContain(Graph.ReportedSigns.Read("My skin is very dark, how does that change it?"), sign => !sign.Denied);
}
