namespace DermAssistant.DermLip;

/// <summary>Opens a checkpoint by what is in the file, whatever it is called.</summary>
internal static class CheckpointReader
{
    /// <exception cref="ModelPackException">The file is missing, or no checkpoint.</exception>
    public static StateDict Open(string path)
    {
        if (!File.Exists(path))
            throw new ModelPackException($"{path} does not exist.", "Give the path of a checkpoint file or of a folder downloaded from the hub.");
        return SafetensorsReader.Open(path);
    }
}
