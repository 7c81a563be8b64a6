using System.Security.Cryptography;
using System.Text.Json;
using DermAssistant.Imaging;

namespace DermAssistant.Channels.Conversations;

/// <summary>A photo as it is kept.</summary>
/// <param name="Sha256">The hash of the file that was sent; the kept pixels are a copy without metadata.</param>
internal sealed record KeptPhoto(string Id, string File, string Sha256, int Width, int Height);

/// <summary>Keeps photos that the gate let through, as upright JPEGs without metadata, encrypted.</summary>
internal sealed class PhotoShelf(ConversationDatabase database, Cipher cipher, ChannelsOptions options)
{
    public const string ContentType = "image/jpeg";

    private const int Quality = 92;

    /// <summary>Keeps a photo; the same photo sent again in a conversation is kept once.</summary>
    /// <returns>Null when the conversation is gone: nothing is kept then.</returns>
    public KeptPhoto? Keep(ConversationKey key, Photo photo)
    {
        if (Of(key).FirstOrDefault(kept => kept.Sha256 == photo.Sha256) is { } known) return known;
        var about = new KeptPhoto(RandomNumberGenerator.GetHexString(32, lowercase: true), photo.Name, photo.Sha256, photo.Width, photo.Height);
        var content = cipher.Encrypt(key.ToString(), photo.EncodeJpeg(options.KeptPhotoSide, Quality));
        var described = cipher.Encrypt(key.ToString(), JsonSerializer.SerializeToUtf8Bytes(about));
        return database.Write(connection => connection.Run(
            "INSERT INTO photo (id, conversation, about, content) SELECT $photo, $id, $about, $content WHERE EXISTS (SELECT 1 FROM conversation WHERE id = $id)",
            ("$photo", about.Id), ("$id", key.ToString()), ("$about", described), ("$content", content))) == 1 ? about : null;
    }

    /// <summary>The photos of a conversation in the order in which they came.</summary>
    public IReadOnlyList<KeptPhoto> Of(ConversationKey key) =>
    [
        .. database.Read(connection => connection.Query(
            "SELECT about FROM photo WHERE conversation = $id ORDER BY rowid", row => row.Bytes(0), ("$id", key.ToString())))
            .Select(about => JsonSerializer.Deserialize<KeptPhoto>(cipher.Decrypt(key.ToString(), about))!),
    ];

    /// <summary>The conversation a photo belongs to, or null.</summary>
    public string? ConversationOf(string photo) => database.Read(connection => connection.Query(
        "SELECT conversation FROM photo WHERE id = $photo", row => row.GetString(0), ("$photo", photo))) is [var found] ? found : null;

    /// <summary>A photo's JPEG, or null where the conversation has no such photo.</summary>
    public byte[]? Open(ConversationKey key, string photo) => database.Read(connection => connection.Query(
        "SELECT content FROM photo WHERE id = $photo AND conversation = $id", row => row.Bytes(0), ("$photo", photo), ("$id", key.ToString()))) is [var content]
        ? cipher.Decrypt(key.ToString(), content)
        : null;
}
