using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DermAssistant.Channels;

/// <summary>The queue of turns; stopping the host lets those taken in finish.</summary>
internal sealed class TurnQueue(ChannelsOptions options, ILogger<TurnQueue> logger) : ITurnQueue, IHostedService, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ConversationKey, Queue<Func<CancellationToken, Task>>> _lines = [];
    private readonly Queue<ConversationKey> _ready = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private int _waiting;
    private bool _stopping;

    /// <summary>Completes when the host is stopping and no turn is left.</summary>
    public Task Drained => _drained.Task;

    /// <summary>How many turns wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate) return _waiting;
        }
    }

    /// <summary>How many turns are worked on.</summary>
    public int Running
    {
        get
        {
            lock (_gate) return _running;
        }
    }

    public bool TryEnter(ConversationKey conversation, Func<CancellationToken, Task> turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        lock (_gate)
        {
            if (_stopping || _waiting >= options.MaxWaitingTurns) return false;
            // A conversation has a line while one of its turns waits or runs.
            var idle = !_lines.TryGetValue(conversation, out var line);
            if (idle) _lines[conversation] = line = new();
            if (line!.Count >= options.MaxWaitingTurnsPerConversation) return false;
            line.Enqueue(turn);
            _waiting++;
            if (idle) _ready.Enqueue(conversation);
            Start();
            return true;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        BeginStop();
        try
        {
            await Drained.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            logger.LogWarning("{Count} answers were not finished in time and are given up.", _running + _waiting);
            await _abort.CancelAsync();
        }
    }

    /// <summary>Takes in no more turns.</summary>
    public void BeginStop()
    {
        lock (_gate)
        {
            _stopping = true;
            if (_running + _waiting == 0) _drained.TrySetResult();
        }
    }

    public void Dispose() => _abort.Dispose();

    // Called with the gate held.
    private void Start()
    {
        while (_running < options.MaxRunningTurns && _ready.TryDequeue(out var conversation))
        {
            var turn = _lines[conversation].Dequeue();
            _waiting--;
            _running++;
            _ = Task.Run(() => RunAsync(conversation, turn));
        }
    }

    private async Task RunAsync(ConversationKey conversation, Func<CancellationToken, Task> turn)
    {
        try
        {
            await turn(_abort.Token);
        }
        catch (Exception failure)
        {
            // Turns report their own failures; one that escapes may not take the queue with it.
            logger.LogError("A turn failed: {Failure} {Place}", failure.GetType().Name, failure.StackTrace);
        }

        lock (_gate)
        {
            _running--;
            if (_lines[conversation].Count > 0) _ready.Enqueue(conversation);
            else _lines.Remove(conversation);
            Start();
            if (_stopping && _running + _waiting == 0) _drained.TrySetResult();
        }
    }
}
