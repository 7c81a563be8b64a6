using System.Net;
using System.Text.Json.Nodes;
using DermAssistant.Channels.Activities;
using DermAssistant.Channels.BotConnector;

namespace DermAssistant.Channels.Teams;

/// <summary>Writes one message bit by bit, within the limits Teams sets for it.</summary>
/// <remarks>
/// One call at a time, each at least a second after the one before was answered; the text only grows; two minutes in all, after which the message is
/// put in place whole. A stream the channel will not have ends in an ordinary message. Not for concurrent use.
/// Rules: https://learn.microsoft.com/microsoftteams/platform/bots/streaming-ux.
/// </remarks>
internal sealed class TeamsStream(ConnectorClient connector, ConnectorAddress conversation, TimeProvider clock)
{
    private const int MaxInformative = 1_000;
    private static readonly TimeSpan BetweenCalls = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenUpdates = TimeSpan.FromSeconds(1.5);

    // Two minutes, less what the last call may take.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(110);

    private State _state = State.Open;
    private string? _id;
    private int _sequence;
    private string _written = "";
    private long _begun;
    private long _answered;

    private enum State
    {
        /// <summary>Takes updates.</summary>
        Open,

        /// <summary>Its time is over; its message can be replaced.</summary>
        Expired,

        /// <summary>The channel does not want it, or its message cannot be used any more.</summary>
        Closed,

        /// <summary>The user stopped it.</summary>
        Stopped,
    }

    /// <summary>Whether anything is to be seen yet.</summary>
    public bool Started => _id is not null;

    /// <summary>Whether the user pressed stop: nothing more is to be said.</summary>
    public bool Stopped => _state == State.Stopped;

    /// <summary>Waits until an update may be sent.</summary>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        if (Started && _state == State.Open) await SpaceAsync(BetweenUpdates, cancellationToken);
    }

    /// <summary>Says what is being done. After the first written words this has no effect: they say more.</summary>
    public Task InformAsync(string words, CancellationToken cancellationToken) =>
        _written.Length > 0 ? Task.CompletedTask : UpdateAsync("informative", TeamsText.Cut(words, MaxInformative), cancellationToken);

    /// <summary>Shows the text as far as it is written.</summary>
    /// <param name="text">Begins with everything shown before.</param>
    public async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Length <= _written.Length) return;
        if (!text.StartsWith(_written, StringComparison.Ordinal)) throw new ArgumentException("The text takes back what is shown already.", nameof(text));
        await UpdateAsync("streaming", text, cancellationToken);
        if (_state == State.Open) _written = text;
    }

    /// <summary>Ends the stream with the whole message, one way or the other.</summary>
    /// <returns>The message's id, or null where it is not known or the user stopped the stream.</returns>
    /// <exception cref="ConnectorException">The message could not be delivered. With the status 400 or 413 the channel does not take this one, and another can be tried.</exception>
    public async Task<string?> FinishAsync(Activity message, CancellationToken cancellationToken)
    {
        if (Started && _state == State.Open && clock.GetElapsedTime(_begun) >= Longest) _state = State.Expired;
        if (Started && _state == State.Open)
        {
            await SpaceAsync(BetweenCalls, cancellationToken);
            try
            {
                await connector.SendAsync(conversation, null, message with { Entities = [StreamInfo("final", null), .. message.Entities ?? []] }, cancellationToken);
                _state = State.Closed;
                return _id;
            }
            catch (ConnectorException refusal) when (refusal.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound || (refusal.Status == HttpStatusCode.BadRequest && refusal.Says("stream")))
            {
                _state = After(refusal);
                if (refusal.Says("size too large"))
                {
                    // The streamed words stay; the caller replaces them by a smaller message.
                    _state = State.Expired;
                    throw new ConnectorException(refusal.Message, HttpStatusCode.RequestEntityTooLarge, refusal.Code, refusal.Reason, refusal);
                }
            }
        }

        if (_state == State.Stopped) return null;
        if (_state == State.Expired && _id is not null)
        {
            try
            {
                await SpaceAsync(BetweenCalls, cancellationToken);
                await connector.UpdateAsync(conversation, _id, message, cancellationToken);
                return _id;
            }
            catch (ConnectorException gone) when (gone.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed)
            {
                _state = State.Closed;
            }
        }

        if (Started) await SpaceAsync(BetweenCalls, cancellationToken);
        return await connector.SendAsync(conversation, null, message, cancellationToken);
    }

    private async Task UpdateAsync(string type, string text, CancellationToken cancellationToken)
    {
        if (_state != State.Open || text.Length == 0) return;
        if (Started)
        {
            if (clock.GetElapsedTime(_begun) >= Longest)
            {
                _state = State.Expired;
                return;
            }

            await SpaceAsync(BetweenCalls, cancellationToken);
        }
        else
        {
            _begun = clock.GetTimestamp();
        }

        try
        {
            var id = await connector.SendAsync(
                conversation, null, new Activity { Type = ActivityTypes.Typing, Text = text, Entities = [StreamInfo(type, ++_sequence)] }, cancellationToken);
            // Without an id no second part could be told to belong to the first.
            if (!Started && id is null) _state = State.Closed;
            _id ??= id;
        }
        catch (ConnectorException refusal)
        {
            // Only the last word counts; that a word in between was lost is no reason to lose the answer.
            _state = After(refusal);
        }
        finally
        {
            _answered = clock.GetTimestamp();
        }
    }

    private static State After(ConnectorException refusal) => refusal switch
    {
        _ when refusal.Code != "ContentStreamNotAllowed" => State.Closed,
        _ when refusal.Says("exceeded streaming time") => State.Expired,
        _ when refusal.Says("cancel") || string.IsNullOrEmpty(refusal.Reason) => State.Stopped,
        _ => State.Closed,
    };

    private async Task SpaceAsync(TimeSpan space, CancellationToken cancellationToken)
    {
        var left = space - clock.GetElapsedTime(_answered);
        if (left > TimeSpan.Zero) await Task.Delay(left, clock, cancellationToken);
    }

    private JsonObject StreamInfo(string type, int? sequence)
    {
        var info = new JsonObject { ["type"] = "streaminfo", ["streamType"] = type };
        if (_id is not null) info["streamId"] = _id;
        if (sequence is not null) info["streamSequence"] = sequence;
        return info;
    }
}
