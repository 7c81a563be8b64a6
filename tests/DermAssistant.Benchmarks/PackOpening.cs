using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DermAssistant.DermLip;
using Microsoft.Extensions.Logging.Abstractions;

namespace DermAssistant.Benchmarks;

/// <summary>What opening a pack costs a fresh process.</summary>
/// <param name="SessionsMs">Until files are checked and both encoders are open; the captions among the golden vectors are checked meanwhile.</param>
/// <param name="ReadyMs">Until the golden vectors have passed too.</param>
/// <param name="PrivateMb">Memory of the process's own after a caption and enough images for the encoder to have become as fast as it gets.</param>
/// <param name="MappedMb">File pages in memory at that time, which the system shares and takes back as it likes.</param>
internal sealed record PackOpening(double SessionsMs, double ReadyMs, double PrivateMb, double MappedMb)
{
    /// <summary>Measures in this process and prints the figures for <see cref="InFreshProcess"/>.</summary>
    public static void Run(string folder)
    {
        var watch = Stopwatch.StartNew();
        var loaded = LoadedPack.Open(folder, new EncoderOptions(), NullLogger.Instance);
        var sessions = loaded.ImageOpening.ContinueWith(_ => watch.Elapsed.TotalMilliseconds, TaskContinuationOptions.ExecuteSynchronously);
        using var pack = loaded.Serve();
        var ready = watch.Elapsed.TotalMilliseconds;
        loaded.Image.Encode(EncoderTable.Pixels, EncoderTable.Batch, new float[EncoderTable.Batch * pack.Image.Dimension]);
        loaded.Text.EncodeTokens([EncoderTable.ShortCaption]);
        loaded.Image.Hasten();
        loaded.Image.Encode(EncoderTable.Pixels, EncoderTable.Batch, new float[EncoderTable.Batch * pack.Image.Dimension]);
        Console.WriteLine(JsonSerializer.Serialize(new PackOpening(sessions.Result, ready, Status("RssAnon"), Status("RssFile"))));
    }

    /// <summary>The best of some fresh processes.</summary>
    public static PackOpening InFreshProcess(string folder, int times)
    {
        var all = Enumerable.Range(0, times).Select(_ =>
        {
            var output = FreshProcess.Output("opening", folder);
            return JsonSerializer.Deserialize<PackOpening>(output) ?? throw new InvalidOperationException("the process gave no figures");
        }).ToList();
        return new PackOpening(all.Min(one => one.SessionsMs), all.Min(one => one.ReadyMs), all.Min(one => one.PrivateMb), all.Min(one => one.MappedMb));
    }

    private static double Status(string field) =>
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(field + ":", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kilobytes, ..]
            ? double.Parse(kilobytes, CultureInfo.InvariantCulture) / 1024
            : double.NaN;
}
