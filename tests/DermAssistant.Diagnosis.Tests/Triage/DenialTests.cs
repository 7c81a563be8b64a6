using DermAssistant.Ontology;
using DermAssistant.Tests;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DermAssistant.Diagnosis.Tests.Triage;

/// <summary>How far a denial reaches: never into what somebody reports.</summary>
public class DenialTests
{
    private static readonly OntologyGraph Graph = OntologyGraph.Load(TestPaths.InRepository("ontology"));
    private static readonly TriageEvaluator Evaluator = new(Graph);

    // Words that stand between signs in what people write, denials among them.
    private static readonly string[] Fillers =
    [
        "no", "not", "without", "never", "does not", "I don't have", "nor", "or", "and", ",", ", or", "but", "my skin", "it is", "it has", "since yesterday", "a bit", "on one or both legs",
        "two or three weeks", "?", ".", "-", ": no", "if", "I wonder if it is", "I don't think it is", "cannot", "free of", "he isn't", "with", "the mole", "and no", "any", "denies", "no sign of", "not only", "what is", "is it", "/",
    ];

    private static readonly string[] Phrases = [.. Graph.Triage.Signs.SelectMany(sign => sign.Phrases).Where(phrase => phrase.All(c => char.IsLetter(c) || c is ' ')).Distinct()];

    [Theory]
    [InlineData("My child has a rash, no itch, fever, purple spots", Urgency.Emergency)]
    [InlineData("My child has a rash, no itch, fever, purple spots, drowsy or vomiting", Urgency.Emergency)]
    [InlineData("My child has purple spots, not itchy, fever since one or two days", Urgency.Emergency)]
    [InlineData("I have blisters, not itchy, sore mouth, new medicine a week or two ago", Urgency.Emergency)]
    [InlineData("I have a mole, not painful, growing fast, two or three weeks now", Urgency.Soon)]
    [InlineData("It does not bleed, it is growing fast, for a week or two.", Urgency.Soon)]
    [InlineData("He isn't floppy, has fever, purple spots on one or both legs", Urgency.Emergency)]
    [InlineData("no itching, fever 39, rash not fading under glass", Urgency.Emergency)]
    [InlineData("No, my tongue is swollen", Urgency.Emergency)]
    public void A_red_flag_after_a_denial_still_counts(string text, Urgency urgency) => Assert.True(UrgencyOf(text) >= urgency);

    [Theory]
    [InlineData("It does not bleed, it is growing, for a week or two.", "growing")]
    [InlineData("I can't get the bleeding to stop", "bleeding")]
    [InlineData("I can't get the fever down", "fever")]
    [InlineData("it won't stop bleeding", "bleeding")]
    [InlineData("no fever but it itches", "itching")]
    [InlineData("No fever. It hurts.", "painful")]
    [InlineData("no fever and itching", "itching")]
    [InlineData("no itch, fever", "fever")]
    [InlineData("not only growing but also itchy", "growing")]
    [InlineData("without touching it bleeds", "bleeding")]
    [InlineData("if I scratch it, it bleeds", "bleeding")]
    [InlineData("no it is growing", "growing")]
    public void What_stands_in_doubt_is_reported(string text, string sign) =>
        Assert.Contains(Graph.ReportedSigns.Read(text), found => found.Id == sign && !found.Denied);

    [Theory]
    [InlineData("no fever", "fever")]
    [InlineData("There is no fever or itching", "fever", "itching")]
    [InlineData("no itch, bleeding or pain", "itching", "bleeding", "painful")]
    [InlineData("It does not itch, bleed or grow", "itching", "bleeding", "growing")]
    [InlineData("no change, no bleeding, no growth", "bleeding")]
    [InlineData("No fever, chills, vomiting or pain", "fever", "very-ill", "painful")]
    [InlineData("it is not bleeding", "bleeding")]
    [InlineData("it hasn't been growing", "growing")]
    [InlineData("never had any fever", "fever")]
    [InlineData("Fever? No.", "fever")]
    [InlineData("itching: none", "itching")]
    [InlineData("I am not pregnant", "pregnant")]
    [InlineData("no trouble breathing", "breathing")]
    [InlineData("My tongue is not swollen", "breathing")]
    [InlineData("I don't think it is bleeding", "bleeding")]
    [InlineData("neither itching nor pain", "itching", "painful")]
    [InlineData("no swelling of the tongue or throat", "breathing")]
    [InlineData("I have not noticed any bleeding", "bleeding")]
    public void A_bare_list_is_denied_as_a_whole(string text, params string[] signs)
    {
        var found = Graph.ReportedSigns.Read(text);

        Assert.All(signs, sign => Assert.Contains(found, other => other.Id == sign && other.Denied));
        Assert.DoesNotContain(found, other => !other.Denied && !Graph.Triage.Signs.Single(sign => sign.Id == other.Id).Context);
    }

    [Theory]
    [InlineData("I wonder if it is changing", "changing")]
    [InlineData("what if it starts bleeding", "bleeding")]
    [InlineData("I do not know whether it has grown", "growing")]
    public void What_is_only_wondered_about_is_neither_reported_nor_denied(string text, string sign) =>
        Assert.DoesNotContain(Graph.ReportedSigns.Read(text), found => found.Id == sign);

    [Property(MaxTest = 1000)]
    public Property Adding_a_sign_to_a_text_never_lowers_the_urgency() => Prop.ForAll(Texts().ToArbitrary(), pair =>
    {
        var (text, phrase) = pair;
        var before = UrgencyOf(text);
        return new[] { $"{text}, and {phrase}", $"{text}. {phrase}" }.All(longer => UrgencyOf(longer) >= before);
    });

    private static Gen<(string Text, string Phrase)> Texts() =>
        from words in Gen.OneOf(Gen.Elements(Fillers), Gen.Elements(Phrases)).ArrayOf(9)
        from phrase in Gen.Elements(Phrases)
        select (string.Join(' ', words), phrase);

    private static Urgency UrgencyOf(string text) => Evaluator.Assess(new TriageInput { Signs = Graph.ReportedSigns.Read(text) }).Urgency!.Value;
}
