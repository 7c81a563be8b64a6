using System.Text.Json;

namespace DermAssistant.Cli;

/// <summary>A JSON file that holds an array of strings.</summary>
internal static class TextsFile
{
    private const string Hint = "Give a JSON file such as [\"a photo of melanoma\", \"a photo of a nevus\"].";

    /// <exception cref="CommandException">There is no such file, or it holds something else.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        try
        {
            var texts = JsonSerializer.Deserialize<string?[]>(File.ReadAllBytes(path));
            if (texts is null || Array.Exists(texts, text => text is null)) throw CommandException.BadInput($"{path} holds something that is no text.", Hint);
            return texts!;
        }
        catch (JsonException failure)
        {
            throw new CommandException(ExitCode.BadInput, $"{path} holds no JSON array of strings (line {failure.LineNumber + 1}).", Hint, failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.BadInput, $"{path} cannot be read: {failure.Message}", Hint, failure);
        }
    }
}
