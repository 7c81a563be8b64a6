using DermAssistant.Cases;
using DermAssistant.Diagnosis;
using DermAssistant.DermLip;
using DermAssistant.Imaging;
using DermAssistant.Ontology;
using DermAssistant.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace DermAssistant.Agent.Tests;

/// <summary>The agent over the real ontology and prompts, with made-up readings and cases.</summary>
internal static class TestRoom
{
    public static string Prompts { get; } = TestPaths.InRepository("prompts");

    public static OntologyGraph Ontology { get; } = OntologyGraph.Load(TestPaths.InRepository("ontology"));

    public static Phrasebook Phrases { get; } = Phrasebook.Load(Prompts);

    public static AgentRoom Make(Func<GateReport, Reading>? read = null, ICaseLibrary? cases = null, AgentOptions? options = null) => new(
        (options ?? new AgentOptions()) with { PromptsDirectory = Prompts },
        Ontology,
        (admitted, _) => (read ?? (gate => TestReadings.Make(gate)))(admitted.Report),
        () => new CaseSearch(cases ?? new TestCases(), TestPack(), Ontology),
        NullLogger.Instance);

    public static IConversationStore Memory() => new MemoryConversationStore(100, TimeSpan.FromHours(1));

    public static Assistant Assistant(Func<GateReport, Reading>? read = null, ICaseLibrary? cases = null, ChatModel? model = null, IConversationStore? store = null, AgentOptions? options = null) =>
        new(Make(read, cases, options), store ?? Memory(), model);

    /// <summary>Asks one question after the other in one conversation; the photo comes with the first.</summary>
    public static async Task<IReadOnlyList<Answer>> AskAll(IAssistant assistant, GateResult? photo, params string[] questions)
    {
        var answers = new List<Answer>();
        foreach (var question in questions)
            answers.Add(await assistant.AskAsync(new Question("talk", question, answers.Count == 0 && photo is not null ? [photo] : [])));
        return answers;
    }

    private static ModelPack TestPack() => new()
    {
        Directory = "", Manifest = new PackManifest(TestReadings.Pack, "1", "Test", "none", 3, 100, "image", "text"),
        Image = new NoEncoder(), Text = new NoEncoder(), Tokenizer = new NoEncoder(),
    };

    private sealed class NoEncoder : IImageEncoder, ITextEncoder, ITokenizer
    {
        public int Dimension => 3;

        public PreprocessConfig Preprocess => throw new NotSupportedException();

        public int PatchGrid => 0;

        public int ContextLength => 0;

        public void Encode(ReadOnlySpan<float> pixels, int count, Span<float> embeddings) => throw new NotSupportedException();

        public void EncodePatches(ReadOnlySpan<float> pixels, Span<float> embedding, Span<float> patches) => throw new NotSupportedException();

        public float[] Encode(IReadOnlyList<string> texts) => throw new NotSupportedException();

        public int[] Encode(string text) => throw new NotSupportedException();
    }
}
