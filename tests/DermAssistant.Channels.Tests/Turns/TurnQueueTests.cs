using Microsoft.Extensions.Logging.Abstractions;

namespace DermAssistant.Channels.Tests.Turns;

public sealed class TurnQueueTests : IDisposable
{
    private readonly TurnQueue _queue = new(new ChannelsOptions { MaxRunningTurns = 2, MaxWaitingTurns = 5, MaxWaitingTurnsPerConversation = 3 }, NullLogger<TurnQueue>.Instance);

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task Turns_of_one_conversation_run_one_after_the_other_and_in_order()
    {
        var order = new List<int>();
        var running = 0;
        for (var i = 0; i < 3; i++)
        {
            var number = i;
            Assert.True(_queue.TryEnter(Key("a"), async _ =>
            {
                Assert.Equal(1, Interlocked.Increment(ref running));
                await Task.Delay(5, CancellationToken.None);
                lock (order) order.Add(number);
                Interlocked.Decrement(ref running);
            }));
        }

        await _queue.StopAsync(CancellationToken.None);

        Assert.Equal([0, 1, 2], order);
    }

    [Fact]
    public async Task No_more_run_at_once_than_allowed_and_a_busy_conversation_keeps_nobody_waiting()
    {
        var (running, most) = (0, 0);
        var gate = new TaskCompletionSource();
        _queue.TryEnter(Key("busy"), _ => gate.Task);
        _queue.TryEnter(Key("busy"), _ => Task.CompletedTask);
        var others = Enumerable.Range(0, 4).Select(_ => new TaskCompletionSource()).ToList();
        for (var i = 0; i < others.Count; i++)
        {
            var done = others[i];
            Assert.True(_queue.TryEnter(Key($"other {i}"), async _ =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                await Task.Delay(5, CancellationToken.None);
                Interlocked.Decrement(ref running);
                done.SetResult();
            }));
        }

        await Task.WhenAll(others.Select(other => other.Task)).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(1, most);
        gate.SetResult();
        await _queue.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task What_does_not_fit_is_turned_away()
    {
        var gate = new TaskCompletionSource();
        Assert.True(_queue.TryEnter(Key("a"), _ => gate.Task));
        for (var i = 0; i < 3; i++) Assert.True(_queue.TryEnter(Key("a"), _ => Task.CompletedTask));

        Assert.False(_queue.TryEnter(Key("a"), _ => Task.CompletedTask));

        Assert.True(_queue.TryEnter(Key("b"), _ => gate.Task));
        Assert.True(_queue.TryEnter(Key("c"), _ => Task.CompletedTask));
        Assert.True(_queue.TryEnter(Key("d"), _ => Task.CompletedTask));
        Assert.False(_queue.TryEnter(Key("e"), _ => Task.CompletedTask));
        gate.SetResult();
        await _queue.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_turn_that_fails_takes_nothing_with_it()
    {
        var ran = false;
        _queue.TryEnter(Key("a"), _ => throw new InvalidOperationException());
        _queue.TryEnter(Key("a"), _ =>
        {
            ran = true;
            return Task.CompletedTask;
        });

        await _queue.StopAsync(CancellationToken.None);

        Assert.True(ran);
    }

    [Fact]
    public async Task Stopping_takes_in_nothing_more_and_gives_up_only_when_it_has_to()
    {
        var given = new TaskCompletionSource();
        _queue.TryEnter(Key("a"), async token =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            catch (OperationCanceledException)
            {
                given.SetResult();
            }
        });
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await _queue.StopAsync(patience.Token);

        await given.Task.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.False(_queue.TryEnter(Key("b"), _ => Task.CompletedTask));
    }

    private static ConversationKey Key(string id) => new("test", id);
}
