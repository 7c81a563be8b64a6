using System.Diagnostics;
using DermAssistant.DermLip;
using DermAssistant.DermLip.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace DermAssistant.Benchmarks;

/// <summary>One table of what a pack of the size of DermLIP_PanDerm-base-w-PubMed-256 costs, float32 beside int8, with synthetic weights.</summary>
/// <remarks>
/// They take turns, so that what else the machine does falls on all; smallest and middle times are shown. Encoders run as the product
/// runs them. Built with <c>-p:Training=true</c> and run by scripts/with-torch, PyTorch's operators (libtorch with MKL) take their turn too.
/// For the scale, on two cores of an Emerald Rapids at 2.3 GHz PyTorch 1.13 took 152 to 154 ms for an image alone, 137 to 161 ms in a
/// batch of 16, and 44 ms for a caption of 12 tokens.
/// </remarks>
internal static class EncoderTable
{
    public const int Batch = 16;

#if TORCH
    private const string NotMeasured = "";
#else
    private const string NotMeasured = "not built in";
#endif

    private const int PixelCount = 3 * 224 * 224;
    private const int Rounds = 15;
    private const int BatchRounds = 5;
    private const int Openings = 3;

    /// <summary>As many tokens as a caption of about eight words has.</summary>
    public static readonly long[] ShortCaption = [2, 623, 624, 43, 612, 618, 57, 106, 674, 211, 212, 3];

    public static readonly float[] Pixels = SyntheticWeights.Input("benchmark", Batch * PixelCount, 2);

    /// <param name="kept">Where the packs are made and stay; a temporary folder that goes where null.</param>
    public static void Run(string? kept)
    {
        var folder = kept ?? Directory.CreateTempSubdirectory("derm-benchmark-").FullName;
        try
        {
            var (exact, rough) = Packs(folder);
            Console.WriteLine($"{Environment.ProcessorCount} processors, load before measuring {File.ReadAllText("/proc/loadavg").Split(' ')[0]} (a quiet machine is well below 1)");
            var openings = (Exact: PackOpening.InFreshProcess(exact, Openings), Rough: PackOpening.InFreshProcess(rough, Openings));
            using var float32 = LoadedPack.Open(exact, new EncoderOptions(), NullLogger.Instance);
            using var int8 = LoadedPack.Open(rough, new EncoderOptions(), NullLogger.Instance);
            Console.WriteLine();
            Console.WriteLine($"{"",-34}{"float32",18}{"int8",18}{"PyTorch",18}{"float32/int8",14}{"PyTorch/float32",17}");
            Times("image, among the first 24, ms", Rounds, 1, () => Image(float32, 1), () => Image(int8, 1));
            int8.Image.Hasten();
#if TORCH
            using var torch = new TorchTransformer(Pixels, Batch);
            Times("image, batch 1, ms", Rounds, 1, () => Image(float32, 1), () => Image(int8, 1), () => torch.Image(1));
            Times("image, batch 16, ms an image", BatchRounds, Batch, () => Image(float32, Batch), () => Image(int8, Batch), () => torch.Image(Batch));
            Times("caption of 12 tokens, ms", Rounds, 1, () => Caption(float32), () => Caption(int8), () => torch.Caption(ShortCaption.Length));
#else
            Times("image, batch 1, ms", Rounds, 1, () => Image(float32, 1), () => Image(int8, 1));
            Times("image, batch 16, ms an image", BatchRounds, Batch, () => Image(float32, Batch), () => Image(int8, Batch));
            Times("caption of 12 tokens, ms", Rounds, 1, () => Caption(float32), () => Caption(int8));
#endif
            Row("both encoders open, ms", openings.Exact.SessionsMs, openings.Rough.SessionsMs);
            Row("ready, golden vectors passed, ms", openings.Exact.ReadyMs, openings.Rough.ReadyMs);
            Console.WriteLine($"  ({CompiledAhead.Note(typeof(LoadedPack).Assembly)})");
            Row("memory of its own, MB", openings.Exact.PrivateMb, openings.Rough.PrivateMb);
            Row("mapped file pages, MB", openings.Exact.MappedMb, openings.Rough.MappedMb);
            Row("pack on disk, MB", Size(exact), Size(rough));
            Console.WriteLine();
            Console.WriteLine("times: smallest / middle; ratios: of the middle ones");
            Console.WriteLine("wanted: float32 faster than PyTorch, int8 at least 2.3 times as fast as float32, a caption within 40 ms, ready within 500 ms");
        }
        finally
        {
            if (kept is null) Directory.Delete(folder, recursive: true);
        }
    }

    private static (string Exact, string Rough) Packs(string folder)
    {
        string exact = Path.Combine(folder, "exact"), rough = Path.Combine(folder, "int8");
        Console.WriteLine($"making the packs in {folder}");
        if (!Directory.Exists(exact)) PackBuilder.Build(FullSizeModel.PanDerm(), exact);
        if (!Directory.Exists(rough)) QuantizedPackBuilder.Build(exact, rough, "int8", Pixels[..(2 * PixelCount)]);
        return (exact, rough);
    }

    private static void Image(LoadedPack pack, int count) => pack.Image.Encode(Pixels.AsSpan(0, count * PixelCount), count, new float[count * 512]);

    private static void Caption(LoadedPack pack) => pack.Text.EncodeTokens([ShortCaption]);

    /// <summary>Lets the programs take turns and prints a line; the last, where there are three, is PyTorch.</summary>
    private static void Times(string what, int rounds, int count, params Action[] programs)
    {
        foreach (var program in programs) program();
        var times = Array.ConvertAll(programs, _ => new double[rounds]);
        for (var round = 0; round < rounds; round++)
            for (var i = 0; i < programs.Length; i++) times[i][round] = Milliseconds(programs[i]) / count;
        foreach (var each in times) Array.Sort(each);

        double Middle(int program) => times[program][rounds / 2];
        string Cell(int program) => program < times.Length ? $"{times[program][0]:0.0} / {Middle(program):0.0}" : NotMeasured;
        var ahead = times.Length > 2 ? $"{Middle(2) / Middle(0):0.00}" : "";
        Console.WriteLine($"{what,-34}{Cell(0),18}{Cell(1),18}{Cell(2),18}{Middle(0) / Middle(1),14:0.00}{ahead,17}");
    }

    private static double Milliseconds(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static void Row(string what, double first, double second) => Console.WriteLine($"{what,-34}{first,18:0}{second,18:0}");

    private static double Size(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length) / 1048576.0;
}
