namespace DermAssistant.Agent.Tests.Narration;

public sealed class EnglishOnlyTests
{
    private static readonly EnglishOnly English = TestRoom.Make().English;

    [Theory]
    [InlineData("Qu'est-ce que c'est ? Ça saigne et ça grandit")]
    [InlineData("Mein Muttermal blutet und wächst")]
    [InlineData("Was ist das?")]
    [InlineData("What is this? Es blutet seit zwei Wochen.")]
    [InlineData("¿Qué es esto? Sangra y crece")]
    [InlineData("Cos'è questo? Sanguina e cresce")]
    [InlineData("O que é isto? Está a sangrar")]
    [InlineData("Wat is dit? Het bloedt en groeit")]
    [InlineData("Vad är det här? Det blöder")]
    [InlineData("Co to jest? Krwawi i rośnie")]
    [InlineData("Что это? Оно кровоточит")]
    [InlineData("これは何ですか 血が出ます")]
    public void Another_language_is_noticed(string message) => Assert.True(English.Misses(message));

    [Theory]
    [InlineData("What could this be, and why?")]
    [InlineData("hi")]
    [InlineData("")]
    [InlineData("It has been bleeding and growing for two weeks, is it urgent?")]
    [InlineData("Whta cuold this be and wy? It is blleding and itchng")]
    [InlineData("54M farmer, enlarging crusted papule L forearm x3mo, bleeds on contact, ?SCC ?BCC")]
    [InlineData("Dr Müller of Zürich thinks it is a naevus flammeus; could it be lichen planus pemphigoides?")]
    [InlineData("Itchy scaly plaques on both elbows and the scalp, Fitzpatrick IV")]
    [InlineData("café-au-lait spots?")]
    [InlineData("Is it acral lentiginous melanoma or Spitz nevus vs dysplastic nevus?")]
    [InlineData("Compare melanoma vs SK vs bcc")]
    [InlineData("photo 1?")]
    [InlineData("asdf qwer zxcv")]
    [InlineData("Patient denies trauma; topical mometasone and clobetasol tried without response")]
    [InlineData("Jean-Pierre's mole: ulcerated? Maria Garcia says hers looks alike")]
    public void English_is_not_taken_for_another_language(string message) => Assert.False(English.Misses(message));

    [Theory]
    [MemberData(nameof(EveryPhrase))]
    public void What_signs_are_recognised_by_is_English(string phrase) => Assert.False(English.Misses(phrase));

    public static TheoryData<string> EveryPhrase => [.. TestRoom.Ontology.Triage.Signs.Select(sign => string.Join(", ", sign.Phrases.Take(6))).Distinct()];

    [Fact]
    public async Task What_was_said_in_another_language_is_said_not_to_count()
    {
        var answer = await TestRoom.Assistant().AskAsync(new Question("talk", "Qu'est-ce que c'est ? Ça saigne et ça grandit", [TestPhotos.Admitted()]));
        var bare = await TestRoom.Assistant().AskAsync(new Question("talk", "Mein Muttermal blutet und wächst", []));

        Assert.StartsWith("I read English only, so what this message says in another language was not taken into account", answer.Text);
        Assert.Contains("most probable diagnosis", answer.Text);
        Assert.Contains("Please say it in English", bare.Text);
        Assert.DoesNotContain("outside what I can answer", bare.Text);
        Assert.Empty(answer.Removed.Concat(bare.Removed));
    }
}
