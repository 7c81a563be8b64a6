using FsCheck.Xunit;

namespace DermAssistant.DermLip.Tests;

public sealed class UnicodeFormsTests
{
    [Theory]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("a\u0323\u0302", "\u1EAD")] // two marks on one letter
    [InlineData("a\u0302\u0323", "\u1EAD")] // in the other order
    [InlineData("\u1112\u1161\u11AB", "\uD55C")] // Hangul
    [InlineData("\u2126", "\u03A9")] // a singleton
    [InlineData("\u0958", "\u0915\u093C")] // never composed
    [InlineData("e\u0301\u0301", "\u00E9\u0301")]
    [InlineData("a\u0300b", "\u00E0b")]
    public void Text_is_composed(string text, string composed) => Assert.Equal(composed, UnicodeForms.Compose(text));

    [Theory]
    [InlineData("\u00E9", "e\u0301")]
    [InlineData("\u1EAD", "a\u0323\u0302")]
    [InlineData("\uD55C", "\u1112\u1161\u11AB")]
    public void Text_is_decomposed(string text, string decomposed) => Assert.Equal(decomposed, UnicodeForms.Decompose(text));

    [Property]
    public bool Composing_twice_changes_nothing(string? text)
    {
        var once = UnicodeForms.Compose(text ?? "");
        return UnicodeForms.Compose(once) == once && UnicodeForms.Compose(UnicodeForms.Decompose(once)) == once;
    }

    [Property]
    public bool Cleaning_never_fails_and_leaves_no_control_characters(string? text)
    {
        var clean = TextCleaning.Clean(text ?? "");
        return !clean.Contains('\n') && !clean.StartsWith(' ') && !clean.EndsWith(' ');
    }
}
