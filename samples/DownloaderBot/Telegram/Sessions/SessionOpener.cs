using DownloaderBot.Sessions;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>Connects users with their stored sessions, and puts away those that are of no use any more.</summary>
internal sealed class SessionOpener(SessionVault vault, TelegramClients clients, ILogger<SessionOpener> logger)
{
    /// <exception cref="SessionEndedException">There is no session, or none that counts.</exception>
    /// <exception cref="ConnectionLostException">Telegram cannot be reached.</exception>
    public async Task<TelegramConnection> OpenAsync(long userId, CancellationToken cancel)
    {
        try
        {
            var stored = vault.Read(userId)
                ?? throw new SessionEndedException("I have no Telegram session of yours any more. Please /login again.");
            return await clients.ConnectAsync(stored, session => Write(userId, session), c => ResumeAsync(c, cancel), cancel);
        }
        catch (InvalidDataException exception)
        {
            vault.SetAside(userId);
            logger.SetAside(userId, exception.Message);
            throw new SessionEndedException("Your stored Telegram session is damaged. Please /login again.", exception);
        }
        catch (SessionEndedException exception)
        {
            Discard(userId, exception);
            throw;
        }
    }

    /// <summary>Puts the session of a user away after Telegram has ended it.</summary>
    public void Discard(long userId, SessionEndedException exception)
    {
        if (!vault.Has(userId))
        {
            return;
        }

        if (TelegramFaults.IsKeyUnknown(exception))
        {
            vault.SetAside(userId);
            logger.SetAside(userId, "Telegram does not know it");
        }
        else
        {
            vault.Delete(userId);
            logger.Ended(userId);
        }
    }

    private static async Task ResumeAsync(TelegramConnection connection, CancellationToken cancel)
    {
        if (connection.AccountId == 0)
        {
            throw new InvalidDataException("Nobody is logged in.");
        }

        // By default it would log out, and ask for a phone number and a code, where the session was ended elsewhere.
        await connection.CallAsync(client => client.LoginUserIfNeeded(reloginOnFailedResume: false), cancel);
    }

    /// <summary>What is not written now comes again with the next change; the login itself was written when it was made.</summary>
    private void Write(long userId, byte[] session)
    {
        try
        {
            vault.Write(userId, session);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.NotWritten(userId, exception.Message);
        }
    }
}
