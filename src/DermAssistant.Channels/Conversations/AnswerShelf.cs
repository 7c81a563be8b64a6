using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DermAssistant.Agent;
using DermAssistant.Diagnosis;
using DermAssistant.Channels.Rendering;

namespace DermAssistant.Channels.Conversations;

/// <summary>An answer as it is kept with everything it rests on.</summary>
/// <param name="Answer">The JSON of <c>derm ask --json</c>.</param>
/// <param name="Readings">The JSON of <c>derm analyze --json</c> for each photo the answer speaks of, with <c>number</c> and <c>sha256</c> beside it.</param>
/// <param name="Bundle">The evidence bundle.</param>
internal sealed record KeptAnswer(
    string Id,
    DateTimeOffset At,
    string Question,
    IReadOnlyList<string> Citations,
    JsonObject Answer,
    IReadOnlyList<KeptReading> Readings,
    JsonNode? Bundle)
{
    /// <summary>What the user thinks of it, or null.</summary>
    public Rating? Rating { get; init; }
}

/// <summary>The reading of a photo that an answer speaks of.</summary>
internal sealed record KeptReading(AnswerPhoto Photo, JsonObject Reading);

/// <summary>Keeps answers with their evidence and with what users think of them, encrypted.</summary>
internal sealed class AnswerShelf(ConversationDatabase database, Cipher cipher, TimeProvider time)
{
    private const int LongestComment = 2_000;

    /// <returns>The answer's id; what is kept is kept only while the conversation is there.</returns>
    public string Keep(ConversationKey key, string question, Answer answer, IReadOnlyList<AnswerPhoto> photos)
    {
        var kept = new KeptAnswer(
            RandomNumberGenerator.GetHexString(32, lowercase: true),
            time.GetUtcNow(),
            question,
            CitedText.Of(answer.Claims).Cited,
            AnswerJson.ToJson(answer),
            [.. photos.Zip(answer.Readings, (photo, reading) => new KeptReading(photo, ReadingJson.Write(reading)))],
            answer.Bundle is { } bundle ? JsonNode.Parse(BundleFile.ToJson(bundle)) : null);
        var content = cipher.Encrypt(key.ToString(), JsonSerializer.SerializeToUtf8Bytes(kept));
        database.Write(connection => connection.Run(
            "INSERT INTO answer (id, conversation, content) SELECT $answer, $id, $content WHERE EXISTS (SELECT 1 FROM conversation WHERE id = $id)",
            ("$answer", kept.Id), ("$id", key.ToString()), ("$content", content)));
        return kept.Id;
    }

    /// <returns>Whether the conversation has such an answer.</returns>
    public bool Rate(ConversationKey key, string? answerId, Rating rating)
    {
        var comment = rating.Comment is { Length: > 0 } words
            ? cipher.Encrypt(key.ToString(), Encoding.UTF8.GetBytes(words[..Math.Min(words.Length, LongestComment)]))
            : null;
        return database.Write(connection => connection.Run(
            """
            UPDATE answer SET helpful = $helpful, comment = $comment WHERE number =
              (SELECT number FROM answer WHERE conversation = $id AND ($answer IS NULL OR id = $answer) ORDER BY number DESC LIMIT 1)
            """,
            ("$helpful", rating.Helpful), ("$comment", comment), ("$id", key.ToString()), ("$answer", answerId))) == 1;
    }

    /// <summary>The conversation an answer belongs to, or null.</summary>
    public string? ConversationOf(string answerId) => database.Read(connection => connection.Query(
        "SELECT conversation FROM answer WHERE id = $answer", row => row.GetString(0), ("$answer", answerId))) is [var found] ? found : null;

    public KeptAnswer? Find(ConversationKey key, string answerId) => Read(key, answerId) is [var found] ? found : null;

    /// <summary>The answers of a conversation in order.</summary>
    public IReadOnlyList<KeptAnswer> Of(ConversationKey key) => Read(key, null);

    private IReadOnlyList<KeptAnswer> Read(ConversationKey key, string? answerId) =>
    [
        .. database.Read(connection => connection.Query(
            "SELECT content, helpful, comment FROM answer WHERE conversation = $id AND ($answer IS NULL OR id = $answer) ORDER BY number",
            row => (Content: row.Bytes(0), Helpful: row.IsDBNull(1) ? (bool?)null : row.GetBoolean(1), Comment: row.IsDBNull(2) ? null : row.Bytes(2)),
            ("$id", key.ToString()), ("$answer", answerId)))
            .Select(row => JsonSerializer.Deserialize<KeptAnswer>(cipher.Decrypt(key.ToString(), row.Content))! with
            {
                Rating = row.Helpful is { } helpful ? new Rating(helpful, row.Comment is { } comment ? Encoding.UTF8.GetString(cipher.Decrypt(key.ToString(), comment)) : null) : null,
            }),
    ];
}
