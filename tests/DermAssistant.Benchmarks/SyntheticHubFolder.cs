using System.Runtime.InteropServices;
using DermAssistant.DermLip;
using DermAssistant.DermLip.Tests;
using DermAssistant.Tests;

namespace DermAssistant.Benchmarks;

/// <summary>A folder as the hub gives it for DermLIP_PanDerm-base-w-PubMed-256, with synthetic weights: about 1.6 GB with both weight files.</summary>
/// <remarks>The vocabulary is the small one of the test fixtures, filled up with unused tokens to the size of the published one.</remarks>
internal static class SyntheticHubFolder
{
    private const int VocabularySize = 30522;

    /// <summary>Writes the folder; files that are there are replaced.</summary>
    public static void Write(string folder)
    {
        var source = FullSizeModel.PanDerm();
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "open_clip_config.json"), source.ConfigJson);
        var words = File.ReadAllLines(TestPaths.InRepository("tests", "DermAssistant.DermLip.Tests", "Fixtures", "tokenizer", "bert_vocab.txt"));
        File.WriteAllLines(Path.Combine(folder, "vocab.txt"), words.Concat(Enumerable.Range(0, VocabularySize - words.Length).Select(number => $"[unused{number}]")));
        var safetensors = Path.Combine(folder, "open_clip_model.safetensors");
        File.Delete(safetensors);
        SafetensorsWriter.Write(
            safetensors,
            source.Weights!.Select(pair => new SafetensorsWriter.Entry(
                pair.Key, [.. pair.Value.Shape], ElementType.Float32, () => MemoryMarshal.AsBytes(pair.Value.Values.AsSpan()).ToArray())),
            CancellationToken.None);
        TorchZipFile.Write(Path.Combine(folder, "open_clip_pytorch_model.bin"), source.Weights!);
    }
}
