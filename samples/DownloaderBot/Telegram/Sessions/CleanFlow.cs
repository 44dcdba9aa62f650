namespace DownloaderBot.Telegram.Sessions;

/// <summary>
/// Runs the library outside the caller's async flow. A connection is read, deciphered and parsed in the flow that opened it,
/// for as long as it lasts, so what many downloads receive would be charged to the one operation that happened to be first.
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
