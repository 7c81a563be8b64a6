namespace DermAssistant.DermLip;

/// <summary>What the files of a pack hold, read and checked.</summary>
/// <param name="ImageWeights">Whoever takes them disposes them.</param>
/// <param name="TextWeights">Whoever takes them disposes them.</param>
internal sealed record PackFiles(PackDescription Description, OpenClipConfig Config, PackWeights ImageWeights, PackWeights TextWeights)
{
    /// <param name="hashLimit">Larger files are checked by size only.</param>
    /// <exception cref="ModelPackException">A file is missing, changed or does not fit.</exception>
    public static PackFiles Read(string directory, long hashLimit)
    {
        var description = PackDescription.Read(directory);
        description.CheckFiles(directory, hashLimit);
        var configPath = Path.Combine(directory, OpenClipConfig.FileName);
        var config = OpenClipConfig.Parse(File.ReadAllText(configPath), configPath);
        var image = PackWeights.Open(Path.Combine(directory, LoadedPack.ImageWeights));
        try
        {
            return new PackFiles(description, config, image, PackWeights.Open(Path.Combine(directory, LoadedPack.TextWeights)));
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }
}
