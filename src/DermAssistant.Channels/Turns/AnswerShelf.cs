using System.Collections.Concurrent;
using System.Security.Cryptography;
using DermAssistant.Agent;

namespace DermAssistant.Channels;

/// <summary>Keeps answers with what users think of them.</summary>
internal sealed class AnswerShelf
{
    private readonly ConcurrentDictionary<ConversationKey, List<(string Id, Answer Answer, Rating? Rating)>> _answers = new();

    public Task<string> KeepAsync(ConversationKey conversation, Answer answer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var kept = _answers.GetOrAdd(conversation, _ => []);
        lock (kept) kept.Add((id, answer, null));
        return Task.FromResult(id);
    }

    public Task<bool> RateAsync(ConversationKey conversation, string? answerId, Rating rating, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_answers.TryGetValue(conversation, out var kept)) return Task.FromResult(false);
        lock (kept)
        {
            var at = answerId is null ? kept.Count - 1 : kept.FindIndex(entry => entry.Id == answerId);
            if (at < 0) return Task.FromResult(false);
            kept[at] = kept[at] with { Rating = rating };
            return Task.FromResult(true);
        }
    }

    public Task EraseAsync(ConversationKey conversation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _answers.TryRemove(conversation, out _);
        return Task.CompletedTask;
    }
}
