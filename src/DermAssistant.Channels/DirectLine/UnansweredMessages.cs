using DermAssistant.Channels.Activities;
using DermAssistant.Channels.Conversations;
using DermAssistant.Channels.WebChat;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DermAssistant.Channels.DirectLine;

/// <summary>Tells people whose messages a server left unanswered when it was killed that they have to ask again.</summary>
internal sealed class UnansweredMessages(
    ActivityLog log, ConversationRegister register, LiveConversations live, TimeProvider time, ILogger<UnansweredMessages> logger) : BackgroundService
{
    // More cannot have been waiting, with what was said in between.
    private const int Newest = 100;

    // What is older than this process nobody is working on.
    private readonly DateTimeOffset _started = time.GetUtcNow();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => Tell(stoppingToken), stoppingToken);

    private void Tell(CancellationToken cancellationToken)
    {
        var told = 0;
        try
        {
            foreach (var key in log.Conversations().TakeWhile(_ => !cancellationToken.IsCancellationRequested))
            {
                if (register.Find(key) is null) continue;
                foreach (var message in Unanswered(log.After(key, log.Last(key) - Newest)))
                {
                    live.Say(key, new WebChatTurn(message.Id!).Failure(ChannelTexts.Stopped));
                    told++;
                }
            }
        }
        catch (Exception failure)
        {
            logger.LogError("Messages that an earlier process left unanswered could not be looked for: {Failure}", failure.Message);
        }

        if (told > 0) logger.LogWarning("{Count} messages were left unanswered when the server ended; whoever sent them is asked to send them again.", told);
    }

    private List<Activity> Unanswered(IReadOnlyList<(long Sequence, Activity Activity)> entries)
    {
        var answered = entries.Select(entry => entry.Activity.ReplyToId).ToHashSet();
        return
        [
            .. entries.Select(entry => entry.Activity)
                .Where(activity => activity is { Type: ActivityTypes.Message, From.Role: "user" } && activity.Timestamp < _started && !answered.Contains(activity.Id)),
        ];
    }
}
