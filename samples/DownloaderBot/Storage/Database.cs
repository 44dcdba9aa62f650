using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DownloaderBot.Storage;

/// <summary>
/// The bot's SQLite file. One connection, one user at a time: SQLite has one writer anyway, and reads are rare behind the
/// cache. What a write has returned from survives the process and, as each is synced, the machine.
/// </summary>
internal sealed class Database : IDisposable
{
    public const string FileName = "bot.db";

    private const int BusySeconds = 5;

    private readonly Lock _lock = new();
    private readonly SqliteConnection _connection;

    static Database() => Batteries_V2.Init();

    /// <exception cref="DatabaseException">The file cannot be used. It is left as it is.</exception>
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
            // Who uses the bot is nobody else's business.
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

        // FULL, as with NORMAL a power cut can take back the last writes, which users have been told of.
        _connection.Run("PRAGMA synchronous = FULL");

        // 256 KB instead of 2 MB: there is little to keep, and the user cache is in front.
        _connection.Run("PRAGMA cache_size = -256");
        Schema.Upgrade(_connection, Schema.Steps);
    }
}
