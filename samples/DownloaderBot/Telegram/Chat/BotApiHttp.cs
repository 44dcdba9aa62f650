namespace DownloaderBot.Telegram.Chat;

/// <summary>
/// The HTTP client under the library. Made by hand and not by a factory, whose clients log the address of every request:
/// the token is in it.
/// </summary>
internal static class BotApiHttp
{
    /// <summary>The API answers with 4 MB at most.</summary>
    private const int MostAnswerBytes = 16 << 20;

    public static HttpClient Create() => new(new SocketsHttpHandler
    {
        // Names change their addresses, and a bot runs for months.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(15),

        // A redirect would take the token elsewhere, and a trace would keep it.
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        UseCookies = false,
    })
    {
        MaxResponseContentBufferSize = MostAnswerBytes,

        // Each call has a limit of its own: 100 s is too long for a text and too short for a file.
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
