using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using DermAssistant.Ontology;
using DermAssistant.Tests;

namespace DermAssistant.Benchmarks;

/// <summary>The first load in a fresh process, with everything still to be compiled: what a command waits for (goal: well under 100 ms).</summary>
[SimpleJob(RunStrategy.ColdStart, launchCount: 15, warmupCount: 0, iterationCount: 1, invocationCount: 1)]
public class OntologyColdLoadBenchmarks
{
    private readonly string _folder = TestPaths.InRepository("ontology");

    [Benchmark]
    public OntologyGraph FirstLoad() => OntologyGraph.Load(_folder);
}
