using System.Globalization;
using TorchSharp.Modules;

namespace DermAssistant.Training;

/// <summary>What a training needs to go on after a kill, in a folder of its own.</summary>
/// <remarks>Written to a new folder that then takes the old one's place: at every moment there is one whole checkpoint.</remarks>
/// <param name="folder">Beside the pack that is being made.</param>
/// <param name="fingerprint">Of options and data; a checkpoint of another training is not resumed.</param>
internal sealed class Checkpoint(string folder, string fingerprint)
{
    private const string StateFile = "state.txt";

    /// <summary>Loads the checkpoint; the step to go on with, or null when there is none.</summary>
    /// <exception cref="TrainingException">It belongs to another training, or is damaged.</exception>
    public int? Restore(TwoTower network, TwoTower average, AdamW optimizer)
    {
        // A kill between the two moves leaves the older checkpoint under its second name.
        if (!Directory.Exists(Current) && Directory.Exists(Previous)) Directory.Move(Previous, Current);
        var state = Path.Combine(Current, StateFile);
        if (!File.Exists(state)) return null;
        var lines = File.ReadAllLines(state);
        if (lines.Length != 2 || !int.TryParse(lines[0], CultureInfo.InvariantCulture, out var step))
            throw new TrainingException($"The checkpoint {Current} is damaged.", $"Delete {folder} to begin anew.");
        if (lines[1] != fingerprint)
            throw new TrainingException($"The checkpoint in {folder} is of a training with other data or options.", $"Give the same options to resume it, or delete {folder} to begin anew.");
        network.load(Path.Combine(Current, "network.dat"));
        average.load(Path.Combine(Current, "average.dat"));
        optimizer.load_state_dict(Path.Combine(Current, "optimizer.dat"));
        return step;
    }

    public void Save(TwoTower network, TwoTower average, AdamW optimizer, int step)
    {
        var next = Path.Combine(folder, "next");
        if (Directory.Exists(next)) Directory.Delete(next, recursive: true);
        Directory.CreateDirectory(next);
        network.save(Path.Combine(next, "network.dat"));
        average.save(Path.Combine(next, "average.dat"));
        optimizer.save_state_dict(Path.Combine(next, "optimizer.dat"));
        File.WriteAllLines(Path.Combine(next, StateFile), [step.ToString(CultureInfo.InvariantCulture), fingerprint]);
        if (Directory.Exists(Previous)) Directory.Delete(Previous, recursive: true);
        if (Directory.Exists(Current)) Directory.Move(Current, Previous);
        Directory.Move(next, Current);
        if (Directory.Exists(Previous)) Directory.Delete(Previous, recursive: true);
    }

    /// <summary>Removes the checkpoint of a finished training.</summary>
    public void Delete()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private string Current => Path.Combine(folder, "current");

    private string Previous => Path.Combine(folder, "previous");
}
