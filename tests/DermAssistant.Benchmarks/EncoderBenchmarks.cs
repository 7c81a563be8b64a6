using BenchmarkDotNet.Attributes;
using DermAssistant.DermLip;
using DermAssistant.DermLip.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace DermAssistant.Benchmarks;

/// <summary>The encoders at the size of DermLIP_PanDerm-base-w-PubMed-256 with synthetic weights, float32 and int8.</summary>
[MemoryDiagnoser]
[SimpleJob(warmupCount: 3, iterationCount: 10)]
public class EncoderBenchmarks
{
    private const int PixelCount = 3 * 224 * 224;

    /// <summary>As many tokens as a caption of about eight words has.</summary>
    private static readonly long[] ShortCaption = [2, 623, 624, 43, 612, 618, 57, 106, 674, 211, 212, 3];

    private readonly float[] _pixels = SyntheticWeights.Input("benchmark", 16 * PixelCount, 2);
    private readonly float[] _embeddings = new float[16 * 512];
    private string _folder = "";
    private LoadedPack? _pack;

    [Params(PackPrecision.Float32, PackPrecision.Int8)]
    public PackPrecision Precision { get; set; }

    [GlobalSetup]
    public void Build()
    {
        _folder = Directory.CreateTempSubdirectory("derm-benchmark-").FullName;
        var exact = Path.Combine(_folder, "exact");
        PackBuilder.Build(FullSizeModel.PanDerm(), exact);
        var folder = exact;
        if (Precision == PackPrecision.Int8)
            QuantizedPackBuilder.Build(exact, folder = Path.Combine(_folder, "int8"), "int8", _pixels[..(2 * PixelCount)]);

        // A benchmark has the machine to itself, where spinning is faster.
        _pack = LoadedPack.Open(folder, new EncoderOptions { Spinning = true }, NullLogger.Instance);
    }

    [GlobalCleanup]
    public void Remove()
    {
        _pack?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark]
    public void OneImage() => _pack!.Image.Encode(_pixels.AsSpan(0, PixelCount), 1, _embeddings);

    [Benchmark(OperationsPerInvoke = 16)]
    public void OneOfSixteenImages() => _pack!.Image.Encode(_pixels, 16, _embeddings);

    [Benchmark]
    public float[] OneShortCaption() => _pack!.Text.EncodeTokens([ShortCaption]);
}
