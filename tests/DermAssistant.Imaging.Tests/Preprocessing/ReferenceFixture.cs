using System.Text.Json;
using DermAssistant.Tests;

namespace DermAssistant.Imaging.Tests.Preprocessing;

/// <summary>One drawing with what open_clip, torchvision and Pillow make of it.</summary>
internal sealed record ReferenceFixture(string File, string Mode, string DecodedSha256, string CropSha256, string TensorSha256)
{
    /// <summary>The evaluation transform of CLIP, as the fixtures were made.</summary>
    public static PreprocessConfig Clip { get; } = new(
        224, [0.48145466f, 0.4578275f, 0.40821073f], [0.26862954f, 0.26130258f, 0.27577711f]);

    /// <summary>Lets the smallest drawings (1 x 1 pixel) through.</summary>
    public static PhotoGate Gate { get; } = new(new PhotoGateOptions { MinSide = 1 });

    public static IReadOnlyDictionary<string, ReferenceFixture> All { get; } = Load();

    public static string Folder => TestPaths.InRepository("tests", "DermAssistant.Imaging.Tests", "Fixtures", "preprocess");

    public string Path => System.IO.Path.Combine(Folder, File);

    public Photo Admit() => Gate.AdmitFile(Path).Photo ?? throw new InvalidOperationException($"{File} was refused.");

    /// <summary>The reference's crop.</summary>
    public RgbImage ReadCrop() =>
        (Gate.AdmitFile(Path + ".crop.png").Photo ?? throw new InvalidOperationException($"{File} has no crop.")).ToRgb();

    private static Dictionary<string, ReferenceFixture> Load()
    {
        using var manifest = JsonDocument.Parse(System.IO.File.ReadAllBytes(System.IO.Path.Combine(Folder, "manifest.json")));
        return manifest.RootElement.GetProperty("images").EnumerateObject().ToDictionary(
            image => image.Name,
            image => new ReferenceFixture(
                image.Name,
                image.Value.GetProperty("mode").GetString()!,
                image.Value.GetProperty("decoded_sha256").GetString()!,
                image.Value.GetProperty("crop_sha256").GetString()!,
                image.Value.GetProperty("tensor_sha256").GetString()!));
    }
}
