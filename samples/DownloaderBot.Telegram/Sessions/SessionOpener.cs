using DownloaderBot.Sessions;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>Connects users with their stored sessions, and sets unusable sessions aside.</summary>
internal sealed class SessionOpener(SessionVault vault, TelegramClients clients, ILogger<SessionOpener> logger)
{
    /// <exception cref="SessionEndedException">There is no session, or none that is valid.</exception>
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

    /// <summary>Deletes a user's session after Telegram has ended it, or sets it aside if Telegram does not know its key.</summary>
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

        // By default, if the session was ended elsewhere, the library would log out and request a phone number and a code.
        await connection.CallAsync(client => client.LoginUserIfNeeded(reloginOnFailedResume: false), cancel);
    }

    /// <summary>Writes a change. If the write fails, the next change includes it; the login was written when it was created.</summary>
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
