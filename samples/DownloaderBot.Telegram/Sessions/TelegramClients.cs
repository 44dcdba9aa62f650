using System.Globalization;
using DownloaderBot.Sessions;
using WTelegram;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>Creates connections; no other class does.</summary>
internal sealed class TelegramClients
{
    /// <summary>The device name that users see in Telegram.</summary>
    public const string DeviceName = "DownloaderBot";

    // The library computes about one key in 256 incorrectly, one byte short; another attempt creates another key.
    private const int Attempts = 2;

    private readonly TelegramSessionOptions _options;
    private readonly SessionKey _key;
    private readonly TelegramTimeouts _timeouts;
    private readonly TimeProvider _time;

    /// <param name="options">The settings.</param>
    /// <param name="key">The keys.</param>
    /// <param name="timeouts">The time limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Not used, but it must exist before the first client.</param>
    public TelegramClients(TelegramSessionOptions options, SessionKey key, TelegramTimeouts timeouts, TimeProvider time, TelegramLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        (_options, _key, _timeouts, _time) = (options, key, timeouts, time);
        if (options.PublicKey is { } publicKey)
        {
            Encryption.LoadPublicKey(publicKey);
        }
    }

    /// <summary>Creates a connection that is ready for use.</summary>
    /// <param name="start">The session to resume; <see langword="null"/> for a new one.</param>
    /// <param name="keep">Stores the session as it changes; <see langword="null"/> to store nothing yet.</param>
    /// <param name="prepare">Steps to run before its use.</param>
    /// <param name="cancel">Cancels the connection attempt.</param>
    /// <exception cref="ConnectionLostException">The connection could not be established.</exception>
    /// <exception cref="InvalidDataException">The library cannot read the session.</exception>
    public async Task<TelegramConnection> ConnectAsync(
        byte[]? start, Action<byte[]>? keep, Func<TelegramConnection, Task> prepare, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var connection = TelegramConnection.Create(Setting, new(start, keep), _timeouts, _time);
            try
            {
                await connection.ConnectAsync(cancel);
                await prepare(connection);
                return connection;
            }
            catch (Exception exception)
            {
                await connection.DisposeAsync();
                if (exception is not ConnectionLostException || attempt == Attempts)
                {
                    throw;
                }
            }
        }
    }

    private string? Setting(string name) => name switch
    {
        "api_id" => _options.ApiId.ToString(CultureInfo.InvariantCulture),
        "api_hash" => _options.ApiHash,
        "session_key" => _key.ForLibrary,
        "server_address" => _options.ServerAddress,
        "device_model" => DeviceName,
        "lang_code" or "system_lang_code" => "en",

        // Any user that the session is logged in as.
        "user_id" => "-1",

        // The library would ask on the console and block a thread until someone answers.
        "phone_number" or "verification_code" or "email_verification_code" or "password" or "email" =>
            throw new InvalidOperationException($"The library asks for {name}, which it is given by calls alone."),
        _ => null,
    };
}
