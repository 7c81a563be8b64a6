namespace DermAssistant.DermLip.Tests;

public sealed class ProcessorCoresTests
{
    [Fact]
    public void Processors_that_share_a_core_count_once()
    {
        using var folder = new TemporaryFolder();
        string[] siblings = ["0,2", "1,3", "0,2", "1,3"];
        for (var i = 0; i < siblings.Length; i++)
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(folder[$"cpu{i}", "topology"]).FullName, "thread_siblings_list"), siblings[i] + "\n");
        Directory.CreateDirectory(folder["cpufreq"]);

        Assert.Equal(2, ProcessorCores.Physical(folder.Path));
    }

    [Fact]
    public void A_system_that_does_not_tell_its_cores_apart_gives_its_processors()
    {
        using var folder = new TemporaryFolder();

        Assert.Null(ProcessorCores.Physical(folder.Path));
        Assert.Null(ProcessorCores.Physical(folder["absent"]));
        Assert.InRange(ProcessorCores.Count, 1, Environment.ProcessorCount);
    }
}
