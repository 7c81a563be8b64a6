using DermAssistant.Ontology;
using DermAssistant.Tests;

namespace DermAssistant.Diagnosis.Tests.Triage;

public class ReportedSignsTests
{
    private static readonly OntologyGraph Graph = OntologyGraph.Load(TestPaths.InRepository("ontology"));

    [Theory]
    [InlineData("My mole has been changing and it bleeds sometimes", "changing")]
    [InlineData("My mole has been changing and it bleeds sometimes", "bleeding")]
    [InlineData("It's getting bigger", "growing")]
    [InlineData("it is GROWING FAST!!", "growing-fast")]
    [InlineData("it is growing fast", "growing")]
    [InlineData("This sore hasn't healed in 6 weeks", "not-healing")]
    [InlineData("the wound won't heal", "not-healing")]
    [InlineData("it cannot stop bleeding", "bleeding")]
    [InlineData("the rash doesn't fade under a glass", "non-blanching")]
    [InlineData("He is on chemotherapy", "immunosuppressed")]
    [InlineData("my 2 month old baby", "baby-under-3-months")]
    [InlineData("rash around my eye", "near-eye")]
    [InlineData("I started taking lamotrigine last week", "new-medicine")]
    [InlineData("not only growing but also itchy", "growing")]
    [InlineData("without touching it bleeds", "bleeding")]
    [InlineData("no fever but it itches", "itching")]
    [InlineData("No fever. It hurts.", "painful")]
    [InlineData("new dark patch on my sole", "palm-or-sole")]
    [InlineData("new dark patch on my sole", "dark-patch")]
    [InlineData("new dark patch on my sole", "new")]
    public void A_sign_is_recognised_in_plain_words(string text, string sign) =>
        Assert.Contains(Graph.ReportedSigns.Read(text), found => found.Id == sign && !found.Denied);

    [Theory]
    [InlineData("no fever", "fever")]
    [InlineData("There is no fever or itching", "itching")]
    [InlineData("no fever, chills or pain", "painful")]
    [InlineData("it is not bleeding", "bleeding")]
    [InlineData("it hasn't been growing", "growing")]
    [InlineData("never had any fever", "fever")]
    [InlineData("without fever", "fever")]
    [InlineData("Fever? No.", "fever")]
    [InlineData("itching: none", "itching")]
    [InlineData("I am not pregnant", "pregnant")]
    public void A_denied_sign_is_no_report(string text, string sign) =>
        Assert.Contains(Graph.ReportedSigns.Read(text), found => found.Id == sign && found.Denied);

    [Theory]
    [InlineData("What could this be, and why?")]
    [InlineData("Show me similar cases")]
    [InlineData("")]
    [InlineData("How is it told from melanoma?")]
    [InlineData("a faint brown spot all over my body")]
    public void A_question_without_a_warning_reports_none(string text)
    {
        string[] harmless = ["pigmented-lesion", "dark-patch"];

        Assert.DoesNotContain(Graph.ReportedSigns.Read(text), sign => !harmless.Contains(sign.Id));
    }

    [Fact]
    public void A_sign_denied_once_and_reported_once_counts_as_reported()
    {
        var signs = Graph.ReportedSigns.Read("It did not bleed last week. Now it bleeds.");

        Assert.Contains(signs, sign => sign.Id == "bleeding" && !sign.Denied);
    }

    [Fact]
    public void A_hundred_thousand_characters_of_anything_are_read()
    {
        var text = string.Concat(Enumerable.Repeat("no \u202Eitch\u0007 ing, itching \u200F\u062D\u0643\u0629 ", 4000));

        Assert.Equal("itching", Assert.Single(Graph.ReportedSigns.Read(text)).Id);
    }
}
