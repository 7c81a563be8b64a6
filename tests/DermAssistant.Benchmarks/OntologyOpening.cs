using System.Diagnostics;
using System.Globalization;
using DermAssistant.Ontology;

namespace DermAssistant.Benchmarks;

/// <summary>What loading the ontology costs a fresh process, which is what a command waits for (goal: well under 100 ms).</summary>
/// <remarks>
/// Most of it is compiling: compare <c>dotnet run</c> with a program published for its system, which is compiled ahead as <c>derm</c> is
/// when installed.
/// </remarks>
internal static class OntologyOpening
{
    private const int Processes = 15;

    public static void Run()
    {
        var times = Enumerable.Range(0, Processes).Select(_ => double.Parse(FreshProcess.Output("ontology-once"), CultureInfo.InvariantCulture)).Order().ToList();
        Console.WriteLine($"first load in a process, ms: smallest {times[0]:0}, middle {times[Processes / 2]:0}, largest {times[^1]:0} of {Processes}");
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
