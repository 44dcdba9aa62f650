namespace DownloaderBot.Sessions;

/// <summary>A login in progress. Disposing it cancels it or, once it is done, releases its resources.</summary>
internal interface IUserLogin : IAsyncDisposable
{
    /// <summary>The answer that the platform waits for.</summary>
    LoginStep Step { get; }

    /// <summary>Sends the answer to the platform. If the step stays the same, the answer was wrong.</summary>
    /// <exception cref="LoginRefusedException">The login is over; the message gives the reason.</exception>
    Task AnswerAsync(string answer, CancellationToken cancel);
}
