using DermAssistant.Agent;

namespace DermAssistant.Cli;

/// <summary>Keeps conversations as files where it can; on a disk that cannot be written to, for as long as the program runs, saying so.</summary>
internal sealed class ForgivingConversationStore(string directory, Terminal terminal) : IConversationStore
{
    private readonly FileConversationStore _files = new(directory);
    private readonly MemoryConversationStore _memory = new(capacity: 16, TimeSpan.FromDays(1));
    private bool _said;

    public async Task<Conversation?> LoadAsync(string id, CancellationToken cancellationToken = default) =>
        await _memory.LoadAsync(id, cancellationToken) ?? await _files.LoadAsync(id, cancellationToken);

    public async Task SaveAsync(Conversation conversation, CancellationToken cancellationToken = default)
    {
        try
        {
            await _files.SaveAsync(conversation, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (!_said) terminal.Note($"note: this conversation is not kept for later: {failure.Message} DERM_HOME names another folder.");
            _said = true;
            await _memory.SaveAsync(conversation, cancellationToken);
        }
    }

    public async Task RemoveAsync(string id, CancellationToken cancellationToken = default)
    {
        await _memory.RemoveAsync(id, cancellationToken);
        await _files.RemoveAsync(id, cancellationToken);
    }
}
