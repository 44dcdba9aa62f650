namespace DownloaderBot.Telegram.Chat;

/// <summary>Computes the pause after a failed call to Telegram: it doubles with each failure, up to one minute.</summary>
internal static class Backoff
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Returns a random time between half the pause and the full pause, so that not all bots retry at the same moment.</summary>
    /// <param name="failures">Number of failures in a row, from 1.</param>
    public static TimeSpan After(int failures)
    {
        var full = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, failures - 1), Longest.TotalSeconds));
        return full * (0.5 + Random.Shared.NextDouble() / 2);
    }
}
