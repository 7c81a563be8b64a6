using DermAssistant.Agent;
using DermAssistant.Channels.Rendering;

namespace DermAssistant.Channels.Tests;

public sealed class CitedTextTests
{
    private static readonly Claim[] Claims =
    [
        new("It is most probably a nevus.", ["D1"]),
        new("Hello.", []),
        new("Three cases agree.", ["K2", "D1", "K1"]) { Paragraph = 1 },
    ];

    [Fact]
    public void Sentences_carry_the_numbers_of_their_evidence_in_order_of_first_appearance()
    {
        var text = CitedText.Of(Claims);

        Assert.Equal("It is most probably a nevus. [1] Hello.\n\nThree cases agree. [1][2][3]", text.Text);
        Assert.Equal(["D1", "K2", "K1"], text.Cited);
    }

    [Fact]
    public void A_text_in_writing_is_the_beginning_of_the_finished_one()
    {
        var finished = CitedText.Of(Claims).Text;

        for (var written = 1; written <= Claims.Length; written++)
            Assert.StartsWith(CitedText.Of(Claims[..written]).Text, finished, StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_beyond_what_a_channel_shows_is_not_cited()
    {
        var text = CitedText.Of(Claims, most: 2);

        Assert.Equal(["D1", "K2"], text.Cited);
        Assert.EndsWith("Three cases agree. [1][2]", text.Text, StringComparison.Ordinal);
    }
}
