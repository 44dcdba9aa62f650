namespace DownloaderBot.Sessions;

/// <summary>A login under way. Disposing gives it up, or, once done, lets go of what it used.</summary>
internal interface IUserLogin : IAsyncDisposable
{
    /// <summary>What the platform waits for.</summary>
    LoginStep Step { get; }

    /// <summary>Gives the platform what it waits for. It was wrong where the step stays the same.</summary>
    /// <exception cref="LoginRefusedException">The login is over; the message says why.</exception>
    Task AnswerAsync(string answer, CancellationToken cancel);
}
