namespace DownloaderBot.Telegram.Sessions;

/// <summary>
/// Runs the library outside the caller's async flow. The library reads, decrypts and parses a connection's data in the flow that opened the
/// connection. Without this class, the data of many downloads would be charged to the operation that opened it.
/// </summary>
internal static class CleanFlow
{
    public static Task<T> RunAsync<T>(Func<Task<T>> call)
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(call);
        }
    }
}
