using DownloaderBot.Logging;
using DownloaderBot.Sessions;
using DownloaderBot.Users;

namespace DownloaderBot.Logins;

/// <summary>Handles a session that the platform has ended: its user counts as logged out and can log in again.</summary>
internal sealed class EndedSessions(SessionManager sessions, UserDirectory users, ILogger<EndedSessions> logger)
{
    /// <summary>Never throws.</summary>
    public async Task NoteAsync(long userId)
    {
        try
        {
            await sessions.TryDisconnectAsync(userId);
            await users.ChangeAsync(userId, user => user with { IsLoggedIn = false }, default);
        }
        catch (Exception exception)
        {
            // The next download detects it again, and /logout corrects it.
            logger.EndNotNoted(userId, RedactedException.Of(exception));
        }
    }
}
