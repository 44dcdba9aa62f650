using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>
/// Chooses the operation whose end would help most: of those that can be cancelled and are at work, the one that took most since memory was last
/// healthy, if that is at least a quarter of what memory grew by since. Otherwise none: another one's end would not help.
/// </summary>
internal static class FattestJudge
{
    private const int LeastPart = 4;

    public static (OperationCancellation? Fattest, long TakenBytes, NoFattestReason Reason) Judge(
        IReadOnlyCollection<FattestCandidate> candidates, long? grownBytes)
    {
        if (grownBytes is not > 0)
        {
            return (null, 0, NoFattestReason.NoGrowth);
        }

        if (candidates.Count == 0)
        {
            return (null, 0, NoFattestReason.NoSource);
        }

        var fattest = candidates.Where(static c => c.IsAtWork).OrderByDescending(static c => c.TakenBytes).FirstOrDefault();
        return fattest.Cancellation is null ? (null, 0, NoFattestReason.AllWait)
            : fattest.TakenBytes < grownBytes / LeastPart ? (null, 0, NoFattestReason.TooSmall)
            : (fattest.Cancellation, fattest.TakenBytes, NoFattestReason.None);
    }
}
