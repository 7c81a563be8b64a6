using DermAssistant.Channels.DirectLine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DermAssistant.Channels.Conversations;

/// <summary>Erases expired conversations now and then.</summary>
internal sealed class ExpirySweep(ConversationRegister register, LiveConversations live, TimeProvider time, ILogger<ExpirySweep> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            do
            {
                try
                {
                    var gone = register.Sweep();
                    live.Retire();
                    if (gone.Count > 0) logger.LogInformation("{Count} conversations had expired and are erased.", gone.Count);
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    logger.LogError("Expired conversations could not be erased: {Failure}", failure.Message);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }
}
