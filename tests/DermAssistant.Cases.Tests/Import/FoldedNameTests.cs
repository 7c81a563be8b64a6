namespace DermAssistant.Cases.Tests;

public class FoldedNameTests
{
    [Theory]
    [InlineData("\u00E9.jpg", "e\u0301.jpg")]
    [InlineData("\u011F\u015F\u00C7.jpg", "g\u0306s\u0327C\u0327.jpg")]
    [InlineData("a\u00A0b\u2019s.jpg", "a b's.jpg")]
    public void Names_that_differ_by_encoding_fold_to_one(string composed, string other) => Assert.Equal(FoldedName.Of(composed), FoldedName.Of(other));

    [Theory]
    [InlineData("皮肤.jpg")]
    [InlineData("ı.jpg")]
    [InlineData("plain name (1).JPG")]
    public void Names_without_such_letters_stay_as_they_are(string name) => Assert.Equal(name, FoldedName.Of(name));
}
