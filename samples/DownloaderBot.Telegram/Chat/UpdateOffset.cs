using DownloaderBot.Logging;
using DownloaderBot.Storage;
using Microsoft.Data.Sqlite;

namespace DownloaderBot.Telegram.Chat;

/// <summary>
/// The update from which the next start reads. It is saved before the updates are handled: if the program ends in between, unfinished updates are
/// lost and their users ask again. If it were saved afterwards, a message that ends the program would end it again after each restart.
/// </summary>
internal sealed class UpdateOffset(Database database, BotApi api, ILogger<UpdateOffset> logger)
{
    private bool _isNoted = true;

    /// <summary>Returns <see langword="null"/> if nothing is saved: Telegram then starts with the first unconfirmed update.</summary>
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
            // A full disk must not stop the bot from reading. Until the offset can be saved again, a crash causes the last messages to be handled
            // twice.
            if (_isNoted)
            {
                logger.OffsetNotNoted(exception.Message);
            }

            _isNoted = false;
        }
    }
}
