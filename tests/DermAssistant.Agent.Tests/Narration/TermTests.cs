using DermAssistant.Diagnosis;

namespace DermAssistant.Agent.Tests;

/// <summary>Questions after the meaning of a word: concepts, checklists, rules, and words that stand in names.</summary>
public sealed class TermTests
{
    [Theory]
    [InlineData("what is a plaque?", "Plaque: raised plateau-like lesion over 1 cm.")]
    [InlineData("What are comedones?", "Comedo: plugged follicle, open or closed.")]
    [InlineData("What is a blackhead?", "Comedo: plugged follicle, open or closed.")]
    [InlineData("define pigment network", "Pigment network: grid of brown lines; typical or atypical.")]
    [InlineData("What does lichenification mean?", "Lichenification: thick skin with exaggerated lines from rubbing.")]
    [InlineData("What is a milia-like cyst?", "Milia-like cyst: round white structures, seen in seborrheic keratosis.")]
    [InlineData("explain erythema", "Erythema: redness from vasodilation;")]
    public async Task A_concept_is_explained_from_its_definition(string question, string text)
    {
        var answer = await TestRoom.Assistant().AskAsync(new Question("", question, []));

        Assert.StartsWith(text, answer.Text);
        Assert.Equal(["explain_term"], answer.Tools);
        Assert.Empty(answer.Removed);
        Assert.All(answer.Claims, claim => Assert.NotEmpty(claim.Evidence));
        Assert.Contains("not clinically reviewed", answer.Text);
        Assert.Equal("project-draft-1", (string?)answer.Evidence[0].Data["source"]);
    }

    [Fact]
    public async Task A_concept_names_the_conditions_it_is_cardinal_for_first()
    {
        var answer = await TestRoom.Assistant().AskAsync(new Question("", "What is a comedo?", []));

        Assert.Contains("Comedo is listed for acne vulgaris", answer.Text);
    }

    [Theory]
    [InlineData("What is the ABCDE rule?", "ABCDE looks for asymmetry, irregular border, two or more colours, diameter over 6 mm and evolving.", "medcomic-abcde")]
    [InlineData("explain the abcde", "ABCDE looks for asymmetry", "medcomic-abcde")]
    [InlineData("What is the ABCDEF of the nail?", "ABCDEF of the nail looks for brown to black band", "pmc7001389")]
    [InlineData("What is the seven-point checklist?", "Weighted seven-point checklist looks for change in size (2 points)", "nice-ng12")]
    [InlineData("What is the dermoscopic seven-point checklist?", "Dermoscopic seven-point checklist looks for atypical pigment network (2 points)", "derm7pt")]
    [InlineData("What is the EFG rule?", "A growing firm raised lump, pigmented or not, should be seen", "heidi-efg")]
    public async Task A_checklist_is_explained_from_the_triage(string question, string text, string source)
    {
        var answer = await TestRoom.Assistant().AskAsync(new Question("", question, []));

        Assert.Contains(text, answer.Text);
        Assert.Empty(answer.Removed);
        var evidence = Assert.Single(answer.Evidence);
        Assert.Equal(EvidenceKind.Triage, evidence.Kind);
        Assert.Equal(source, (string?)evidence.Data["source"]);
    }

    [Theory]
    [InlineData("what is a birthmark?", "strawberry birthmarks (infantile hemangioma)", "port wine birthmark")]
    [InlineData("what are warts?", "common wart", "common wart")]
    [InlineData("what is a strawberry mark?", "infantile hemangioma", "infantile hemangioma")]
    [InlineData("what is skin cancer?", "malignant neoplasms", "malignant neoplasms")]
    [InlineData("what is a mole?", "melanocytic nevus", "melanocytic nevus")]
    public async Task A_lay_word_is_answered_with_what_goes_by_it(string question, string first, string second)
    {
        var answer = await TestRoom.Assistant().AskAsync(new Question("", question, []));

        Assert.Contains(first, answer.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(second, answer.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("outside", answer.Text);
        Assert.Empty(answer.Removed);
    }

    [Theory]
    [InlineData("what is the capital of France?")]
    [InlineData("what is the time?")]
    [InlineData("what is your name?")]
    public async Task Other_words_stay_outside(string question)
    {
        var answer = await TestRoom.Assistant().AskAsync(new Question("", question, []));

        Assert.DoesNotContain("explain_term", answer.Tools);
        Assert.Empty(answer.Evidence);
    }

    [Theory]
    [InlineData("What is parakeratosis?", "porokeratosis")]
    [InlineData("What is actinic keratitis?", "actinic keratosis")]
    public async Task Another_word_is_not_taken_for_a_misspelt_condition(string question, string other)
    {
        var answer = await TestRoom.Assistant().AskAsync(new Question("", question, []));

        Assert.DoesNotContain(other, answer.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task With_a_photo_the_word_is_explained_all_the_same()
    {
        var answer = (await TestRoom.AskAll(TestRoom.Assistant(), TestPhotos.Admitted(), "What could this be?", "what is a pigment network?"))[1];

        Assert.StartsWith("Pigment network:", answer.Text);
        Assert.Equal(["explain_term"], answer.Tools);
    }
}
