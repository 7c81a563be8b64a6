namespace DermAssistant.Agent.Tests;

public sealed class DraftTests
{
    [Fact]
    public void A_draft_falls_into_sentences_with_their_markers()
    {
        var sentences = Draft.Read("First at 62.5%. [D1] Second, e.g. this [D2][C1, K3].\n\nThird!");

        Assert.Equal(["First at 62.5%.", "Second, e.g. this.", "Third!"], sentences.Select(s => s.Text));
        Assert.Equal(["D1"], sentences[0].Citations);
        Assert.Equal(["D2", "C1", "K3"], sentences[1].Citations);
        Assert.Empty(sentences[2].Citations);
        Assert.Equal([0, 0, 1], sentences.Select(s => s.Paragraph));
    }

    [Theory]
    [InlineData("Its name ends in .jpg . It differs [D1] .", "Its name ends in .jpg.", "It differs.")]
    [InlineData("There is no file ../photos/mole at all .", "There is no file ../photos/mole at all.")]
    public void Space_before_a_full_stop_goes_and_before_a_point_stays(string draft, params string[] sentences) =>
        Assert.Equal(sentences, Draft.Read(draft).Select(s => s.Text));

    [Fact]
    public void Lists_and_headings_become_sentences() =>
        Assert.Equal(["Melanoma, 21%", "Nevus, 62%"], Draft.Read("- **Melanoma**, 21% [D2]\n- Nevus, 62% [D1]").Select(s => s.Text));

    [Fact]
    public void A_text_of_several_sentences_is_cited_on_each()
    {
        var sentences = Draft.Read(Draft.Cite("One thing. Another thing.", ["P1"]));

        Assert.Equal(2, sentences.Count);
        Assert.All(sentences, sentence => Assert.Equal(["P1"], sentence.Citations));
    }

    [Theory]
    [InlineData("62%", 0.6217, true)]
    [InlineData("62 %", 0.6217, true)]
    [InlineData("62 per cent", 0.6217, true)]
    [InlineData("62.2%", 0.6217, true)]
    [InlineData("62.3%", 0.6217, false)]
    [InlineData("63%", 0.6217, false)]
    [InlineData("0.62", 0.6217, true)]
    [InlineData("0.63", 0.6217, false)]
    [InlineData("over 99%", 0.9971, true)]
    [InlineData("over 99%", 0.62, false)]
    [InlineData("under 1%", 0.0031, true)]
    [InlineData("under 1%", 0.02, false)]
    [InlineData("1", 0.62, false)]
    [InlineData("three", 3, true)]
    [InlineData("4", 3, false)]
    [InlineData("4,786", 4786, true)]
    [InlineData("-12.3", -12.34, true)]
    public void A_number_states_a_value_at_the_precision_it_is_written_with(string text, double value, bool states) =>
        Assert.Equal(states, Assert.Single(StatedNumber.In($"It is {text} here")).States(value));

    [Fact]
    public void Names_and_photo_numbers_are_no_figures()
    {
        Assert.Empty(StatedNumber.In("HAM10000 and ISIC_0024306 in photo 2"));
        Assert.Equal([1, 2], StatedNumber.PhotosIn("compare photos 1 and 2"));
    }
}
