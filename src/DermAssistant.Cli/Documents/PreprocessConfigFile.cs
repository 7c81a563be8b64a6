using DermAssistant.DermLip;
using DermAssistant.Imaging;

namespace DermAssistant.Cli;

/// <summary>What an image encoder expects, read from an <c>open_clip_config.json</c>.</summary>
internal static class PreprocessConfigFile
{
    /// <exception cref="CommandException">There is no such file, or it is no such configuration.</exception>
    public static PreprocessConfig Read(string path)
    {
        try
        {
            return OpenClipPreprocessing.Parse(File.ReadAllText(path), path);
        }
        catch (ModelPackException failure)
        {
            throw new CommandException(ExitCode.BadInput, failure.Message, failure.Hint, failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.BadInput, $"{path} cannot be read: {failure.Message}", "Give the open_clip_config.json of a checkpoint.", failure);
        }
    }
}
