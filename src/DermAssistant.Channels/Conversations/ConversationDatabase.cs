using Microsoft.Data.Sqlite;

namespace DermAssistant.Channels.Conversations;

/// <summary>The SQLite file in which conversations are kept.</summary>
/// <remarks>
/// One writer at a time, readers beside it (write-ahead log). Everything that a person said or sent lies in it encrypted, see <see cref="Cipher"/>;
/// what is erased is overwritten. Without a folder it is a temporary file that goes with the process. Safe for concurrent use.
/// </remarks>
internal sealed class ConversationDatabase : IDisposable
{
    private const int Layout = 1;

    private const string Schema = """
        CREATE TABLE visitor (id TEXT PRIMARY KEY, consented INTEGER, used INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE conversation (id TEXT PRIMARY KEY, channel TEXT NOT NULL, owner TEXT NOT NULL, begun INTEGER NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX conversation_owner ON conversation (channel, owner, used);
        CREATE INDEX conversation_used ON conversation (used);
        CREATE TABLE activity (conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE, sequence INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (conversation, sequence)) WITHOUT ROWID;
        CREATE TABLE memory (conversation TEXT PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE, content BLOB NOT NULL);
        CREATE TABLE photo (id TEXT PRIMARY KEY, conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE, about BLOB NOT NULL, content BLOB NOT NULL);
        CREATE INDEX photo_conversation ON photo (conversation);
        CREATE TABLE answer (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE, content BLOB NOT NULL, helpful INTEGER, comment BLOB);
        CREATE INDEX answer_conversation ON answer (conversation, number);
        """;

    private readonly string _connection;
    private readonly string? _temporary;
    private readonly Lock _writing = new();

    /// <exception cref="ChannelSetupException">The file cannot be opened, or was written by a newer version.</exception>
    public ConversationDatabase(ChannelsOptions options)
    {
        var folder = options.DataDirectory ?? (_temporary = Directory.CreateTempSubdirectory("derm-conversations-").FullName);
        var file = Path.Combine(folder, "conversations.db");
        _connection = new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = 10 }.ToString();
        try
        {
            PrivateFolder.Make(folder);
            using var connection = Open();
            connection.Run("PRAGMA journal_mode = WAL");
            var layout = connection.Query("PRAGMA user_version", row => row.GetInt32(0))[0];
            if (layout > Layout)
                throw new ChannelSetupException($"{file} has layout {layout}; this version reads up to {Layout}.", "Use a newer version of the product, or another data folder.");
            if (layout == 0) Write(connection => connection.Run(Schema + $"PRAGMA user_version = {Layout};"));
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new ChannelSetupException($"Conversations cannot be kept in {file}: {failure.Message}", "Name a folder that the server may write to, with space left (DERM_HOME).");
        }
    }

    public T Read<T>(Func<SqliteConnection, T> read)
    {
        using var connection = Open();
        return read(connection);
    }

    /// <summary>Does everything in <paramref name="write"/> or nothing.</summary>
    public T Write<T>(Func<SqliteConnection, T> write)
    {
        lock (_writing)
        {
            using var connection = Open();
            connection.Run("BEGIN IMMEDIATE");
            try
            {
                var result = write(connection);
                connection.Run("COMMIT");
                return result;
            }
            catch
            {
                connection.Run("ROLLBACK");
                throw;
            }
        }
    }

    /// <summary>Brings what was written, erasures above all, from the log into the file.</summary>
    public void Settle()
    {
        lock (_writing)
        {
            using var connection = Open();
            connection.Run("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    public void Dispose()
    {
        using (var connection = new SqliteConnection(_connection)) SqliteConnection.ClearPool(connection);
        if (_temporary is null || !Directory.Exists(_temporary)) return;
        try
        {
            Directory.Delete(_temporary, recursive: true);
        }
        catch (IOException)
        {
            // An answer that was given up still writes; what it leaves is encrypted with a key that goes with the process.
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connection);
        try
        {
            connection.Open();
            connection.Run("PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
