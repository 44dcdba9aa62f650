namespace DownloaderBot.Telegram.Chat;

/// <summary>
/// The HTTP client that the library uses. It is not created by a factory, whose clients log the address of every request, because the address
/// contains the token.
/// </summary>
internal static class BotApiHttp
{
    /// <summary>Maximum size of an answer, in bytes; the API sends at most 4 MB.</summary>
    private const int MostAnswerBytes = 16 << 20;

    public static HttpClient Create() => new(new AnswerReader(new SocketsHttpHandler
    {
        // DNS names change their addresses, and a bot runs for months.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(15),

        // A redirect would send the token elsewhere, and a trace would contain it.
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        UseCookies = false,
    }))
    {
        MaxResponseContentBufferSize = MostAnswerBytes,

        // Each call has a separate limit: 100 s is too long for a text and too short for a file.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>
    /// Reads the answer to a call that Telegram accepted. If the connection breaks in the middle of it, the call has been carried out all the
    /// same, and only here its status is known.
    /// </summary>
    private sealed class AnswerReader(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            try
            {
                if (response.IsSuccessStatusCode)
                {
                    await response.Content.LoadIntoBufferAsync(MostAnswerBytes, cancellationToken);
                }

                return response;
            }
            catch (Exception)
            {
                // Too long, broken or never complete: whoever gave up waiting is told by the canceled token.
                response.Dispose();
                throw BotApiFaults.Unread(response.StatusCode);
            }
        }
    }
}
