using DermAssistant.DermLip;
using DermAssistant.Ontology;
using DermAssistant.Training;

namespace DermAssistant.Tests;

public sealed class TrainingRunTests : IDisposable
{
    private static readonly OntologyGraph Ontology = OntologyGraph.Load(TestPaths.InRepository("ontology"));

    private readonly string _folder = Directory.CreateTempSubdirectory("derm-training-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TorchFact]
    public void A_tiny_data_set_becomes_a_pack_that_tells_its_two_diagnoses_apart()
    {
        var request = Request("pack", epochs: 12);
        var trained = new TrainingRun(Ontology).Run(request);

        using var pack = new ModelPackStore(new ModelPackFolders(_folder, Path.Combine(_folder, "user"))).Open("pack");
        var texts = pack.Text.Encode(["melanoma", "melanocytic nevus"]);
        var right = 0;
        var held = trained.Splits.Where(s => s.Value != Split.Train).Select(s => s.Key).ToArray();
        foreach (var id in held)
        {
            var photo = new Imaging.PhotoGate().AdmitFile(Path.Combine(request.Data, "images", id + ".png")).Photo!;
            var embedding = pack.Encode(photo);
            var (melanoma, nevus) = (Dot(embedding, texts.AsSpan(0, embedding.Length)), Dot(embedding, texts.AsSpan(embedding.Length)));
            if (melanoma > nevus == id.StartsWith("mel", StringComparison.Ordinal)) right++;
        }

        Assert.True(held.Length >= 8);
        Assert.True(right >= held.Length - 1, $"{right} of {held.Length} held-out drawings were told apart");
        Assert.False(Directory.Exists(request.Output + ".training"), "a finished training leaves no checkpoint");
    }

    [TorchFact]
    public void A_training_that_was_stopped_ends_with_the_same_weights()
    {
        var whole = new TrainingRun(Ontology).Run(Request("whole", epochs: 2));
        using var stop = new CancellationTokenSource();
        var request = Request("halted", epochs: 2);
        Assert.Throws<OperationCanceledException>(() => new TrainingRun(Ontology).Run(request, new StopAfter(stop), cancellationToken: stop.Token));
        Assert.False(Directory.Exists(request.Output), "a stopped training leaves no pack");
        var resumed = new TrainingRun(Ontology).Run(request);

        foreach (var file in Directory.GetFiles(whole.Directory, "*.safetensors"))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(resumed.Directory, Path.GetFileName(file))));
    }

    [TorchFact]
    public void Too_few_photos_for_a_calibration_are_said_before_the_training()
    {
        var request = Request("pack", epochs: 2) with { FewestForCalibration = 50 };

        Assert.Contains("it needs 50", Assert.Throws<TrainingException>(() => new TrainingRun(Ontology).Run(request)).Message);
        Assert.False(Directory.Exists(request.Output) || Directory.Exists(request.Output + ".training"), "nothing is left behind");
    }

    [TorchFact]
    public void A_checkpoint_of_other_options_is_not_resumed()
    {
        using var stop = new CancellationTokenSource();
        var request = Request("pack", epochs: 2);
        Assert.Throws<OperationCanceledException>(() => new TrainingRun(Ontology).Run(request, new StopAfter(stop), cancellationToken: stop.Token));
        var other = request with { Options = request.Options with { LearningRate = 1e-4 } };
        var error = Assert.Throws<TrainingException>(() => new TrainingRun(Ontology).Run(other));
        Assert.Contains("other data or options", error.Message);
    }

    [TorchFact]
    public void A_folder_without_photos_is_named()
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName;
        File.WriteAllText(Path.Combine(data, "metadata.csv"), "image_id,dx\nISIC_1,mel\n");
        var error = Assert.Throws<TrainingException>(() => new TrainingRun(Ontology).Run(Request("pack", 1) with { Data = data }));
        Assert.Contains(data, error.Message);
    }

    [TorchFact]
    public void An_existing_pack_is_not_overwritten()
    {
        var request = Request("pack", 1);
        Directory.CreateDirectory(request.Output);
        Assert.Contains("exists already", Assert.Throws<TrainingException>(() => new TrainingRun(Ontology).Run(request)).Message);
    }

    private TrainingRequest Request(string name, int epochs)
    {
        var data = Path.Combine(_folder, "data");
        if (!Directory.Exists(data))
        {
            Directory.CreateDirectory(Path.Combine(data, "images"));
            var rows = new List<string> { "image_id,lesion_id,dx,dx_type,age,sex,localization" };
            for (var i = 0; i < 80; i++)
            {
                var mel = i % 2 == 0;
                var id = $"{(mel ? "mel" : "nv")}{i:00}";
                Drawings.SavePng(Drawings.Disc(64, mel ? ((byte)(20 + i), (byte)20, (byte)60) : ((byte)(150 + i), (byte)90, (byte)40)), Path.Combine(data, "images", id + ".png"));
                rows.Add($"{id},lesion{i},{(mel ? "mel" : "nv")},histo,{30 + i % 40},male,back");
            }

            File.WriteAllLines(Path.Combine(data, "metadata.csv"), rows);
        }

        return new TrainingRequest
        {
            Data = data,
            Format = "ham10000",
            Output = Path.Combine(_folder, name),
            Id = name,
            Name = "Drawings",
            Grammars = TestPaths.InRepository("prompts", "training"),
            Options = new TrainingOptions
            {
                Stages = [new TrainingStage(32, epochs)],
                Batch = 16,
                Threads = 2,
                AverageDecay = 0.5,
                Shape = new NetworkShape { Embedding = 16, Blocks = [1, 1, 1, 1], Width = 16, TextWidth = 32, TextHeads = 2, TextLayers = 1, Vocabulary = 600 },
            },
        };
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0f;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private sealed class StopAfter(CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => source.Cancel();
    }
}
