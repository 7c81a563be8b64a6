using System.Text.Json.Nodes;
using DermAssistant.Agent;
using DermAssistant.Channels.Activities;
using DermAssistant.Channels.Conversations;
using DermAssistant.Channels.Rendering;
using DermAssistant.Channels.Teams;

namespace DermAssistant.Channels.WebChat;

/// <summary>Renders one turn for Web Chat: a stream of typing activities that the answer then takes the place of.</summary>
/// <remarks>
/// Web Chat 4.18.1 reads where a stream stands from <c>channelData</c>, later versions from an entity <c>streaminfo</c> too: both are sent. The
/// first piece names itself as its stream, without which 4.18.1 sorts the whole stream above older messages.
/// </remarks>
/// <param name="replyTo">The id of the message that is answered.</param>
internal sealed class WebChatTurn(string replyTo)
{
    private static readonly ChannelAccount Bot = new("derm", "DermAssistant", "bot");

    private string? _stream;
    private int _pieces;

    /// <summary>What is being done.</summary>
    public Activity Progress(string id, string text) => Piece(id, "informative", WebChatMarkdown.Of(char.ToUpperInvariant(text[0]) + text[1..]));

    /// <summary>The answer as far as it is written.</summary>
    public Activity Writing(string id, IReadOnlyList<Claim> claims) => Piece(id, "streaming", Cited(claims).Text);

    /// <summary>The answer.</summary>
    /// <param name="kept">The photos that are kept of the conversation.</param>
    public Activity Answer(TurnAnswered answered, IReadOnlyList<KeptPhoto> kept)
    {
        var (text, cited) = Cited(answered.Answer.Claims);
        var citations = WebChatCitations.Of(answered.Answer, cited);
        var data = Final();
        data["answerId"] = answered.AnswerId;
        data["photos"] = new JsonArray([.. answered.Photos.Select(photo => (JsonNode)new JsonObject
        {
            ["number"] = photo.Number,
            ["id"] = kept.FirstOrDefault(one => one.Sha256 == photo.Sha256)?.Id,
            ["file"] = photo.File,
        })]);
        var asks = answered.Answer.Asks is { } question ? "\n\n" + WebChatMarkdown.Of(question) : "";
        return Message(text + asks + WebChatCitations.Definitions(citations), data) with
        {
            Entities = [WebChatCitations.Entity(answered.AnswerId, citations), .. StreamInfo(data)],
            SuggestedActions = SuggestedActions.Saying(NextWords.Of(answered.Answer)),
            Attachments = CardOf(answered),
        };
    }

    /// <summary>Why there is no answer.</summary>
    public Activity Failure(string text)
    {
        var data = Final();
        return Message(WebChatMarkdown.Of(text), data) with { Entities = StreamInfo(data) };
    }

    // A first look is summed up in a card; a follow-up has words enough.
    private static IReadOnlyList<Attachment>? CardOf(TurnAnswered answered) =>
        answered.Answer.Bundle?.Turns is [.., var asked] && asked.Photos.Any(photo => photo.Accepted) && TeamsCard.Of(answered, [], details: false) is { } card
            ? [new Attachment(Attachment.AdaptiveCard) { Content = card }]
            : null;

    private static CitedText Cited(IReadOnlyList<Claim> claims) => CitedText.Of([.. claims.Select(claim => claim with { Text = WebChatMarkdown.Of(claim.Text) })]);

    private Activity Message(string markdown, JsonObject data) => new()
    {
        Type = ActivityTypes.Message,
        From = Bot,
        Text = markdown,
        TextFormat = "markdown",
        Locale = "en",
        ReplyToId = replyTo,
        ChannelData = data,
    };

    private Activity Piece(string id, string type, string markdown)
    {
        _stream ??= id;
        var data = new JsonObject { ["streamId"] = _stream, ["streamSequence"] = ++_pieces, ["streamType"] = type };
        return Message(markdown, data) with { Type = ActivityTypes.Typing, Entities = StreamInfo(data) };
    }

    private JsonObject Final() => _stream is null ? [] : new JsonObject { ["streamId"] = _stream, ["streamType"] = "final" };

    private static IReadOnlyList<JsonObject> StreamInfo(JsonObject data)
    {
        if (!data.ContainsKey("streamId")) return [];
        var info = new JsonObject { ["type"] = "streaminfo" };
        foreach (var name in (ReadOnlySpan<string>)["streamId", "streamSequence", "streamType"])
            if (data[name] is { } value) info[name] = value.DeepClone();
        return [info];
    }
}
