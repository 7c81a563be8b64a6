using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using DermAssistant.DermLip;
using DermAssistant.Imaging;
using Spectre.Console;

namespace DermAssistant.Cli;

/// <summary><c>derm embed</c>: embeddings of photos or texts as a NumPy file.</summary>
internal static class EmbedCommand
{
    private const int TextsAtOnce = 32;

    public static Command Build(CommandHost host)
    {
        var images = new Option<string?>("--images") { Description = "A folder of photos, embedded in ordinal order of their names.", HelpName = "DIR" };
        var texts = new Option<string?>("--texts") { Description = "A JSON file with an array of strings.", HelpName = "FILE" };
        var model = SharedOptions.Model();
        var output = SharedOptions.Out("The .npy file to write: float32 [N, D], L2-normalised; FILE.json beside it lists the rows.");
        var command = new Command("embed", "Write embeddings of photos or texts.") { images, texts, model, output };
        command.Validators.Add(result =>
        {
            if (result.GetValue(images) is null == result.GetValue(texts) is null) result.AddError("Give either --images DIR or --texts FILE.");
        });
        return host.Run(command, (run, cancellationToken) =>
        {
            var file = run.Value(output)!;
            OutputFile.Probe(file);
            var refused = new List<GateReport>();
            IReadOnlyList<string> rows;
            List<float> embeddings;
            if (run.Value(images) is { } folder)
            {
                var names = PhotoFolder.Names(folder);
                (rows, embeddings) = Photos(folder, names, run.Rooms.Pack(run.Value(model)), run.Rooms.Gate, refused, cancellationToken);
            }
            else
            {
                rows = TextsFile.Read(run.Value(texts)!);
                embeddings = Texts(rows, run.Rooms.Pack(run.Value(model)), cancellationToken);
            }
            // A file of no rows would take the place of an older one.
            if (rows.Count == 0 && refused.Count > 0)
            {
                foreach (var report in refused.Skip(1)) run.Complain(RefusedPhotos.Failure(report));
                throw RefusedPhotos.Failure(refused[0]);
            }

            var columns = run.Rooms.Pack(run.Value(model)).Image.Dimension;
            OutputFile.Write($"{file}.json", stream => JsonSerializer.Serialize(stream, rows));
            OutputFile.WriteAt(file, partial => Npy.Write(partial, CollectionsMarshal.AsSpan(embeddings), rows.Count, columns));
            run.Answer(
                () => new JsonObject
                {
                    ["file"] = file,
                    ["rows"] = rows.Count,
                    ["skipped"] = DocumentValue.Array(refused, report => new JsonObject { ["file"] = report.File, ["why"] = string.Join(' ', report.Reasons) }),
                },
                console => console.WriteLine(ScreenText.Safe($"Wrote {rows.Count} embeddings to {file}.")));
            return Task.FromResult(RefusedPhotos.Complain(refused, run));
        });
    }

    private static (List<string> Rows, List<float> Embeddings) Photos(
        string folder, IReadOnlyList<string> names, ModelPack pack, PhotoGate gate, List<GateReport> refused, CancellationToken cancellationToken)
    {
        var rows = new List<string>(names.Count);
        var embeddings = new List<float>(names.Count * pack.Image.Dimension);
        foreach (var name in names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var admitted = gate.AdmitFile(Path.Combine(folder, name));
            if (admitted.Photo is not { } photo)
            {
                refused.Add(admitted.Report);
                continue;
            }
            embeddings.AddRange(pack.Encode(photo));
            rows.Add(name);
        }
        return (rows, embeddings);
    }

    private static List<float> Texts(IReadOnlyList<string> texts, ModelPack pack, CancellationToken cancellationToken)
    {
        var embeddings = new List<float>(texts.Count * pack.Text.Dimension);
        foreach (var batch in texts.Chunk(TextsAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            embeddings.AddRange(pack.Text.Encode(batch));
        }
        return embeddings;
    }
}
