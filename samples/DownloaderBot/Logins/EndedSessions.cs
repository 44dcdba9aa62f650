using DownloaderBot.Logging;
using DownloaderBot.Sessions;
using DownloaderBot.Users;

namespace DownloaderBot.Logins;

/// <summary>What follows when the platform has ended a session: its user counts as logged out and can log in again.</summary>
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
            // The next download finds out again, and /logout puts it right.
            logger.EndNotNoted(userId, RedactedException.Of(exception));
        }
    }
}
