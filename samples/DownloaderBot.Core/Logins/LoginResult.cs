namespace DownloaderBot.Logins;

internal enum LoginStatus
{
    NeedsCode,
    NeedsPassword,
    Done,
    Wrong,
    TooOften,
    TimedOut,
    NotPending,
}

/// <summary>The result of a login step, with the attempts left after a wrong answer.</summary>
internal readonly record struct LoginResult(LoginStatus Status, int AttemptsLeft = 0);
