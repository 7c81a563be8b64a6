using DermAssistant.Diagnosis;

namespace DermAssistant.Agent.Tests;

/// <summary>How an answer tells the urgency: first where it presses, never as reassurance.</summary>
public sealed class UrgencyTests
{
    [Theory]
    [InlineData("I have blisters")]
    [InlineData("my child has a fever and a rash")]
    [InlineData("it itches")]
    [InlineData("I have a mole and it hurts")]
    [InlineData("How soon should this be seen? My skin is blistering")]
    public async Task What_meets_no_rule_is_not_called_routine(string words)
    {
        var answer = await TestRoom.Assistant().AskAsync(new Question("", words, []));

        Assert.StartsWith("What was reported so far", answer.Text);
        Assert.Contains("not settled", answer.Text);
        Assert.Contains("Emergency help is needed at once for trouble breathing", answer.Text);
        Assert.DoesNotContain("routine", answer.Text);
        Assert.NotNull(answer.Asks);
        Assert.Empty(answer.Removed);
    }

    [Fact]
    public async Task A_half_met_emergency_is_told_with_what_is_missing()
    {
        var answer = await TestRoom.Assistant().AskAsync(new Question("", "I have blisters", []));

        Assert.Contains("Blistering or peeling skin with sore mouth, eyes or genitals is an emergency.", answer.Text);
        Assert.Contains("Not known: mouth, eyes or genitals are sore.", answer.Text);
        Assert.Equal("Are the mouth, eyes or genitals sore?", answer.Asks);
    }

    [Fact]
    public async Task Beside_a_harmless_photo_a_half_met_emergency_keeps_the_urgency_open()
    {
        Reading Harmless(Imaging.GateReport gate) => TestReadings.Make(gate, [0.985, 0.003, 0.004, 0.003, 0.002, 0.002, 0.001]);
        var answer = await TestRoom.Assistant(Harmless).AskAsync(new Question("", "I have blisters. What could this be?", [TestPhotos.Admitted()]));

        Assert.Contains("so far, with not everything settled: routine", answer.Text);
        Assert.Contains("Not known: mouth, eyes or genitals are sore.", answer.Text);
        Assert.Empty(answer.Removed);
    }

    [Theory]
    [InlineData("My baby has blisters and peeling skin and sore mouth", false)]
    [InlineData("fever and purple spots that do not fade", true)]
    [InlineData("Hello, what is this? I can't breathe", true)]
    [InlineData("What is melanoma? And my tongue is swollen", false)]
    public async Task An_emergency_leads_the_answer_with_what_to_do(string words, bool photo)
    {
        var answer = await TestRoom.Assistant().AskAsync(new Question("", words, photo ? [TestPhotos.Admitted()] : []));

        Assert.StartsWith("Urgency by rule: emergency", answer.Text);
        Assert.StartsWith("What to do where", answer.Claims[1].Text);
        Assert.Null(answer.Asks);
        Assert.Empty(answer.Removed);
    }

    [Fact]
    public async Task Names_among_a_report_are_not_looked_up()
    {
        var answer = await TestRoom.Assistant().AskAsync(new Question("", "My baby has blisters and peeling skin and sore mouth", []));

        Assert.DoesNotContain("look_up_condition", answer.Tools);
    }

    [Fact]
    public async Task Evidence_of_rules_nobody_reviewed_says_so()
    {
        var answer = await TestRoom.Assistant().AskAsync(new Question("", "I have hives and I collapsed", []));
        var rules = answer.Evidence.Where(e => e.Kind is EvidenceKind.Triage && (e.Data.ContainsKey("rule") || e.Data.ContainsKey("emergency"))).ToList();

        Assert.Equal(2, rules.Count);
        Assert.All(rules, rule => Assert.EndsWith("(not clinically reviewed)", rule.Text));
        Assert.All(rules, rule => Assert.False((bool)rule.Data["reviewed"]!));
        Assert.Contains("adrenaline auto-injector", answer.Text);
    }

    [Theory]
    [InlineData("How urgent is eczema herpeticum?", "The usual urgency of eczema herpeticum is emergency.")]
    [InlineData("what is eczema herpeticum", "The usual urgency of eczema herpeticum is emergency.")]
    [InlineData("what is shingles", "The usual urgency of herpes zoster is urgent.")]
    [InlineData("what is purpura fulminans", "The usual urgency of purpura fulminans is emergency.")]
    public async Task A_look_up_tells_the_usual_urgency_only(string question, string told)
    {
        var answer = await TestRoom.Assistant().AskAsync(new Question("", question, []));

        Assert.Contains(told, answer.Text);
        Assert.DoesNotContain("rgency by rule", answer.Text);
        Assert.DoesNotContain("reported", answer.Text);
    }

    [Theory]
    [InlineData("What is a blue-whitish veil?")]
    [InlineData("What does blue-whitish veil mean?")]
    [InlineData("which conditions have comedo and pustule?")]
    public async Task A_question_for_a_feature_is_no_report(string question)
    {
        var answer = await TestRoom.Assistant().AskAsync(new Question("", question, []));

        Assert.DoesNotContain(answer.Evidence, evidence => evidence.Kind is EvidenceKind.Triage);
        Assert.DoesNotContain("reported so far", answer.Text);
    }

    [Fact]
    public async Task A_photo_that_was_not_read_has_no_urgency()
    {
        var answer = await TestRoom.Assistant(gate => TestReadings.Make(gate, outside: "This photo is outside what the model knows.")).AskAsync(new Question("", "how soon should it be seen?", [TestPhotos.Admitted()]));

        Assert.DoesNotContain("routine", answer.Text);
        Assert.Contains("says nothing about the urgency", answer.Text);
        Assert.DoesNotContain("Without a photo", answer.Text);
    }
}
