namespace DermAssistant.Cases.Tests;

/// <summary>Small libraries with known content.</summary>
internal static class TestCases
{
    public static readonly LibraryPack Pack = new("tiny", "1");

    public static readonly LibrarySource Source = new("Test", "CC0 1.0", "Nobody", "https://example.org/", 0);

    public static EmbeddedCase Case(string id, string diagnosis, float[] embedding, params (string Field, string Value)[] fields) => new(
        new CaseRecord(id, diagnosis, diagnosis[(diagnosis.LastIndexOf('/') + 1)..], $"Caption of {id}", "Test", $"https://example.org/{id}", "CC0 1.0", fields.ToDictionary(field => field.Field, field => field.Value)),
        Array.ConvertAll(embedding, number => (Half)number));

    public static EmbeddedCaseLibrary Write(string folder, IReadOnlyList<EmbeddedCase> cases, double nearDuplicate = 0.99)
    {
        LibraryWriter.Write(folder, Pack, cases.Count == 0 ? 2 : cases[0].Embedding.Length, cases, [Source], nearDuplicate);
        return EmbeddedCaseLibrary.Open(folder);
    }

    public static IReadOnlyList<EmbeddedCase> Random(int seed, int count, int dimension)
    {
        var random = new Random(seed);
        string[] diagnoses = ["a/b/c/melanoma", "a/b/c/nevus", "a/d/e/keratosis"];
        string[] sites = ["back", "face", "hand"];
        return
        [
            .. Enumerable.Range(0, count).Select(index => Case(
                $"case-{index:0000}", diagnoses[random.Next(3)], Direction(random, dimension),
                ("site", sites[random.Next(3)]), ("age", (5 * random.Next(18)).ToString()))),
        ];
    }

    public static float[] Direction(Random random, int dimension)
    {
        var numbers = new float[dimension];
        for (var i = 0; i < dimension; i++) numbers[i] = (float)(random.NextDouble() * 2 - 1);
        numbers[0] += 0.01f;
        return numbers;
    }
}
