using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DermAssistant.Agent;
using DermAssistant.Channels.Activities;
using DermAssistant.Channels.Teams;
using DermAssistant.Channels.Tests.BotConnector;
using DermAssistant.Diagnosis;
using FsCheck.Xunit;

namespace DermAssistant.Channels.Tests.Teams;

public sealed partial class TeamsMessageTests
{
    [Fact]
    public void Every_number_in_the_text_has_its_citation_and_every_citation_its_number()
    {
        var (message, _) = TeamsMessage.Of(Answers.AboutPhoto());

        var inText = Marks().Matches(message.Text!).Select(mark => int.Parse(mark.Groups[1].Value)).Distinct().Order();
        var cited = Citations(message).Select(citation => (int)citation["position"]!).Order();
        Assert.Equal(inText, cited);
        Assert.Equal("D1 · Differential: Melanoma", (string?)Citations(message)[0]["appearance"]!["name"]);
    }

    [Fact]
    public void A_case_is_cited_with_its_address_and_licence_and_other_evidence_opens_in_full()
    {
        var (message, _) = TeamsMessage.Of(Answers.AboutPhoto());
        var appearances = Citations(message).Select(citation => citation["appearance"]!).ToList();

        var library = appearances.Single(a => ((string?)a["name"])!.StartsWith("K1", StringComparison.Ordinal));
        Assert.Equal("https://api.isic-archive.com/api/v2/images/ISIC_0000001/", (string?)library["url"]);
        Assert.Contains("CC BY-NC 4.0", library["keywords"]!.AsArray().Select(word => (string?)word));
        var concept = appearances.Single(a => ((string?)a["name"])!.StartsWith("C1", StringComparison.Ordinal));
        Assert.Equal("application/vnd.microsoft.card.adaptive", (string?)concept["encodingFormat"]);
        Assert.Empty(AdaptiveCardRules.FaultsOf(JsonNode.Parse((string)concept["text"]!)!.AsObject()));
    }

    [Fact]
    public void An_answer_with_much_evidence_cites_twenty_of_it_and_always_the_urgency()
    {
        var evidence = Enumerable.Range(1, 60).Select(i => new Evidence($"C{i}", EvidenceKind.Concept, new string('x', 400), new JsonObject { ["name"] = new string('n', 200) })).ToList();
        evidence.AddRange(Enumerable.Range(1, 5).Select(i => new Evidence($"T{i}", EvidenceKind.Triage, "Urgency by rule: soon.", [])));
        var claims = evidence.Select(e => new Claim("A sentence.", [e.Id])).ToList();

        var (message, _) = TeamsMessage.Of(new TurnAnswered("a", Answers.Of(claims, [], evidence), []));

        var citations = Citations(message);
        Assert.Equal(20, citations.Count);
        Assert.All(citations, citation =>
        {
            Assert.InRange(((string)citation["appearance"]!["name"]!).Length, 1, 80);
            Assert.InRange(((string)citation["appearance"]!["abstract"]!).Length, 1, 160);
        });
        Assert.DoesNotContain("[21]", message.Text, StringComparison.Ordinal);
        Assert.Contains("[20]", message.Text, StringComparison.Ordinal);
        Assert.Equal(["T1 · Urgency rule", "T2 · Urgency rule", "T3 · Urgency rule"], citations.TakeLast(3).Select(citation => (string?)citation["appearance"]!["name"]));
    }

    [Fact]
    public void There_is_one_root_entity_with_the_AI_label_and_a_feedback_loop()
    {
        var (message, _) = TeamsMessage.Of(Answers.AboutPhoto());

        var root = Assert.Single(message.Entities!);
        Assert.Equal("https://schema.org/Message", (string?)root["type"]);
        Assert.Equal("AIGeneratedContent", (string?)root["additionalType"]![0]);
        Assert.Equal("default", (string?)message.ChannelData!["feedbackLoop"]!["type"]);
    }

    [Fact]
    public void At_most_three_things_to_say_are_offered_on_the_card_or_beside_the_text_but_never_both()
    {
        var (withCard, _) = TeamsMessage.Of(Answers.AboutPhoto());
        Assert.Null(withCard.SuggestedActions);
        var buttons = Card(withCard)["actions"]!.AsArray().Where(action => (string?)action!["type"] == "Action.Submit").ToList();
        Assert.Equal(3, buttons.Count);
        Assert.All(buttons, button => Assert.Equal((string?)button!["title"], (string?)button["data"]!["msteams"]!["value"]));

        var words = Answers.Text("a", "Words.");
        var (bare, _) = TeamsMessage.Of(words with { Answer = words.Answer with { Asks = "Does it bleed?", Suggestions = ["One?", "Two?", "Three?", "Four?"] } });
        Assert.Null(bare.Attachments);
        Assert.EndsWith("\n\nDoes it bleed?", bare.Text, StringComparison.Ordinal);
        Assert.Equal(["Yes", "No", "One?"], bare.SuggestedActions!.Actions.Select(action => (string?)action.Value));
    }

    [Fact]
    public void The_card_says_the_differential_the_urgency_and_the_cases_in_words()
    {
        var card = Card(TeamsMessage.Of(Answers.AboutPhoto()).Message);

        Assert.Empty(AdaptiveCardRules.FaultsOf(card));
        Assert.Equal("Photo 1: Melanoma 64%; urgency: soon.", (string?)card["fallbackText"]);
        var words = AdaptiveCardRules.WordsOf(card);
        Assert.Contains("Melanoma", words);
        Assert.Contains("64%", words);
        Assert.Contains("Urgency by rule: soon. Be seen within 2 weeks.", words);
        Assert.Contains(words, line => line.StartsWith("[ISIC_0000001](https://api.isic-archive.com/", StringComparison.Ordinal) && line.Contains("CC BY-NC 4.0", StringComparison.Ordinal));
        // Below one percent nothing is shown but the leading one.
        Assert.DoesNotContain("Dermatofibroma", words);
    }

    [Fact]
    public void A_photo_outside_the_models_knowledge_has_no_bars()
    {
        var answered = Answers.AboutPhoto();
        var outside = answered.Answer.Readings[0] with { Differential = [], PredictionSet = null, OutsideKnowledge = "This is no photo of skin." };

        var card = Card(TeamsMessage.Of(answered with { Answer = answered.Answer with { Readings = [outside] } }).Message);

        Assert.Contains("This is no photo of skin.", AdaptiveCardRules.WordsOf(card));
        Assert.DoesNotContain(AdaptiveCardRules.WordsOf(card), line => line.EndsWith('%'));
    }

    [Fact]
    public void A_file_name_becomes_neither_link_nor_markup()
    {
        var name = "[click](https://evil.example) **x** <b>_a_</b> `c`.jpg";
        var answered = Answers.AboutPhoto(file: name);
        var claim = new Claim($"The file {name} could not be used.", []);

        var (message, _) = TeamsMessage.Of(answered with { Answer = answered.Answer with { Claims = [claim] } });

        Assert.Contains(@"\[click\](https://evil.example) \*\*x\*\* &lt;b&gt;\_a\_&lt;/b&gt; \`c\`.jpg", message.Text, StringComparison.Ordinal);
        Assert.Contains(AdaptiveCardRules.WordsOf(Card(message)), line => line.Contains(@"\[click\]", StringComparison.Ordinal));
    }

    [Property]
    public bool Text_only_grows_while_it_is_written(string?[] sentences, byte many)
    {
        var claims = (sentences ?? []).Select((sentence, i) => new Claim($"x{sentence}", [$"D{i % 30}"]) { Paragraph = i / 3 }).ToList();
        var part = TeamsMessage.Text(claims.Take(claims.Count == 0 ? 0 : many % claims.Count).ToList()).Text;
        return TeamsMessage.Text(claims).Text.StartsWith(part, StringComparison.Ordinal);
    }

    [Property(MaxTest = 20)]
    public bool No_message_is_larger_than_Teams_takes(ushort sentences, byte photos)
    {
        var answered = Answers.AboutPhoto(cases: 200);
        var reading = answered.Answer.Readings[0];
        var count = photos % 8;
        var big = answered with
        {
            Photos = [.. Enumerable.Range(1, count).Select(i => new AnswerPhoto(i, "mole.jpg", "00"))],
            Answer = answered.Answer with
            {
                Claims = [.. Enumerable.Range(0, sentences % 1500).Select(i => new Claim(new string('ä', 100), [$"K{i % 200 + 1}"]))],
                Readings = [.. Enumerable.Repeat(reading with { Concepts = [.. Enumerable.Repeat(reading.Concepts[0], 200)] }, count)],
            },
        };

        return ActivityJson.WriteText(TeamsMessage.Of(big).Message).Length * 2 <= TeamsMessage.MaxBytes;
    }

    [Theory]
    [InlineData(0, "0%")]
    [InlineData(0.004, "<1%")]
    [InlineData(0.64, "64%")]
    [InlineData(0.999, ">99%")]
    [InlineData(1, "100%")]
    public void Shares_are_never_rounded_to_nothing_or_all(double share, string text) => Assert.Equal(text, TeamsText.Percent(share));

    [Property]
    public bool Cut_text_keeps_to_its_limit(string? text) => TeamsText.Cut(text ?? "", 10).Length <= 10;

    private static List<JsonObject> Citations(Activity message) => [.. message.Entities![0]["citation"]!.AsArray().Select(citation => citation!.AsObject())];

    private static JsonObject Card(Activity message) => message.Attachments![0].Content!.AsObject();

    [GeneratedRegex(@"(?<!\\)\[(\d+)\]")]
    private static partial Regex Marks();
}
