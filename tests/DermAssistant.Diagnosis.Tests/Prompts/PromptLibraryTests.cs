using DermAssistant.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DermAssistant.Diagnosis.Tests;

public class PromptLibraryTests
{
    [Fact]
    public void A_missing_folder_is_named_with_the_remedy()
    {
        var error = Assert.Throws<PromptException>(() => PromptLibrary.Load(Path.Combine(Path.GetTempPath(), "no-such-prompts")));
        Assert.Contains("zero-shot.json", error.Message);
        Assert.Contains("prompts/", error.Hint);
    }

    [Fact]
    public void A_template_without_a_place_for_the_condition_is_refused()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(TestPaths.InRepository("prompts"), "*.json"))
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(folder.Path, "zero-shot.json"), """{ "templates": { "skin": ["A photo."] } }""");
        Assert.Contains("without {}", Assert.Throws<PromptException>(() => PromptLibrary.Load(folder.Path)).Message);
    }

    [Fact]
    public void The_room_registers_a_reader()
    {
        using var folder = new TemporaryFolder();
        File.Copy(FakePack.LabelsFile, Path.Combine(folder.Path, "labels.json"));
        using var services = new ServiceCollection()
            .AddSingleton(FakePack.Ontology)
            .AddSingleton(FakePack.Create(folder.Path))
            .AddDiagnosis(TestPaths.InRepository("prompts"))
            .BuildServiceProvider();
        Assert.Same(services.GetRequiredService<PhotoReader>(), services.GetRequiredService<PhotoReader>());
    }
}
