namespace MemoryWatch.BlackBox.Recall;

/// <summary>
/// Finds out whether most of the growth that ended a run came after its last sample. Whoever allocated before has then little to do with the end.
/// </summary>
internal static class UnseenGrowth
{
    /// <summary>The growth that was seen explains the end if it is at least this part of the way to the limit.</summary>
    private const double LeastSeen = 1.0 / 3;

    /// <summary>A smaller part of the limit may well be used between the last sample and the end.</summary>
    private const double LeastPartOfLimit = 0.1;

    /// <returns>The growth after the last sample, at least, in bytes; <see langword="null"/> if most of the growth was seen, or nothing is known.</returns>
    public static long? Of(RunRecording recording, RunVerdict verdict, string? error)
    {
        var usage = verdict switch
        {
            RunVerdict.Killed or RunVerdict.LikelyKilled => recording.LastSample?.Snapshot.Usage,
            RunVerdict.Crashed when error?.StartsWith(nameof(OutOfMemoryException), StringComparison.Ordinal) == true =>
                recording.LastSample?.Snapshot.HeapUsage,
            _ => null,
        };
        if (usage is not { UsedBytes: { } used and >= 0, LimitBytes: { } limit } || limit <= used || limit - used < limit * LeastPartOfLimit)
        {
            return null;
        }

        var seen = recording.Growth?.RiseBytes ?? 0;
        return seen < (seen + (limit - used)) * LeastSeen ? limit - used : null;
    }
}
