using System.Diagnostics;
using DermAssistant.DermLip;
using DermAssistant.DermLip.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace DermAssistant.Benchmarks;

/// <summary>One table of what a pack of the size of DermLIP_PanDerm-base-w-PubMed-256 costs, float32 beside int8, with synthetic weights.</summary>
/// <remarks>
/// The two take turns, so that what else the machine does falls on both; smallest and middle times are shown. Encoders run as the product
/// runs them. To compare with, on two cores of an Emerald Rapids at 2.3 GHz, PyTorch 1.13 with MKL: an image 152 to 154 ms alone and 137 to
/// 161 ms in a batch of 16, a caption of 12 tokens 44 ms.
/// </remarks>
internal static class EncoderTable
{
    public const int Batch = 16;

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
            Console.WriteLine($"{"",-34}{"float32",18}{"int8",18}{"ratio",8}   wanted");
            Times("image, batch 1, ms", TakeTurns(Rounds, () => Image(float32, 1), () => Image(int8, 1)), 1, "float32 < 154, ratio >= 2.3");
            Times("image, batch 16, ms an image", TakeTurns(BatchRounds, () => Image(float32, Batch), () => Image(int8, Batch)), Batch, "float32 < 137");
            Times("caption of 12 tokens, ms", TakeTurns(Rounds, () => Caption(float32), () => Caption(int8)), 1, "float32 <= 40");
            Row("image encoder open, ms", openings.Exact.SessionsMs, openings.Rough.SessionsMs, "");
            Row("ready, golden vectors passed, ms", openings.Exact.ReadyMs, openings.Rough.ReadyMs, "<= 500");
            Row("memory of its own, MB", openings.Exact.PrivateMb, openings.Rough.PrivateMb, "");
            Row("mapped file pages, MB", openings.Exact.MappedMb, openings.Rough.MappedMb, "");
            Row("pack on disk, MB", Size(exact), Size(rough), "");
            Console.WriteLine();
            Console.WriteLine("times: smallest / middle; ratio: of the middle ones");
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

    private static (double[] First, double[] Second) TakeTurns(int rounds, Action first, Action second)
    {
        first();
        second();
        var times = (First: new double[rounds], Second: new double[rounds]);
        for (var round = 0; round < rounds; round++)
        {
            times.First[round] = Milliseconds(first);
            times.Second[round] = Milliseconds(second);
        }

        Array.Sort(times.First);
        Array.Sort(times.Second);
        return times;
    }

    private static double Milliseconds(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static void Times(string what, (double[] First, double[] Second) times, int count, string wanted)
    {
        string Cell(double[] sorted) => $"{sorted[0] / count:0.0} / {sorted[sorted.Length / 2] / count:0.0}";
        var ratio = times.First[times.First.Length / 2] / times.Second[times.Second.Length / 2];
        Console.WriteLine($"{what,-34}{Cell(times.First),18}{Cell(times.Second),18}{ratio,8:0.00}   {wanted}");
    }

    private static void Row(string what, double first, double second, string wanted) => Console.WriteLine($"{what,-34}{first,18:0}{second,18:0}{"",8}   {wanted}");

    private static double Size(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length) / 1048576.0;
}
