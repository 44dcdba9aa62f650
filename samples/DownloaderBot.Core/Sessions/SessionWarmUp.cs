using MemoryWatch;

namespace DownloaderBot.Sessions;

/// <summary>
/// Has the platform's library prepare itself at the start. It takes tens of megabytes, once, for which no user's login is the cause: as part of
/// the start they raise no alarm.
/// </summary>
internal sealed class SessionWarmUp(IUserLogins platform, IMemoryWatch watch) : BackgroundService
{
    /// <summary>Less than this is not worth a line.</summary>
    private const long WorthTelling = 10 << 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var scope = watch.Track("Warm-Up", "The sessions' library", OperationVerbosity.Quiet);
        var before = Environment.WorkingSet;
        try
        {
            await platform.WarmUpAsync(stoppingToken);
        }
        catch (Exception exception)
        {
            // Not needed: without it, the first login does the same.
            scope.Fail(RedactedException.Of(exception));
            return;
        }

        // Of the whole process, as the library works outside of this operation's flow.
        if (Environment.WorkingSet - before is >= WorthTelling and var taken)
        {
            watch.Mark("Session Library Ready", $"{Text.Megabytes(taken)} more than before, once");
        }
    }
}
