using DownloaderBot.Users;

namespace DownloaderBot.Commands;

/// <summary>
/// How many commands of one user may fail. Each failure is in the watch's journal, which keeps the last 256 entries of
/// everybody: one who types nonsense all day must not push the rest out of it.
/// </summary>
internal sealed class FailureLimit(BotOptions options) : IDisposable
{
    private readonly PerUserLimit _failures = new(options.FailureBurst, options.FailureInterval);
    private readonly PerUserLimit _warnings = new(1, options.FailureInterval);

    /// <summary>False for a failure too many: it is neither noted nor answered.</summary>
    public bool TryTake(long userId) => _failures.TryTake(userId);

    /// <summary>Whether to tell the user why there is silence now; once per interval.</summary>
    public bool ShouldWarn(long userId) => _warnings.TryTake(userId);

    public void Dispose()
    {
        _failures.Dispose();
        _warnings.Dispose();
    }
}
