using DownloaderBot.Users;

namespace DownloaderBot.Commands;

/// <summary>
/// Limits how many commands of one user may fail. Each failure is in the watch's journal, which keeps the last 256 entries of all users. One user
/// who types nonsense all day must not displace the other entries.
/// </summary>
internal sealed class FailureLimit(BotOptions options) : IDisposable
{
    private readonly PerUserLimit _failures = new(options.FailureBurst, options.FailureInterval);
    private readonly PerUserLimit _warnings = new(1, options.FailureInterval);

    /// <summary>Returns <see langword="false"/> for a failure above the limit: it is neither recorded nor answered.</summary>
    public bool TryTake(long userId) => _failures.TryTake(userId);

    /// <summary>Whether to explain to the user why the bot stops replying; <see langword="true"/> once per interval.</summary>
    public bool ShouldWarn(long userId) => _warnings.TryTake(userId);

    public void Dispose()
    {
        _failures.Dispose();
        _warnings.Dispose();
    }
}
