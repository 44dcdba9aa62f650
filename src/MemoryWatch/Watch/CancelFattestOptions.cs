namespace MemoryWatch;

/// <summary>
/// The settings of the last resort before a restart: to cancel the operation that took most memory. They are read once, when the watch starts; a
/// later change needs a restart.
/// </summary>
/// <example>
/// <code>
/// builder.Services.AddMemoryWatch(options => options.CancelFattest.Enabled = true);
///
/// // An export may be cancelled: it can be started again later.
/// using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
/// using var scope = watch.Track("Export", $"User {userId}");
/// scope.CancelWith(cancellation);
/// await DownloadAsync(userId);
/// </code>
/// </example>
public sealed class CancelFattestOptions
{
    /// <summary>
    /// Whether the watch may cancel an operation in the imminent zone after all other relief has failed; <see langword="false"/> by default. Only
    /// operations that <see cref="OperationScope.CancelWith"/> gave a source can be cancelled.
    /// </summary>
    public bool Enabled { get; set; }

    /// <summary>Minimum time between two cancelled operations; 1 min by default, 1 s to 1 h.</summary>
    public TimeSpan Cooldown { get; set; } = MemoryWatchDefaults.CancelFattestCooldown;
}
