using BenchmarkDotNet.Attributes;
using DermAssistant.Ontology;
using DermAssistant.Tests;

namespace DermAssistant.Benchmarks;

/// <summary>Loading the ontology (goal: well under 100 ms) and asking it (goal: microseconds).</summary>
[MemoryDiagnoser]
public class OntologyBenchmarks
{
    private const string Question = "How do I tell a seborrhoeic keratosis from melanoma or a pigmented basal cell carcinoma, and is it urgent?";

    private static readonly string[] Observed = ["plaque", "scale", "well-defined", "erythema"];
    private readonly string _folder = TestPaths.InRepository("ontology");
    private OntologyGraph _graph = null!;
    private OntologyNode _melanoma = null!;
    private OntologyNode _nevus = null!;

    [GlobalSetup]
    public void Load()
    {
        _graph = OntologyGraph.Load(_folder);
        _melanoma = _graph.Find("Melanoma")!;
        _nevus = _graph.Find("Blue nevus")!;
    }

    [Benchmark]
    public OntologyGraph LoadEverything() => OntologyGraph.Load(_folder);

    [Benchmark]
    public OntologyNode? Find() => _graph.Find("Seborrhoeic keratoses");

    [Benchmark]
    public LabelMapping MapName() => _graph.Map("basal cell carcinoma");

    [Benchmark]
    public LabelMapping MapMisspelt() => _graph.Map("pitriasis versicolor");

    [Benchmark]
    public IReadOnlyList<LabelMapping> MapJoined() => _graph.MapAll("Ulcers, Erosion of skin, Hand, foot and mouth disease");

    [Benchmark]
    public IReadOnlyList<OntologyNode> SearchPrefix() => _graph.Search("basal c");

    [Benchmark]
    public IReadOnlyList<OntologyNode> SearchMisspelt() => _graph.Search("sebborheic");

    [Benchmark]
    public LabelMapping MapInverted() => _graph.Map("keratosis, seborrheic");

    [Benchmark]
    public IReadOnlyList<string> Path() => _melanoma.Path;

    [Benchmark]
    public IReadOnlyList<OntologyNode> Siblings() => _graph.Siblings(_melanoma);

    [Benchmark]
    public OntologyNode? CommonAncestor() => _graph.CommonAncestor(_melanoma, _nevus);

    [Benchmark]
    public int Distance() => _graph.Distance(_melanoma, _nevus);

    [Benchmark]
    public ConditionComparison Compare() => _graph.Compare(_melanoma, _nevus);

    [Benchmark]
    public IReadOnlyList<Mention> FindMentions() => _graph.FindMentions(Question);

    [Benchmark]
    public IReadOnlyList<ReportedSign> ReadSigns() => _graph.ReportedSigns.Read(Question);

    [Benchmark]
    public IReadOnlyList<RankedCondition> RankConditions() => _graph.RankConditions(Observed);
}
