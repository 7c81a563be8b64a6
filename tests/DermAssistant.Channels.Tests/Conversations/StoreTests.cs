using System.Text;
using DermAssistant.Agent;
using DermAssistant.Channels.Activities;
using DermAssistant.Channels.Conversations;
using DermAssistant.Imaging;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DermAssistant.Channels.Tests.Conversations;

public sealed class StoreTests : IDisposable
{
    private static readonly ConversationKey Key = new("directline", "c1");

    private readonly string _folder = Directory.CreateTempSubdirectory("derm-store-").FullName;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(60));
    private readonly IDataProtectionProvider _keys = new EphemeralDataProtectionProvider();
    private Store _store;

    public StoreTests() => _store = new(_folder, _keys, _time);

    public void Dispose()
    {
        _store.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Everything_survives_a_restart()
    {
        await FillAsync(Key);

        _store.Dispose();
        _store = new(_folder, _keys, _time);

        Assert.Equal("alice", _store.Register.Find(Key)!.Owner);
        Assert.Equal(["my mole itches"], _store.Log.After(Key, 0).Select(entry => entry.Activity.Text));
        var photo = Assert.Single(_store.Photos.Of(Key));
        Assert.NotNull(_store.Photos.Open(Key, photo.Id));
        Assert.Equal("my mole itches", Assert.Single(_store.Answers.Of(Key)).Question);
        Assert.Equal("my mole itches", Assert.Single((await _store.Memory.LoadAsync(Key.ToString()))!.Turns).Question);
        Assert.True(_store.Register.Consented("alice"));
    }

    [Fact]
    public async Task Nothing_that_was_said_or_sent_can_be_read_in_the_file()
    {
        await FillAsync(Key);
        var jpeg = _store.Photos.Open(Key, _store.Photos.Of(Key)[0].Id)!;
        _store.Dispose();
        SqliteConnection.ClearAllPools();

        foreach (var file in Directory.EnumerateFiles(_folder))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            foreach (var word in new[] { "itches", "lesion.jpg", "thank you" }) Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)));
            Assert.Equal(-1, bytes.AsSpan().IndexOf(jpeg.AsSpan(0, 64)));
        }
    }

    [Fact]
    public async Task What_is_erased_is_gone_from_every_table_and_nobody_elses_is()
    {
        var other = new ConversationKey("directline", "c2");
        await FillAsync(Key);
        await FillAsync(other, "bob");

        _store.Register.Erase(Key);

        Assert.Null(_store.Register.Find(Key));
        Assert.Empty(_store.Log.After(Key, 0));
        Assert.Empty(_store.Photos.Of(Key));
        Assert.Empty(_store.Answers.Of(Key));
        Assert.Null(await _store.Memory.LoadAsync(Key.ToString()));
        Assert.Single(_store.Log.After(other, 0));
        Assert.Single(_store.Photos.Of(other));
        foreach (var table in new[] { "conversation", "activity", "photo", "answer", "memory" })
            Assert.Equal(1, _store.Count(table));
    }

    [Fact]
    public async Task A_conversation_expires_a_day_after_its_last_use()
    {
        await FillAsync(Key);
        _time.Advance(TimeSpan.FromHours(23));
        Assert.True(_store.Register.Enter(Key, "alice"));
        _time.Advance(TimeSpan.FromHours(23));
        Assert.NotNull(_store.Register.Find(Key));

        _time.Advance(TimeSpan.FromHours(2));

        Assert.Null(_store.Register.Find(Key));
        Assert.Empty(_store.Register.Of("directline", "alice"));
        Assert.False(_store.Register.Consented("alice"));
        Assert.Equal(Key.ToString(), Assert.Single(_store.Register.Sweep()));
        Assert.Equal(0, _store.Count("photo"));
    }

    [Fact]
    public async Task An_expired_conversation_begins_anew_and_empty()
    {
        await FillAsync(Key);
        _time.Advance(TimeSpan.FromHours(25));

        Assert.True(_store.Register.Enter(Key, "bob"));

        Assert.Empty(_store.Log.After(Key, 0));
        Assert.Equal("bob", _store.Register.Find(Key)!.Owner);
    }

    [Fact]
    public void Nobody_enters_anybody_elses_conversation()
    {
        Assert.True(_store.Register.Enter(Key, "alice"));

        Assert.False(_store.Register.Enter(Key, "bob"));
        Assert.Equal("alice", _store.Register.Find(Key)!.Owner);
    }

    [Fact]
    public async Task What_was_kept_for_one_conversation_cannot_be_read_as_anothers()
    {
        await FillAsync(Key);
        var other = new ConversationKey("directline", "c2");
        _store.Register.Enter(other, "bob");
        _store.Move("activity", Key, other);

        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => _store.Log.After(other, 0));
    }

    [Fact]
    public async Task Nothing_is_kept_of_a_conversation_that_was_erased_in_the_meantime()
    {
        await _store.Memory.SaveAsync(Conversation.Begin(Key.ToString()));

        Assert.False(_store.Log.Append(Key, 1, new Activity { Type = "message" }));
        Assert.Null(_store.Photos.Keep(Key, Photo()));
        Assert.Null(await _store.Memory.LoadAsync(Key.ToString()));
    }

    [Fact]
    public async Task A_memory_whose_key_is_gone_begins_anew()
    {
        await FillAsync(Key);

        var elsewhere = new ConversationMemory(_store.Database, new Cipher(new EphemeralDataProtectionProvider()), NullLogger<ConversationMemory>.Instance);

        Assert.Null(await elsewhere.LoadAsync(Key.ToString()));
    }

    [Fact]
    public void A_kept_photo_has_no_metadata_and_is_not_larger_than_needed()
    {
        _store.Register.Enter(Key, "alice");

        var kept = _store.Photos.Keep(Key, new PhotoGate().Admit(TestFiles.Jpeg(side: 2_500), "large.jpg").Photo!)!;

        var again = new PhotoGate().Admit(_store.Photos.Open(Key, kept.Id)!, "again.jpg").Photo!;
        Assert.Equal((2_048, 2_048), (again.Width, again.Height));
        Assert.Equal((2_500, 2_500), (kept.Width, kept.Height));
    }

    [Fact]
    public void The_same_photo_is_kept_once()
    {
        _store.Register.Enter(Key, "alice");

        Assert.Equal(_store.Photos.Keep(Key, Photo()), _store.Photos.Keep(Key, Photo()));
        Assert.Equal(1, _store.Count("photo"));
    }

    [Fact]
    public async Task Ratings_go_to_the_answer_they_name_or_to_the_last()
    {
        await FillAsync(Key);
        var first = _store.Answers.Of(Key)[0].Id;
        Keep(Key, "and why?");

        Assert.True(_store.Answers.Rate(Key, first, new Rating(false, "wrong")));
        Assert.True(_store.Answers.Rate(Key, null, new Rating(true, new string('x', 5_000))));
        Assert.False(_store.Answers.Rate(Key, "unknown", new Rating(true, null)));
        Assert.False(_store.Answers.Rate(new("directline", "c2"), first, new Rating(true, null)));

        var kept = _store.Answers.Of(Key);
        Assert.Equal(new Rating(false, "wrong"), kept[0].Rating);
        Assert.Equal(2_000, kept[1].Rating!.Comment!.Length);
    }

    [Fact]
    public void A_file_of_a_newer_version_is_refused_in_words()
    {
        _store.Database.Write(connection => connection.Run("PRAGMA user_version = 99"));
        _store.Dispose();

        var failure = Assert.Throws<ChannelSetupException>(() => new Store(_folder, _keys, _time));

        Assert.Contains("layout 99", failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(failure.Hint);
    }

    private async Task FillAsync(ConversationKey key, string owner = "alice")
    {
        Assert.True(_store.Register.Enter(key, owner));
        _store.Register.Consent(owner, agreed: true);
        Assert.True(_store.Log.Append(key, 1, new Activity { Type = "message", Text = "my mole itches" }));
        Assert.NotNull(_store.Photos.Keep(key, Photo()));
        var id = Keep(key, "my mole itches");
        _store.Answers.Rate(key, id, new Rating(true, "thank you"));
        await _store.Memory.SaveAsync(Conversation.Begin(key.ToString()) with { Turns = [new("my mole itches", [], "See a doctor.")] });
    }

    private string Keep(ConversationKey key, string question) =>
        _store.Answers.Keep(key, question, new Answer(key.ToString(), "See a doctor.", [new("See a doctor.", [])], [], [], [], [], new("narrator", ""), []), []);

    private static Photo Photo() => new PhotoGate().Admit(TestFiles.Jpeg(), "lesion.jpg").Photo!;

    private sealed class Store : IDisposable
    {
        public Store(string folder, IDataProtectionProvider keys, TimeProvider time)
        {
            var options = new ChannelsOptions { DataDirectory = folder };
            Database = new ConversationDatabase(options);
            var cipher = new Cipher(keys);
            Register = new ConversationRegister(Database, options, time);
            Log = new ActivityLog(Database, cipher);
            Photos = new PhotoShelf(Database, cipher, options);
            Answers = new AnswerShelf(Database, cipher, time);
            Memory = new ConversationMemory(Database, cipher, NullLogger<ConversationMemory>.Instance);
        }

        public ConversationDatabase Database { get; }

        public ConversationRegister Register { get; }

        public ActivityLog Log { get; }

        public PhotoShelf Photos { get; }

        public AnswerShelf Answers { get; }

        public ConversationMemory Memory { get; }

        public int Count(string table) => Database.Read(connection => connection.Query($"SELECT count(*) FROM {table}", row => row.GetInt32(0)))[0];

        public void Move(string table, ConversationKey from, ConversationKey to) =>
            Database.Write(connection => connection.Run($"UPDATE {table} SET conversation = $to WHERE conversation = $from", ("$to", to.ToString()), ("$from", from.ToString())));

        public void Dispose() => Database.Dispose();
    }
}
