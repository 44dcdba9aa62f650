using DownloaderBot.Logging;
using DownloaderBot.Storage;
using Microsoft.Data.Sqlite;

namespace DownloaderBot.Telegram.Chat;

/// <summary>
/// From which update on the next start reads. It is noted before the updates are handed out: what was handed out and is not
/// finished when the program ends is lost, and its user asks again. The other way round a message that kills the program
/// would kill it after each restart.
/// </summary>
internal sealed class UpdateOffset(Database database, BotApi api, ILogger<UpdateOffset> logger)
{
    private bool _isNoted = true;

    /// <summary>Null where nothing is noted: then Telegram starts with what nobody has confirmed.</summary>
    public int? Read() => database.Use(connection =>
    {
        using var command = connection.Command("SELECT next_update FROM telegram_offsets WHERE bot = $bot", ("$bot", api.BotId));
        return (int?)(long?)command.ExecuteScalar();
    });

    public void Note(int next)
    {
        try
        {
            database.Use(connection =>
            {
                connection.Run(
                    """
                    INSERT INTO telegram_offsets (bot, next_update) VALUES ($bot, $next)
                    ON CONFLICT (bot) DO UPDATE SET next_update = $next
                    """,
                    ("$bot", api.BotId),
                    ("$next", next));
                return true;
            });
            _isNoted = true;
        }
        catch (SqliteException exception)
        {
            // A full disk must not make the bot deaf. Until it is noted again, a crash has the last messages handled twice.
            if (_isNoted)
            {
                logger.OffsetNotNoted(exception.Message);
            }

            _isNoted = false;
        }
    }
}
