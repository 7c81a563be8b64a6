namespace DermAssistant.Agent.Tests.Narration;

/// <summary>Which photos are meant, in a conversation of three; the last was spoken of last.</summary>
public sealed class PhotoReferencesTests
{
    private static readonly QuestionReader Reader = QuestionReader.Load(TestRoom.Prompts, TestRoom.Ontology);

    [Theory]
    [InlineData("what about photo 3", "3")]
    [InlineData("photo 1?", "1")]
    [InlineData("tell me about photo 1", "1")]
    [InlineData("What does picture two show?", "2")]
    [InlineData("is photo #2 melanoma?", "2")]
    [InlineData("photos 1 and 3, are they cancer?", "1 3")]
    [InlineData("What is in photos 1-3?", "1 2 3")]
    [InlineData("compare 1 and 3", "1 3")]
    [InlineData("and 2?", "2")]
    [InlineData("and the first?", "1")]
    [InlineData("the third?", "3")]
    [InlineData("the second one?", "2")]
    [InlineData("is the first one melanoma?", "1")]
    [InlineData("is the first melanoma?", "1")]
    [InlineData("how urgent is the first one?", "1")]
    [InlineData("is the second dangerous?", "2")]
    [InlineData("the first and the second", "1 2")]
    [InlineData("Are the first and second photos cancer?", "1 2")]
    [InlineData("the first two", "1 2")]
    [InlineData("are the last two malignant?", "2 3")]
    [InlineData("the last one?", "3")]
    [InlineData("and the previous one?", "2")]
    [InlineData("what about the others?", "1 2")]
    [InlineData("the 2nd mole", "2")]
    [InlineData("is either of them cancer?", "1 2 3")]
    [InlineData("is any of them malignant?", "1 2 3")]
    [InlineData("are all of them benign?", "1 2 3")]
    [InlineData("how soon must they be seen?", "1 2 3")]
    [InlineData("Are these dangerous?", "1 2 3")]
    [InlineData("compare all three", "1 2 3")]
    [InlineData("Which photo looks worse?", "1 2 3")]
    [InlineData("the first one, or both?", "1 2 3")]
    [InlineData("why?", "3")]
    [InlineData("is it cancer?", "3")]
    [InlineData("is it cancer at all?", "3")]
    [InlineData("What is the second most likely diagnosis?", "3")]
    [InlineData("Should I get a second opinion?", "3")]
    [InlineData("should I take a second photo?", "3")]
    [InlineData("it appeared in the first place on my back two weeks ago", "3")]
    [InlineData("I took the photo two weeks ago. What is it?", "3")]
    [InlineData("it has grown over the last two weeks, what is it?", "3")]
    public void The_photos_a_question_names_are_those_it_is_about(string question, string photos) =>
        Assert.Equal(photos, string.Join(' ', Meant(question).Numbers));

    [Theory]
    [InlineData("what about the fourth photo?", "4")]
    [InlineData("photo 7?", "7")]
    [InlineData("is the fifth one melanoma?", "5")]
    [InlineData("are all four photos benign?", "4")]
    public void A_photo_that_is_not_there_is_missing_and_no_other_stands_in_for_it(string question, string missing)
    {
        var meant = Meant(question);

        Assert.Equal(missing, string.Join(' ', meant.Missing));
        Assert.True(meant.Named);
        Assert.True(meant.Numbers.Count is 0 or 3);
    }

    [Theory]
    [InlineData("Should I wait?")]
    [InlineData("how soon must they be seen?")]
    [InlineData("Is it urgent?")]
    public void How_soon_is_a_question_about_all_photos(string question) => Assert.Equal([1, 2, 3], Meant(question).Urgent);

    [Fact]
    public void How_soon_the_first_must_be_seen_is_a_question_about_the_first() => Assert.Equal([1], Meant("how soon must the first one be seen?").Urgent);

    [Fact]
    public void The_first_of_several_sent_at_once_may_be_the_first_of_all_too()
    {
        var meaning = Reader.Read("is the first one melanoma?", hasPhoto: true, newPhoto: true, reportsSigns: false, severalPhotos: true);

        Assert.Equal([1, 2], MeantPhotos.Of(meaning, new(3, [1, 2, 3], [2, 3], [2, 3], [1])).Numbers);
    }

    private static MeantPhotos Meant(string question) => MeantPhotos.Of(
        Reader.Read(question, hasPhoto: true, newPhoto: false, reportsSigns: false, severalPhotos: true),
        new(3, [1, 2, 3], [], [], [3]));
}
