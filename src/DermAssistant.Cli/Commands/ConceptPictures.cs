using System.Text.Json.Nodes;
using DermAssistant.Diagnosis;
using DermAssistant.Imaging;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary>A picture of where a concept is seen in a photo.</summary>
internal sealed record ConceptPicture(ConceptMap Map, string File);

/// <summary>Writes the pictures of <c>derm analyze --overlay</c>.</summary>
internal sealed class ConceptPictures
{
    private readonly string _folder;
    private readonly CommandRun _run;
    private readonly string? _model;
    private readonly IReadOnlyCollection<string>? _concepts;
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <exception cref="CommandException">A name is no concept of the ontology, the pack does not score it, or the folder cannot be written to.</exception>
    public ConceptPictures(string folder, CommandRun run, string? model, IReadOnlyList<string> names)
    {
        (_folder, _run, _model) = (folder, run, model);
        var concepts = names.Select(name => run.Rooms.Ontology.FindConcept(name)
            ?? throw CommandException.BadInput($"The ontology has no concept \"{name}\".", "'derm ontology concepts' lists them.")).ToList();
        OutputFile.Probe(Path.Combine(folder, "overlay.png"));
        if (concepts.Count == 0) return;
        var scored = run.Rooms.Reader(model).Concepts.Select(concept => concept.Id).ToHashSet(StringComparer.Ordinal);
        if (concepts.FirstOrDefault(concept => !scored.Contains(concept.Id)) is { } unscored)
            throw CommandException.BadInput(
                $"The pack is not asked for the concept \"{unscored.Name}\".",
                scored.Count <= 10 ? $"It is asked for: {string.Join(", ", scored.Order(StringComparer.Ordinal))}." : "It belongs to another kind of photo; --json without --concept lists those the pack scores.");
        _concepts = [.. concepts.Select(concept => concept.Id)];
    }

    /// <summary>Writes one picture a concept.</summary>
    public IReadOnlyList<ConceptPicture> Write(Photo photo)
    {
        var reader = _run.Rooms.Reader(_model);
        var preprocess = _run.Rooms.Pack(_model).Image.Preprocess;
        var pictures = new List<ConceptPicture>();
        foreach (var map in reader.ConceptMaps(photo, _concepts))
        {
            var file = Vacant($"{Path.GetFileNameWithoutExtension(photo.Name)}.{map.ConceptId}");
            OutputFile.Write(file, stream => stream.Write(ConceptOverlay.Draw(photo, preprocess, map).EncodePng()));
            pictures.Add(new ConceptPicture(map, file));
        }

        return pictures;
    }

    public static JsonObject Document(ConceptPicture picture) => new()
    {
        ["concept"] = picture.Map.ConceptId,
        ["name"] = picture.Map.Name,
        ["score"] = picture.Map.Score,
        ["file"] = picture.File,
        ["lowestContrast"] = picture.Map.Contrasts.Min(),
        ["highestContrast"] = picture.Map.Contrasts.Max(),
    };

    public static void Show(IReadOnlyList<ConceptPicture> pictures, IAnsiConsole console)
    {
        console.WriteLine();
        if (pictures.Count == 0) console.WriteLine("No concept stands out, so there is no picture of where; --concept NAME asks for one.");
        foreach (var picture in pictures)
            console.WriteLine(ScreenText.Safe($"Where \"{picture.Map.Name}\" (score {picture.Map.Score:0.00}) is seen most: {picture.File}"));
    }

    // Photos of the same name from different folders must not replace each other's pictures.
    private string Vacant(string name)
    {
        var file = name;
        for (var number = 2; !_taken.Add(file); number++) file = $"{name}-{number}";
        return Path.Combine(_folder, $"{file}.png");
    }
}
