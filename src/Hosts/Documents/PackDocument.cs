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
        ["precision"] = DocumentValue.Name(pack.Manifest.Precision),
        ["builtIn"] = pack.BuiltIn,
        ["default"] = pack.Default,
        ["directory"] = pack.Directory,
    };
}
