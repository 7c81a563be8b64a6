using DermAssistant.Imaging;

namespace DermAssistant.Agent.Tests;

/// <summary>Words differ on brown and black skin: where the user says so, or the photo measures it.</summary>
public sealed class SkinToneTests
{
    private const string OnDarkSkin = "On brown and black skin redness can look violet";
    private static readonly SkinTones Tones = SkinTones.Load(TestRoom.Prompts, TestRoom.Ontology);

    [Theory]
    [InlineData("I have dark skin")]
    [InlineData("I have black skin. What is psoriasis?")]
    [InlineData("I've got very dark skin")]
    [InlineData("my skin is dark brown")]
    [InlineData("her skin is black")]
    [InlineData("The patient has brown skin.")]
    [InlineData("She has dark brown skin and a rash")]
    [InlineData("He is Black, what is erythema?")]
    [InlineData("a dark-skinned woman with a rash")]
    [InlineData("Black woman, 34, itchy rash")]
    [InlineData("Fitzpatrick V")]
    [InlineData("Fitzpatrick skin type VI")]
    [InlineData("phototype 6")]
    [InlineData("no fever, and I have dark skin")]
    [InlineData("I do not have a fever but I have black skin")]
    [InlineData("I have fair skin, but my son has dark skin")]
    public void Brown_and_black_skin_is_understood(string question) => Assert.Equal(SaidSkinTone.Dark, Tones.Said(question));

    [Theory]
    [InlineData("I have fair skin")]
    [InlineData("my skin is very light")]
    [InlineData("Fitzpatrick type II")]
    public void Light_skin_is_understood(string question) => Assert.Equal(SaidSkinTone.Light, Tones.Said(question));

    [Theory]
    [InlineData("I have a dark skin patch")]
    [InlineData("I have dark skin under my arms")]
    [InlineData("my skin is dark around the mole")]
    [InlineData("I have a brown skin tag")]
    [InlineData("my skin is not dark")]
    [InlineData("I don't have dark skin")]
    [InlineData("I do not have very dark skin")]
    [InlineData("a black spot on my back")]
    [InlineData("What is melanoma?")]
    [InlineData("What does eczema look like on dark skin?")]
    public void Other_dark_things_say_nothing_of_the_skin(string question) => Assert.Null(Tones.Said(question));

    [Theory]
    [InlineData("What does erythema look like on dark skin?")]
    [InlineData("What does redness look like on black skin?")]
    [InlineData("How does redness look on brown skin?")]
    public async Task How_redness_looks_on_dark_skin_is_answered_from_the_skin_tone_facts(string question)
    {
        var answer = await TestRoom.Assistant().AskAsync(new Question("", question, []));

        var claim = Assert.Single(answer.Claims, claim => claim.Text.StartsWith(OnDarkSkin, StringComparison.Ordinal));
        var evidence = answer.Evidence.Single(e => e.Id == Assert.Single(claim.Evidence));
        Assert.Equal(["jdd-pih", "gponline-skin", "rcp-clin-med"], evidence.Data["sources"]!.AsArray().Select(source => (string?)source));
        Assert.False((bool)evidence.Data["reviewed"]!);
        Assert.EndsWith("(not clinically reviewed)", evidence.Text);
        Assert.Contains("ask about warmth, swelling, pain and texture", answer.Text);
        Assert.Empty(answer.Removed);
    }

    [Fact]
    public async Task It_is_remembered_and_said_wherever_redness_is_spoken_of()
    {
        var answers = await TestRoom.AskAll(TestRoom.Assistant(), null, "I have dark skin. What is rosacea?", "What is a comedo?", "What is erysipelas?", "What is erythema?", "Actually I have fair skin. What is erythema?");

        Assert.Equal([true, false, true, true, false], answers.Select(answer => answer.Text.Contains(OnDarkSkin)));
        Assert.All(answers, answer => Assert.Empty(answer.Removed));
    }

    [Fact]
    public async Task Redness_that_the_user_reports_is_spoken_of_too()
    {
        var answer = await TestRoom.Assistant().AskAsync(new Question("", "I have dark skin and a hot, swollen, spreading red leg. How soon should I be seen?", []));

        Assert.Contains("urgency by rule: urgent", answer.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(OnDarkSkin, answer.Text);
    }

    [Fact]
    public async Task Without_a_word_of_it_nothing_is_added() =>
        Assert.DoesNotContain(OnDarkSkin, (await TestRoom.Assistant().AskAsync(new Question("", "What is rosacea?", []))).Text);

    [Fact]
    public async Task An_emergency_says_where_to_look_on_dark_skin_and_stays_an_emergency()
    {
        const string Report = "a purple rash that does not fade under a glass, fever and he is very ill";
        var plain = await TestRoom.Assistant().AskAsync(new Question("", "My son has " + Report + ". What should I do?", []));
        var dark = await TestRoom.Assistant().AskAsync(new Question("", "My son has dark skin, and " + Report + ". What should I do?", []));

        Assert.Contains("on brown and black skin: look at palms, soles, inner eyelids, roof of mouth, abdomen", dark.Text);
        Assert.Contains(OnDarkSkin, dark.Text);
        Assert.DoesNotContain("brown and black skin", plain.Text);
        Assert.StartsWith(plain.Text, dark.Text);
        Assert.Contains("emergency", dark.Text);
    }

    [Theory]
    [InlineData(-10, "brown", true)]
    [InlineData(-45, "dark", true)]
    [InlineData(50, "light", false)]
    public async Task A_photo_that_measures_dark_skin_says_so_with_its_angle(double angle, string tone, bool said)
    {
        var answer = (await TestRoom.AskAll(Measures(angle), TestPhotos.Admitted(), "What could this be?", "what do you see?"))[1];

        Assert.Contains("erythema", answer.Text);

        Assert.Equal(said, answer.Text.Contains($"of the class {tone}"));
        Assert.Equal(said, answer.Text.Contains(OnDarkSkin));
        if (!said) return;
        var claim = answer.Claims.Single(claim => claim.Text.Contains("of the class"));
        Assert.Contains("approximate", claim.Text);
        Assert.Contains(claim.Evidence, id => id.StartsWith('M'));
    }

    [Fact]
    public async Task What_the_user_says_goes_before_what_the_photo_measures()
    {
        var answer = await Measures(-10).AskAsync(new Question("", "I have fair skin. What could this be?", [TestPhotos.Admitted()]));

        Assert.DoesNotContain("brown and black skin", answer.Text);
    }

    private static Assistant Measures(double angle) => TestRoom.Assistant(gate => TestReadings.Make(
        gate, concepts: [("erythema", 0.8), ("symmetric", 0.7)], measurements: [new Measurement("skinIta", "Individual typology angle of the skin", angle, "degrees")]));
}
