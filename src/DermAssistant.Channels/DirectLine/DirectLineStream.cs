using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace DermAssistant.Channels.DirectLine;

/// <summary>Sends a conversation to one client as it goes on.</summary>
internal sealed class DirectLineStream(WebSocket socket, PhotoAddresses addresses, string origin)
{
    private const int MostAtOnce = 50;

    // Clients send nothing but empty frames to keep the line open.
    private const int MostReceived = 16 * 1024;

    private static readonly TimeSpan TimeToClose = TimeSpan.FromSeconds(2);

    /// <summary>Sends what was missed and then whatever follows, until the client leaves, the conversation ends or the host has nothing more to say.</summary>
    /// <param name="stopped">Completes when the host is stopping and every answer is out.</param>
    public async Task RunAsync(DirectLineGrant grant, IReadOnlyList<Delivery> missed, ChannelReader<Delivery> following, Task stopped, CancellationToken aborted)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        var receiving = ReceiveAsync(ending.Token);
        try
        {
            foreach (var part in missed.Chunk(MostAtOnce)) await SendAsync(grant, part, ending.Token);
            var more = following.WaitToReadAsync(ending.Token).AsTask();
            while (true)
            {
                await Task.WhenAny(more, receiving, stopped);
                if (receiving.IsCompleted || aborted.IsCancellationRequested) break;
                var batch = new List<Delivery>();
                while (batch.Count < MostAtOnce && following.TryRead(out var delivery)) batch.Add(delivery);
                if (batch.Count > 0) await SendAsync(grant, batch, ending.Token);
                // The host has nothing more to say, and all of it is out.
                else if (stopped.IsCompleted) break;
                if (!more.IsCompleted) continue;
                if (!await more) break;
                more = following.WaitToReadAsync(ending.Token).AsTask();
            }

            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                using var patience = new CancellationTokenSource(TimeToClose);
                await socket.CloseOutputAsync(stopped.IsCompleted ? WebSocketCloseStatus.EndpointUnavailable : WebSocketCloseStatus.NormalClosure, null, patience.Token);
                // The client answers the close; ending the line before would look like a broken one.
                await Task.WhenAny(receiving, Task.Delay(Timeout.Infinite, patience.Token));
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or IOException)
        {
            // The client is gone; it comes back with its watermark.
        }
        finally
        {
            await ending.CancelAsync();
            await receiving;
        }
    }

    private Task SendAsync(DirectLineGrant grant, IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken)
    {
        var set = new ActivitySet([.. deliveries.Select(delivery => addresses.Address(delivery.Activity, grant.Conversation, origin))], Watermarks.Write(deliveries[^1].Watermark));
        return socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(set, DirectLineJson.Relaxed.ActivitySet), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
    }

    // Completes when the client closes, goes away or sends what it has no reason to send.
    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[1024];
        try
        {
            for (var received = 0; received < MostReceived;)
            {
                var frame = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
                if (frame.MessageType == WebSocketMessageType.Close) return;
                received += frame.Count;
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or IOException)
        {
            // The client is gone.
        }
    }
}
