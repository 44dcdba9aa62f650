namespace DownloaderBot.Telegram.Chat;

/// <summary>How long to leave Telegram alone: twice as long after each failure, up to a minute.</summary>
internal static class Backoff
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Between half of it and all of it by chance, so that not all bots come back at the same moment.</summary>
    /// <param name="failures">How many there were in a row, from 1.</param>
    public static TimeSpan After(int failures)
    {
        var full = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, failures - 1), Longest.TotalSeconds));
        return full * (0.5 + Random.Shared.NextDouble() / 2);
    }
}
