using DownloaderBot.Logging;
using DownloaderBot.Sessions;
using DownloaderBot.Storage;
using Microsoft.Data.Sqlite;

namespace DownloaderBot.Downloads;

/// <summary>A download that had not ended when the program did.</summary>
/// <param name="Id">Number of its record.</param>
/// <param name="UserId">The user who waits for it.</param>
/// <param name="First">Link of the post, or of the first post of a batch that was not delivered.</param>
/// <param name="Last">Link of the batch's last post; <see langword="null"/> if it is a single post.</param>
/// <param name="MessageId">The message that shows its progress; <see langword="null"/> if there was none.</param>
/// <param name="IsKept">Whether it waited when the program restarted on purpose, and goes on from there.</param>
internal sealed record InterruptedDownload(long Id, long UserId, string First, string? Last, long? MessageId, bool IsKept);

/// <summary>What the journal knows about a download; shared by the jobs of a batch. Guarded by the database.</summary>
internal sealed class DownloadRecord
{
    public long? Id { get; set; }

    public long? MessageId { get; set; }

    /// <summary>Whether its user knows how it ended.</summary>
    public bool IsOver { get; set; }
}

/// <summary>
/// The downloads that users wait for, in the database. A kill leaves them there, so the next start can tell their users. If the database cannot
/// be written, downloads work all the same.
/// </summary>
internal sealed class DownloadJournal(Database database, ILogger<DownloadJournal> logger)
{
    private bool _isNoted = true;

    /// <summary>Returns the downloads without an end.</summary>
    public IReadOnlyList<InterruptedDownload> Read()
    {
        var found = new List<InterruptedDownload>();
        Try(connection =>
        {
            using var command = connection.Command("SELECT id, user, first_link, last_link, message, kept FROM downloads ORDER BY id");
            using var row = command.ExecuteReader();
            while (row.Read())
            {
                found.Add(new(
                    row.GetInt64(0),
                    row.GetInt64(1),
                    row.GetString(2),
                    row.IsDBNull(3) ? null : row.GetString(3),
                    row.IsDBNull(4) ? null : row.GetInt64(4),
                    row.GetBoolean(5)));
            }
        });
        return found;
    }

    public void Add(DownloadJob job) => Try(connection =>
    {
        // A job that was added to the queue may already have its message, or even have ended.
        if (job.Record.IsOver)
        {
            return;
        }

        using var command = connection.Command(
            "INSERT INTO downloads (user, first_link, last_link, message) VALUES ($user, $first, $last, $message) RETURNING id",
            ("$user", job.UserId),
            ("$first", job.Link.ToString()),
            ("$last", job.Batch?.Last.ToString()),
            ("$message", job.Record.MessageId));
        job.Record.Id = (long)command.ExecuteScalar()!;
    });

    /// <summary>Saves which message shows the progress.</summary>
    public void NoteMessage(DownloadJob job, long messageId) => Try(connection =>
    {
        job.Record.MessageId = messageId;
        connection.Run("UPDATE downloads SET message = $message WHERE id = $id", ("$id", job.Record.Id), ("$message", messageId));
    });

    /// <summary>Saves that a batch has reached its next post.</summary>
    public void Advance(DownloadJob job, PostLink next) => Try(connection =>
    {
        job.Record.MessageId = null;
        connection.Run(
            "UPDATE downloads SET first_link = $first, message = NULL WHERE id = $id", ("$id", job.Record.Id), ("$first", next.ToString()));
    });

    /// <summary>Saves that a waiting download goes on at the next start.</summary>
    public void Keep(DownloadJob job) => Try(connection =>
        connection.Run("UPDATE downloads SET kept = 1 WHERE id = $id", ("$id", job.Record.Id)));

    /// <summary>Removes a download whose user knows how it ended.</summary>
    public void Remove(DownloadJob job) => Try(connection =>
    {
        job.Record.IsOver = true;
        Remove(connection, job.Record.Id);
    });

    public void Remove(InterruptedDownload download) => Try(connection => Remove(connection, download.Id));

    private static void Remove(SqliteConnection connection, long? id) => connection.Run("DELETE FROM downloads WHERE id = $id", ("$id", id));

    private void Try(Action<SqliteConnection> work)
    {
        try
        {
            database.Use(connection =>
            {
                work(connection);
                return _isNoted = true;
            });
        }
        catch (Exception exception) when (exception is SqliteException or InvalidOperationException)
        {
            // The disk is full, or the program is ending and has closed the database. Only what the next start would tell is at stake.
            if (_isNoted)
            {
                logger.DownloadNotNoted(exception.Message);
            }

            _isNoted = false;
        }
    }
}
