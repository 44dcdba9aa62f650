using System.Globalization;
using WTelegram;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>Makes connections: the only place that does.</summary>
internal sealed class TelegramClients
{
    /// <summary>What users see among their devices.</summary>
    public const string DeviceName = "DownloaderBot";

    // Short of a byte, about one key in 256 is computed wrong by the library; another try makes another key.
    private const int Attempts = 2;

    private readonly TelegramSessionOptions _options;
    private readonly SessionKey _key;
    private readonly TelegramTimeouts _timeouts;
    private readonly TimeProvider _time;

    /// <param name="options">The settings.</param>
    /// <param name="key">The keys.</param>
    /// <param name="timeouts">How long to wait.</param>
    /// <param name="time">What to wait by.</param>
    /// <param name="log">Not used, but there before the first client is.</param>
    public TelegramClients(TelegramSessionOptions options, SessionKey key, TelegramTimeouts timeouts, TimeProvider time, TelegramLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        (_options, _key, _timeouts, _time) = (options, key, timeouts, time);
        if (options.PublicKey is { } publicKey)
        {
            Encryption.LoadPublicKey(publicKey);
        }
    }

    /// <summary>A connection that is ready for use.</summary>
    /// <param name="start">The session to go on with; null for a new one.</param>
    /// <param name="keep">Keeps the session as it changes; null to keep nothing yet.</param>
    /// <param name="prepare">What comes before its use.</param>
    /// <param name="cancel">Gives it up.</param>
    /// <exception cref="ConnectionLostException">It did not come about.</exception>
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

        // Whoever the session is logged in as.
        "user_id" => "-1",

        // The library would ask on the console, and block a thread until somebody answers.
        "phone_number" or "verification_code" or "email_verification_code" or "password" or "email" =>
            throw new InvalidOperationException($"The library asks for {name}, which it is given by calls alone."),
        _ => null,
    };
}
