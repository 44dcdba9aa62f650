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

/// <summary>What came of a step of a login; the attempts left are those after a wrong answer.</summary>
internal readonly record struct LoginResult(LoginStatus Status, int AttemptsLeft = 0);
