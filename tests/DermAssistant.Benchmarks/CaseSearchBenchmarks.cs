using BenchmarkDotNet.Attributes;
using DermAssistant.Cases;

namespace DermAssistant.Benchmarks;

/// <summary>Opening a case library and finding the nearest cases, at the size of the shipped library and at that of a large one.</summary>
[MemoryDiagnoser]
public class CaseSearchBenchmarks
{
    private static readonly string[] Diagnoses = ["skin/melanocytic/nevus", "skin/melanocytic/melanoma", "skin/epidermal/keratosis", "skin/epidermal/carcinoma"];

    private string _folder = "";
    private EmbeddedCaseLibrary _library = null!;
    private CaseQuery _nearest = null!;
    private CaseQuery _filtered = null!;

    /// <summary>Cases and numbers an embedding: the shipped library, and one of a large data set and encoder.</summary>
    [Params("4786 x 128", "100000 x 512")]
    public string Size { get; set; } = "";

    [GlobalSetup]
    public void Write()
    {
        var size = Size.Split(" x ").Select(int.Parse).ToArray();
        var random = new Random(1);
        var cases = Enumerable.Range(0, size[0]).Select(index => Case(random, index, size[1])).ToList();
        _folder = Directory.CreateTempSubdirectory("derm-benchmark-").FullName;
        LibraryWriter.Write(_folder, new LibraryPack("none", "1"), size[1], cases, [new LibrarySource("Made up", "CC0 1.0", "", "", 0)], 0.99);
        _library = EmbeddedCaseLibrary.Open(_folder);
        var query = Array.ConvertAll(cases[size[0] / 2].Embedding, number => (float)number);
        _nearest = new CaseQuery(query, 5);
        _filtered = new CaseQuery(query, 5, [new CaseFilter("diagnosis", "nevus", Negated: true), new CaseFilter("age", "50-69")]);
    }

    [GlobalCleanup]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Benchmark]
    public int Open() => EmbeddedCaseLibrary.Open(_folder).Cases.Count;

    [Benchmark]
    public Task<IReadOnlyList<CaseMatch>> Nearest() => _library.SearchAsync(_nearest);

    [Benchmark]
    public Task<IReadOnlyList<CaseMatch>> NearestOfOthersInAnAgeBand() => _library.SearchAsync(_filtered);

    private static EmbeddedCase Case(Random random, int index, int dimension)
    {
        var diagnosis = Diagnoses[random.Next(Diagnoses.Length)];
        var fields = new Dictionary<string, string> { ["site"] = "back", ["sex"] = index % 2 == 0 ? "male" : "female", ["age"] = (5 * random.Next(18)).ToString(), ["lesion"] = $"L{index}" };
        var record = new CaseRecord(
            $"CASE_{index:0000000}", diagnosis, diagnosis[(diagnosis.LastIndexOf('/') + 1)..],
            "Dermoscopic photo of a lesion on the back of a person, with as many words about colours and borders as a real caption has.",
            "Made up", $"https://example.org/{index}", "CC0 1.0", fields);
        return new EmbeddedCase(record, [.. Enumerable.Range(0, dimension).Select(_ => (Half)(random.NextDouble() - 0.5))]);
    }
}
