using System.Text;
using System.Text.RegularExpressions;

namespace DermAssistant.DermLip;

/// <summary>An open_clip folder downloaded from the hub, or a bare checkpoint file.</summary>
internal static partial class HubFolder
{
    private static readonly string[] WeightNames =
        ["open_clip_model.safetensors", "open_clip_pytorch_model.bin", "model.safetensors", "pytorch_model.bin"];

    private static readonly string[] WeightPatterns = ["*.safetensors", "*.bin", "*.pt", "*.pth"];

    private static readonly string[] TokenizerNames = ["vocab.json", "merges.txt", "vocab.txt", "tokenizer.json", TokenizerSettings.FileName, "bpe_simple_vocab_16e6.txt.gz"];

    [GeneratedRegex(@"\A---\s*\n(?:.*\n)*?license:\s*(?<licence>\S+)")]
    private static partial Regex LicencePattern();

    /// <summary>Collects what a pack is made from.</summary>
    /// <exception cref="ModelPackException">A file is missing; it is named.</exception>
    public static PackSource Read(string path, string? id, bool? quickGelu)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (!Path.Exists(full))
            throw new ModelPackException($"{path} does not exist.", "Give a folder downloaded from the hub, or a checkpoint file.");
        var isFile = File.Exists(full);
        if (isFile) InputFile.Require(full);
        var folder = isFile ? Path.GetDirectoryName(full)! : full;
        var weights = isFile ? full : FindWeights(folder);
        var name = isFile ? Path.GetFileNameWithoutExtension(full) : Path.GetFileName(folder);
        var bert = BertConfig.FileNames.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
        string[] tokenizer = [.. TokenizerNames.Select(file => Path.Combine(folder, file)).Where(File.Exists)];
        foreach (var file in tokenizer.Append(bert).Append(Path.Combine(folder, OpenClipConfig.FileName)).Where(File.Exists)) LfsPointer.Refuse(file!);
        var readme = InputFile.HasContent(Path.Combine(folder, "README.md")) ? InputFile.ReadBytes(Path.Combine(folder, "README.md")) : null;
        var config = Config(folder, weights, isFile, quickGelu);
        return new PackSource
        {
            Id = id ?? PackId.From(name),
            Name = name,
            Licence = readme is not null && LicencePattern().Match(Encoding.UTF8.GetString(readme)) is { Success: true } match
                ? match.Groups["licence"].Value
                : "not stated; see where the model comes from",
            ConfigJson = config.Json,
            Guesses = config.Guesses,
            BertConfigJson = bert is null ? null : InputFile.ReadText(bert),
            BertConfigName = Path.GetFileName(bert) ?? "config.json",
            WeightsFile = weights,
            QuickGelu = quickGelu,
            TokenizerFiles = tokenizer.ToDictionary(file => Path.GetFileName(file), InputFile.ReadBytes),
            OtherFiles = readme is not null ? new Dictionary<string, byte[]> { ["MODEL_CARD.md"] = readme } : new Dictionary<string, byte[]>(),
        };
    }

    private static string FindWeights(string folder)
    {
        if (WeightNames.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is { } known) return known;
        var others = InputFile.Guard(folder, () => WeightPatterns.SelectMany(pattern => Directory.EnumerateFiles(folder, pattern)).Order(StringComparer.Ordinal).ToList());
        return others.Count switch
        {
            1 => others[0],
            0 => throw new ModelPackException($"{folder} holds no weights; {WeightNames[0]} is missing.", $"Download {WeightNames[0]} or {WeightNames[1]} into the folder."),
            _ => throw new ModelPackException(
                $"{folder} holds several checkpoints: {string.Join(", ", others.Select(Path.GetFileName))}.", "Give the path of one of them."),
        };
    }

    private static FoundConfig Config(string folder, string weights, bool isFile, bool? quickGelu)
    {
        var path = Path.Combine(folder, OpenClipConfig.FileName);
        if (File.Exists(path)) return new FoundConfig(InputFile.ReadText(path), []);
        if (!isFile)
            throw new ModelPackException(
                $"{folder} lacks {OpenClipConfig.FileName}.", $"Download {OpenClipConfig.FileName} into the folder, or give the checkpoint file itself to have its configuration worked out.");
        using var checkpoint = CheckpointReader.Open(weights);
        return ConfigInference.Infer(checkpoint, quickGelu);
    }
}
