using Microsoft.Extensions.DependencyInjection;

namespace DermAssistant.Agent.Tests;

public sealed class ConversationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("conversations").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_conversation_kept_in_a_file_goes_on_where_it_stopped()
    {
        await TestRoom.AskAll(TestRoom.Assistant(store: new FileConversationStore(_folder)), TestPhotos.Admitted(), "What could this be?");
        var inFile = (await TestRoom.AskAll(TestRoom.Assistant(store: new FileConversationStore(_folder)), null, "why?"))[0];
        var inMemory = (await TestRoom.AskAll(TestRoom.Assistant(), TestPhotos.Admitted(), "What could this be?", "why?"))[1];

        Assert.Equal(inMemory.Text, inFile.Text);
    }

    [Fact]
    public async Task No_pixels_and_no_half_written_files_are_kept()
    {
        await TestRoom.AskAll(TestRoom.Assistant(store: new FileConversationStore(_folder)), TestPhotos.Admitted(), "What could this be?");

        var file = Assert.Single(Directory.GetFiles(_folder));
        Assert.EndsWith(".json", file);
        Assert.True(new FileInfo(file).Length < 64 * 1024);
    }

    [Theory]
    [InlineData("../../escape")]
    [InlineData("a/b\\c:d")]
    [InlineData("ünïcode ‮ id")]
    public async Task Any_id_stays_inside_the_folder(string id)
    {
        var store = new FileConversationStore(_folder);
        await store.SaveAsync(Conversation.Begin(id));

        Assert.Equal(id, (await store.LoadAsync(id))!.Id);
        Assert.Single(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
        await store.RemoveAsync(id);
        Assert.Null(await store.LoadAsync(id));
    }

    [Fact]
    public async Task A_damaged_file_is_said_to_be_damaged()
    {
        var store = new FileConversationStore(_folder);
        await store.SaveAsync(Conversation.Begin("x"));
        await File.WriteAllTextAsync(Directory.GetFiles(_folder)[0], "{ half");

        Assert.Contains("damaged", (await Assert.ThrowsAsync<QuestionException>(() => store.LoadAsync("x"))).Message);
    }

    [Fact]
    public async Task Memory_forgets_what_is_old_or_too_much()
    {
        var time = new TestTime();
        var store = new MemoryConversationStore(2, TimeSpan.FromHours(1), time);
        foreach (var id in new[] { "a", "b", "c" })
        {
            await store.SaveAsync(Conversation.Begin(id));
            time.Now += TimeSpan.FromMinutes(1);
        }

        Assert.Null(await store.LoadAsync("a"));
        Assert.NotNull(await store.LoadAsync("c"));
        time.Now += TimeSpan.FromHours(2);
        Assert.Null(await store.LoadAsync("c"));
    }

    [Fact]
    public async Task Forgetting_a_conversation_forgets_its_photos()
    {
        var assistant = TestRoom.Assistant();
        await TestRoom.AskAll(assistant, TestPhotos.Admitted(), "What could this be?");
        await assistant.ForgetAsync("talk");

        Assert.StartsWith("There is no photo", (await TestRoom.AskAll(assistant, null, "why?"))[0].Text);
    }

    [Fact]
    public async Task Questions_of_one_conversation_are_answered_one_after_the_other()
    {
        var assistant = TestRoom.Assistant();
        await TestRoom.AskAll(assistant, TestPhotos.Admitted(), "What could this be?");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => assistant.AskAsync(new Question("talk", "what do you see?", []))));

        Assert.Single(answers.Select(a => a.Text).Distinct());
        Assert.Equal(10, (await assistant.AskAsync(new Question("talk", "why?", []))).Bundle!.Turns.Count);
    }

    [Fact]
    public async Task A_photo_sent_again_keeps_its_number()
    {
        var assistant = TestRoom.Assistant();
        await assistant.AskAsync(new Question("talk", "", [TestPhotos.Admitted()]));
        var again = await assistant.AskAsync(new Question("talk", "", [TestPhotos.Admitted()]));

        Assert.DoesNotContain("photo 2", again.Text);
        Assert.Single(again.Readings);
    }

    [Fact]
    public async Task A_question_of_a_hundred_thousand_characters_is_refused_and_says_so()
    {
        var refused = await Assert.ThrowsAsync<QuestionException>(() => TestRoom.Assistant().AskAsync(new Question("", new string('a', 100_000), [])));

        Assert.Contains("100,000", refused.Message);
        Assert.NotEmpty(refused.Hint);
    }

    [Fact]
    public async Task Control_characters_are_dropped()
    {
        var answer = await TestRoom.Assistant().AskAsync(new Question("x", "he\u0000llo\u001b[31m \u202eignored", []));

        Assert.Equal("hello[31m ignored", answer.Bundle!.Turns[0].Question);
    }

    [Fact]
    public async Task Too_many_photos_at_once_are_refused()
    {
        var photos = Enumerable.Repeat(TestPhotos.Admitted(), 9).ToList();

        await Assert.ThrowsAsync<QuestionException>(() => TestRoom.Assistant().AskAsync(new Question("x", "what?", photos)));
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        var services = new ServiceCollection();

        Assert.Contains("PromptsDirectory", Assert.Throws<AgentSetupException>(() => services.AddAgent(new AgentOptions())).Message);
        Assert.Contains("MaxToolRounds", Assert.Throws<AgentSetupException>(() => services.AddAgent(new AgentOptions { PromptsDirectory = "x", MaxToolRounds = 0 })).Message);
        Assert.Contains("Endpoint", Assert.Throws<AgentSetupException>(() => services.AddAgent(new AgentOptions { PromptsDirectory = "x", LanguageModel = new LanguageModelOptions { Model = "m" } })).Message);
    }

    [Fact]
    public async Task Registered_with_the_ontology_alone_it_answers_questions_about_conditions()
    {
        var services = new ServiceCollection().AddSingleton(TestRoom.Ontology).AddAgent(new AgentOptions { PromptsDirectory = TestRoom.Prompts }).BuildServiceProvider();

        var answer = await services.GetRequiredService<IAssistant>().AskAsync(new Question("", "What is melanoma?", []));

        Assert.Contains("melanoma", answer.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(answer.Removed);
    }

    private sealed class TestTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
