using System.Text.Json.Nodes;
using DermAssistant.Channels.Activities;
using DermAssistant.Channels.Conversations;
using DermAssistant.Channels.DirectLine;
using FsCheck.Xunit;
using Microsoft.AspNetCore.DataProtection;

namespace DermAssistant.Channels.Tests.DirectLine;

public sealed class LiveConversationTests
{
    private static readonly ConversationKey Key = new("directline", "c1");

    /// <summary>Whatever was said and whispered, and wherever a client stood: it gets what it has not got, once and in order.</summary>
    [Property(MaxTest = 60)]
    public void A_client_with_a_watermark_gets_exactly_what_came_after_it(bool[] said, byte standing, byte joining)
    {
        using var store = new Store();
        var joins = said.Length == 0 ? 0 : joining % (said.Length + 1);
        var kept = new List<string>();
        List<Delivery>? replay = null;
        System.Threading.Channels.ChannelReader<Delivery>? live = null;
        var after = 0L;
        for (var i = 0; i <= said.Length; i++)
        {
            if (i == joins)
            {
                after = kept.Count == 0 ? 0 : standing % (kept.Count + 1);
                (var past, live, _) = store.Live.Listen(Key, after);
                replay = [.. past];
            }

            if (i == said.Length) break;
            if (said[i]) kept.Add(store.Live.Say(Key, new Activity { Type = "message" })!.Id!);
            else store.Live.Whisper(Key, _ => new Activity { Type = "typing" });
        }

        var received = replay!;
        while (live!.TryRead(out var delivery)) received.Add(delivery);

        Assert.Equal(kept.Skip((int)after), received.Where(delivery => delivery.Activity.Type == "message").Select(delivery => delivery.Activity.Id));
        var order = received.Select(delivery => (long)delivery.Activity.ChannelData!["webchat:sequence-id"]!).ToList();
        Assert.Equal(order.Order().Distinct(), order);
        var marks = received.Select(delivery => delivery.Watermark).ToList();
        Assert.Equal(marks.Order(), marks);
        if (received.Any(delivery => delivery.Activity.Type == "message")) Assert.Equal(kept.Count, received[^1].Watermark);
    }

    [Property(MaxTest = 30)]
    public void Numbers_go_on_after_a_restart(byte before, byte between)
    {
        using var store = new Store();
        var first = Enumerable.Range(0, before % 20).Select(_ => store.Live.Say(Key, new Activity { Type = "message" })!).ToList();
        for (var i = 0; i < between; i++) store.Live.Whisper(Key, _ => new Activity { Type = "typing" });

        var after = store.Restart().Say(Key, new Activity { Type = "message" })!;

        Assert.DoesNotContain(after.Id, first.Select(activity => activity.Id));
        Assert.True((long)after.ChannelData!["webchat:sequence-id"]! > before % 20 * 10_000L + Math.Min((int)between, 9_999) - 1);
        Assert.Equal(before % 20 + 1, store.Log.Last(Key));
    }

    [Fact]
    public async Task Many_who_speak_at_once_are_numbered_without_a_gap()
    {
        using var store = new Store();
        var (_, live, _) = store.Live.Listen(Key, 0);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => store.Live.Say(Key, new Activity { Type = "message", Text = $"{i}" }))));

        var marks = new List<long>();
        while (live.TryRead(out var delivery)) marks.Add(delivery.Watermark);
        Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i), marks);
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_cut_off_and_holds_nobody_up()
    {
        using var store = new Store();
        var (_, slow, _) = store.Live.Listen(Key, 0);

        for (var i = 0; i < 5_000; i++) store.Live.Whisper(Key, _ => new Activity { Type = "typing" });

        while (slow.TryRead(out _))
        {
        }

        Assert.False(await slow.WaitToReadAsync());
    }

    [Fact]
    public void An_erased_conversation_says_nothing_more()
    {
        using var store = new Store();
        var (_, live, _) = store.Live.Listen(Key, 0);
        store.Live.Say(Key, new Activity { Type = "message" });

        store.Register.Erase(Key);
        store.Live.End(Key);

        Assert.Null(store.Live.Say(Key, new Activity { Type = "message" }));
        Assert.True(live.Completion.IsCompleted || live.TryRead(out _));
    }

    [Fact]
    public void What_a_client_sent_along_for_itself_is_kept()
    {
        using var store = new Store();

        var said = store.Live.Say(Key, new Activity { Type = "message", ChannelData = new JsonObject { ["clientActivityID"] = "x" } })!;

        Assert.Equal("x", (string?)said.ChannelData!["clientActivityID"]);
        Assert.Equal("x", (string?)store.Log.After(Key, 0)[0].Activity.ChannelData!["clientActivityID"]);
    }

    private sealed class Store : IDisposable
    {
        private readonly ConversationDatabase _database;

        public Store()
        {
            var options = new ChannelsOptions();
            _database = new ConversationDatabase(options);
            Register = new ConversationRegister(_database, options, TimeProvider.System);
            Register.Enter(Key, "alice");
            Log = new ActivityLog(_database, new Cipher(new EphemeralDataProtectionProvider()));
            Live = new LiveConversations(Log, TimeProvider.System);
        }

        public ConversationRegister Register { get; }

        public ActivityLog Log { get; }

        public LiveConversations Live { get; }

        public LiveConversations Restart() => new(Log, TimeProvider.System);

        public void Dispose() => _database.Dispose();
    }
}
