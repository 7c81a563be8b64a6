using System.Text.Json.Nodes;
using DermAssistant.DermLip;

namespace DermAssistant.Hosts;

/// <summary>A model pack as <c>derm models list --json</c> prints it.</summary>
internal static class PackDocument
{
    public static JsonObject Of(PackListing pack) => new()
    {
        ["id"] = pack.Manifest.Id,
        ["version"] = pack.Manifest.Version,
        ["name"] = pack.Manifest.Name,
        ["licence"] = pack.Manifest.Licence,
        ["embeddingDimension"] = pack.Manifest.EmbeddingDimension,
        ["imageTower"] = pack.Manifest.ImageTower,
        ["textTower"] = pack.Manifest.TextTower,
        ["quickGelu"] = pack.Manifest.QuickGelu,
        ["tokenizer"] = pack.Manifest.Tokenizer,
        ["precision"] = DocumentValue.Name(pack.Manifest.Precision),
        ["quantization"] = pack.Manifest.Quantization is { } error ? Of(error) : null,
        ["builtIn"] = pack.BuiltIn,
        ["default"] = pack.Default,
        ["directory"] = pack.Directory,
    };

    private static JsonObject Of(QuantizationError error) => new()
    {
        ["images"] = error.Images,
        ["minImageCosine"] = error.MinImageCosine,
        ["meanImageCosine"] = error.MeanImageCosine,
        ["texts"] = error.Texts,
        ["minTextCosine"] = error.MinTextCosine,
        ["labels"] = error.Labels,
        ["top1Agreement"] = error.Top1Agreement,
        ["auroc"] = error.Auroc is { } auroc
            ? new JsonObject { ["photos"] = auroc.Photos, ["classes"] = auroc.Classes, ["float32"] = auroc.Float32, ["int8"] = auroc.Int8, ["shift"] = auroc.Shift }
            : null,
    };
}
