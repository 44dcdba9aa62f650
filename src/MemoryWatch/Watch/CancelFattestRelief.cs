using MemoryWatch.Judge;
using MemoryWatch.Tell;
using MemoryWatch.Track;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Watch;

/// <summary>
/// The relief step that cancels the operation that took most memory, when nothing else has helped. The ladder calls it on a guarded thread, and the
/// callbacks of the token run on the thread pool: both are application code, which may throw or hang.
/// </summary>
internal sealed class CancelFattestRelief(FattestFinder finder, TimeSpan cooldown, ILogger logger) : IMemoryRelief
{
    /// <summary>Name of the step.</summary>
    public const string StepName = "Cancel fattest";

    public string Name => StepName;

    public MemoryZone StartsAt => MemoryZone.Imminent;

    public ReliefStage Stage => ReliefStage.Cancel;

    public TimeSpan Cooldown => cooldown;

    public async Task RelieveAsync(CancellationToken cancellationToken)
    {
        var (fattest, taken, grown, reason) = finder.Find();
        if (fattest is null || !fattest.TryMark(CancellationText.Reason))
        {
            CancellationText.NothingCancelled(logger, reason switch
            {
                NoFattestReason.NoGrowth => CancellationText.NoGrowth,
                NoFattestReason.AllWait => CancellationText.AllWait,
                NoFattestReason.TooSmall => CancellationText.TooSmall,
                _ => CancellationText.NoSource,
            });
            return;
        }

        // Read before: it may end at once.
        var (name, context) = (fattest.Operation.Name, fattest.Operation.Context);
        CancellationText.Cancelled(logger, name, context, taken, grown);
        await CancelAsync(fattest).WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await fattest.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException(CancellationText.StillRuns(name, context));
        }
    }

    public ReliefEstimate? Estimate(MemoryZone zone) => finder.Find() is { Fattest: not null } found ? new(found.TakenBytes, 1) : null;

    private static async Task CancelAsync(OperationCancellation fattest)
    {
        try
        {
            await fattest.Source.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The operation is about to end, or the application disposed its source too early. Whether it ends is waited for.
        }
    }
}
