using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DownloaderBot.Storage;

/// <summary>
/// The bot's SQLite file. One connection with one caller at a time: SQLite has one writer anyway, and the cache makes reads rare. A completed
/// write survives the end of the process and, because each write is synced, a power cut.
/// </summary>
internal sealed class Database : IDisposable
{
    public const string FileName = "bot.db";

    private const int BusySeconds = 5;

    private readonly Lock _lock = new();
    private readonly SqliteConnection _connection;

    static Database() => Batteries_V2.Init();

    /// <exception cref="DatabaseException">The file cannot be used. It is not changed.</exception>
    public Database(string folder)
    {
        var file = Path.Combine(folder, FileName);
        _connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ToString());
        try
        {
            // The list of the bot's users is private.
            OwnerOnly.CreateFolder(folder);
            Open();
        }
        catch (Exception exception)
        {
            _connection.Dispose();
            if (DatabaseFaults.Explain(file, exception) is { } explained)
            {
                throw explained;
            }

            throw;
        }
    }

    public T Use<T>(Func<SqliteConnection, T> work)
    {
        lock (_lock)
        {
            return work(_connection);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _connection.Dispose();
        }
    }

    private void Open()
    {
        _connection.Open();
        if (_connection.Read<string>("PRAGMA quick_check(1)") is not "ok" and var fault)
        {
            throw new InvalidDataException(fault);
        }

        _connection.Run("PRAGMA journal_mode = WAL");

        // FULL, because with NORMAL a power cut can undo the last writes, which users know to be done.
        _connection.Run("PRAGMA synchronous = FULL");

        // 256 KB instead of 2 MB: the data are small, and the user cache serves most reads.
        _connection.Run("PRAGMA cache_size = -256");
        Schema.Upgrade(_connection, Schema.Steps);
    }
}
