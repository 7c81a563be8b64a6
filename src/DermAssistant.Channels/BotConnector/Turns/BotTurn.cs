using System.Net;
using System.Threading.Channels;
using DermAssistant.Channels.Activities;
using DermAssistant.Channels.Teams;
using Microsoft.Extensions.Logging;

namespace DermAssistant.Channels.BotConnector;

/// <summary>Answers one message: fetches its files, asks at the desk, and says what comes of it as the conversation shows it best.</summary>
internal sealed class BotTurn(IChatDesk desk, AttachedFiles files, SentAnswers answers, ConnectorClient connector, TimeProvider clock, ILogger logger)
{
    // An answer that is there at once needs no announcement.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.6);
    private static readonly TimeSpan BetweenSigns = TimeSpan.FromSeconds(5);

    /// <summary>Answers through the connector the message came from.</summary>
    /// <remarks>Never throws for what a channel or a user does: there is nobody left to tell.</remarks>
    public async Task AnswerAsync(Activity message, ConnectorAddress address, CancellationToken cancellationToken)
    {
        try
        {
            var replies = new ConnectorReplies(connector, address, message);
            if (BotMessage.Streams(message)) await StreamAsync(message, address, cancellationToken);
            else await AnswerAsync(message, replies, cancellationToken);
        }
        catch (ConnectorException failure)
        {
            logger.LogError("An answer could not be delivered: {Reason}", failure.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning("An answer was given up because the host stops.");
        }
    }

    /// <summary>Answers in one message, with signs of life before.</summary>
    public async Task AnswerAsync(Activity message, IReplies replies, CancellationToken cancellationToken)
    {
        var shown = await ShowLifeAsync(replies, cancellationToken);
        await foreach (var happened in desk.AnswerAsync(await IncomingAsync(message, cancellationToken), cancellationToken))
        {
            if (happened is TurnAnswered or TurnFailed) await SayAsync(message, happened, replies.SayAsync, cancellationToken);
            else if (clock.GetElapsedTime(shown) >= BetweenSigns) shown = await ShowLifeAsync(replies, cancellationToken);
        }
    }

    private async Task<long> ShowLifeAsync(IReplies replies, CancellationToken cancellationToken)
    {
        try
        {
            await replies.SayAsync(new Activity { Type = ActivityTypes.Typing }, cancellationToken);
        }
        catch (ConnectorException failure)
        {
            // The answer may still get through.
            logger.LogWarning("A sign of life could not be sent: {Reason}", failure.Message);
        }

        return clock.GetTimestamp();
    }

    // The desk tells what happens as it happens, Teams takes a word a second: what is overtaken before it could be said is left out.
    private async Task StreamAsync(Activity message, ConnectorAddress address, CancellationToken cancellationToken)
    {
        var stream = new TeamsStream(connector, address, clock);
        if (AttachedFiles.Any(message)) await stream.InformAsync(TeamsWords.Fetching, cancellationToken);
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var latest = Channel.CreateBounded<TurnEvent>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true });
        var listening = ListenAsync(message, latest.Writer, stopped.Token);
        try
        {
            if (!stream.Started) await Task.WhenAny(listening, Task.Delay(Patience, clock, stopped.Token));
            while (!stream.Stopped && await latest.Reader.WaitToReadAsync(cancellationToken))
            {
                // The last word has a shorter wait of its own.
                if (!listening.IsCompleted) await Task.WhenAny(listening, stream.ReadyAsync(stopped.Token));
                if (!latest.Reader.TryRead(out var happened)) continue;
                switch (happened)
                {
                    case TurnProgress progress:
                        await stream.InformAsync(TeamsText.Sentence(progress.Text) + "…", cancellationToken);
                        break;
                    case TurnWriting writing:
                        await stream.WriteAsync(TeamsMessage.Text(writing.Claims).Text, cancellationToken);
                        break;
                    default:
                        await SayAsync(message, happened, (said, token) => stream.FinishAsync(Addressing.From(message, said), token), cancellationToken);
                        break;
                }
            }
        }
        finally
        {
            await stopped.CancelAsync();
            await listening.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task ListenAsync(Activity message, ChannelWriter<TurnEvent> latest, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var happened in desk.AnswerAsync(await IncomingAsync(message, cancellationToken), cancellationToken)) latest.TryWrite(happened);
            latest.TryComplete();
        }
        catch (Exception e)
        {
            latest.TryComplete(e);
        }
    }

    private async Task<IncomingMessage> IncomingAsync(Activity message, CancellationToken cancellationToken) =>
        new(BotMessage.ConversationOf(message), BotMessage.UserOf(message), BotMessage.WordsOf(message), await files.FetchAsync(message, cancellationToken));

    private async Task SayAsync(Activity message, TurnEvent last, Func<Activity, CancellationToken, Task<string?>> say, CancellationToken cancellationToken)
    {
        if (last is TurnFailed failed)
        {
            await say(TeamsMessage.Said(failed.Text), cancellationToken);
            return;
        }

        if (last is not TurnAnswered answered) return;
        for (var most = TeamsDetail.Full; ; most++)
        {
            var (said, detail) = TeamsMessage.Of(answered, most);
            try
            {
                answers.Add(BotMessage.ConversationOf(message), await say(said, cancellationToken), answered.AnswerId);
                return;
            }
            catch (ConnectorException refused) when (refused.Status is HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.BadRequest && detail < TeamsDetail.Cut)
            {
                // Too large, or more than this channel takes: the answer itself matters more than what goes with it.
                logger.LogWarning("An answer was refused as it was and is sent with less: {Reason}", refused.Message);
                most = detail;
            }
        }
    }
}
