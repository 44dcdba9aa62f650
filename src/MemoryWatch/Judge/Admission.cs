namespace MemoryWatch.Judge;

/// <summary>Whether something admits work by the memory that is left, and whether refusing work helps. For any thread.</summary>
/// <param name="time">The clock.</param>
internal sealed class Admission(TimeProvider time)
{
    // Longer than a limiter takes between two reports.
    private static readonly TimeSpan Counts = TimeSpan.FromSeconds(15);

    private readonly long _start = time.GetTimestamp();
    private long _admittedAt = -1;
    private long _starvedAt = -1;

    /// <summary>Whether work is admitted by the memory that is left.</summary>
    public bool IsGoverned => IsRecent(ref _admittedAt);

    /// <summary>Whether work is refused although no admitted work holds the memory.</summary>
    public bool IsStarved => IsRecent(ref _starvedAt);

    public void Note(bool isStarved)
    {
        var now = (long)time.GetElapsedTime(_start).TotalMilliseconds;
        Volatile.Write(ref _admittedAt, now);
        Volatile.Write(ref _starvedAt, isStarved ? now : -1);
    }

    private bool IsRecent(ref long at) => Volatile.Read(ref at) is >= 0 and var then
        && time.GetElapsedTime(_start) - TimeSpan.FromMilliseconds(then) < Counts;
}
