using DermAssistant.Ontology;
using FsCheck.Xunit;
using Spectre.Console;

namespace DermAssistant.Cli.Tests;

public sealed class ScreenTextTests
{
    [Fact]
    public void A_file_name_cannot_steer_the_terminal()
    {
        var safe = ScreenText.Safe("a\u001b[2Jb\u0007\u202Egpj.exe");

        Assert.Equal("a\uFFFD[2Jb\uFFFD\uFFFDgpj.exe", safe);
    }

    [Property]
    public bool Any_text_is_valid_markup_and_shows_itself(string? text)
    {
        // Not on its own: Spectre's Remove makes nothing of a text that is all blanks.
        var escaped = "." + ScreenText.Escaped(text ?? "");

        return Markup.Remove(escaped) == "." + ScreenText.Safe(text ?? "");
    }

    [Theory]
    [InlineData(0, "0 %")]
    [InlineData(0.001, "<1 %")]
    [InlineData(0.126, "13 %")]
    [InlineData(0.999, ">99 %")]
    [InlineData(1, "100 %")]
    public void A_probability_is_never_rounded_to_certainty(double probability, string shown) =>
        Assert.Equal(shown, ScreenText.Percent(probability));

    [Fact]
    public void Names_of_the_code_are_shown_as_words() => Assert.Equal("self care", ScreenText.Words(Urgency.SelfCare));
}
