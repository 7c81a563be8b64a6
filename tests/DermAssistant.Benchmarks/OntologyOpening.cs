using System.Diagnostics;
using System.Globalization;
using DermAssistant.Ontology;

namespace DermAssistant.Benchmarks;

/// <summary>What loading the ontology costs a fresh process, which is what a command waits for (goal: well under 100 ms).</summary>
/// <remarks>
/// Nearly all of it is the runtime's: loading types, compiling what was not compiled ahead, touching memory for the first time. A second
/// load takes a sixth.
/// </remarks>
internal static class OntologyOpening
{
    private const int Processes = 15;

    public static void Run()
    {
        var times = Enumerable.Range(0, Processes).Select(_ => double.Parse(FreshProcess.Output("ontology-once"), CultureInfo.InvariantCulture)).Order().ToList();
        Console.WriteLine($"first load in a process, ms: smallest {times[0]:0}, middle {times[Processes / 2]:0}, largest {times[^1]:0} of {Processes} ({CompiledAhead.Note(typeof(OntologyGraph).Assembly)})");
    }

    /// <summary>Loads it and prints the milliseconds.</summary>
    public static void RunOnce()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "ontology");
        var watch = Stopwatch.StartNew();
        OntologyGraph.Load(folder);
        Console.WriteLine(watch.Elapsed.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
    }
}
