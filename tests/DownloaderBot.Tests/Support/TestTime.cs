namespace DownloaderBot.Tests.Support;

internal static class TestTime
{
    /// <summary>Ends a wait for something that should have happened long before.</summary>
    public static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token;
}
