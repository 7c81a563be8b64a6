using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DermAssistant.Channels.Activities;
using DermAssistant.Channels.Conversations;
using Microsoft.AspNetCore.WebUtilities;

namespace DermAssistant.Channels.DirectLine;

/// <summary>Addresses of photos that an <c>img</c> element can load: signed, for a while, for one photo of one conversation.</summary>
/// <remarks>Kept activities name photos as <c>photo:ID</c>; the address is made anew each time an activity is handed out.</remarks>
internal sealed class PhotoAddresses(LocalKey key, ChannelsOptions options, TimeProvider time)
{
    private const string Scheme = "photo:";

    private readonly byte[] _key = key.For("photo addresses");

    /// <summary>A photo as kept activities name it.</summary>
    public static Attachment Name(KeptPhoto photo) => new(PhotoShelf.ContentType) { Name = photo.File, ContentUrl = Scheme + photo.Id };

    /// <summary>The same activity with addresses for the names of photos.</summary>
    /// <param name="origin">Where the client reaches us, such as <c>https://derm.example</c>.</param>
    public Activity Address(Activity activity, string conversation, string origin)
    {
        if (activity.Attachments is not { } attachments || !attachments.Any(IsNamed)) return activity;
        return activity with
        {
            Attachments = [.. attachments.Select(attachment => IsNamed(attachment)
                ? attachment with { ContentUrl = origin + Path(conversation, attachment.ContentUrl![Scheme.Length..]) }
                : attachment)],
        };
    }

    /// <summary>The address below our origin.</summary>
    public string Path(string conversation, string photo)
    {
        var expires = (time.GetUtcNow() + options.DirectLine.PhotoAddressLifetime).ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $"/v3/directline/conversations/{conversation}/photos/{photo}?e={expires}&s={Sign(conversation, photo, expires)}");
    }

    /// <summary>Whether an address was signed by us and is still good.</summary>
    public bool IsGood(string conversation, string photo, long expires, string? signature) =>
        signature is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(Sign(conversation, photo, expires)))
        && expires > time.GetUtcNow().ToUnixTimeSeconds();

    private string Sign(string conversation, string photo, long expires) =>
        WebEncoders.Base64UrlEncode(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{conversation}\n{photo}\n{expires}"))));

    private static bool IsNamed(Attachment attachment) => attachment.ContentUrl?.StartsWith(Scheme, StringComparison.Ordinal) == true;
}
