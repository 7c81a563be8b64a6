using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DermAssistant.Agent;

/// <summary>Keeps each conversation as one JSON file.</summary>
/// <remarks>
/// A file is written beside its final place and moved there, so that a reader or a crash never sees half of one.
/// File names are hashes of the ids: an id can hold anything without reaching outside the folder.
/// </remarks>
public sealed class FileConversationStore(string directory) : IConversationStore
{
    /// <inheritdoc/>
    /// <exception cref="QuestionException">The file is damaged.</exception>
    public async Task<Conversation?> LoadAsync(string id, CancellationToken cancellationToken = default)
    {
        var path = PathOf(id);
        try
        {
            await using var stream = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<Conversation>(stream, AgentJson.Options, cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw new QuestionException($"The memory of conversation '{id}' is damaged: {path}.", "Remove that file, or ask in another conversation.", e);
        }
    }

    /// <inheritdoc/>
    public async Task SaveAsync(Conversation conversation, CancellationToken cancellationToken = default)
    {
        var path = PathOf(conversation.Id);
        Directory.CreateDirectory(directory);
        var beside = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.part";
        try
        {
            await using (var stream = File.Create(beside))
                await JsonSerializer.SerializeAsync(stream, conversation, AgentJson.Options, cancellationToken);
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string id, CancellationToken cancellationToken = default)
    {
        if (Directory.Exists(directory)) File.Delete(PathOf(id));
        return Task.CompletedTask;
    }

    private string PathOf(string id) =>
        Path.Combine(directory, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id))) + ".json");
}
