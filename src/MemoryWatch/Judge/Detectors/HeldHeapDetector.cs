namespace MemoryWatch.Judge;

/// <summary>
/// Raises one alert when large objects are about to fail although much less than the GC's limit is occupied: the GC holds memory that small
/// objects have left and that large objects cannot use.
/// </summary>
/// <remarks>
/// <code>
///  limit   |------------------------------------------------|
///          | small objects | held, free for small ones | large objects ─► | room |
/// </code>
/// The GC keeps free memory in regions for small or for large objects, and counts both against its limit. Much free memory alone is healthy: a
/// program with much garbage has it after each GC. The alert therefore needs large objects that grow, and little room for them. Space that large
/// objects have left is theirs again, so the largest size that their heap has had is not held.
/// </remarks>
internal sealed class HeldHeapDetector(TimeProvider time) : IDetector
{
    // Parts of the GC's limit.
    private const double HeldThatMatters = 0.1;
    private const double LittleRoom = 0.15;
    private const double Growing = 0.05;

    // Memory that the process has taken from the system since the last GC shows large objects if most of the new objects took it.
    private const double FreshPart = 0.75;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ForwardClock _clock = new(time);
    private readonly SlidingMinimum _lowestLarge = new();
    private long _index = -1;
    private long _anonymousAtCollection;
    private long _largestLarge;
    private bool _isHeld;

    public MemoryAlert? Inspect(MemorySnapshot snapshot, JudgeSettings settings)
    {
        var managed = snapshot.Managed;
        if (snapshot.HeapUsage.LimitBytes is not { } limit
            || managed is not { CommittedBytes: { } committed, LargeObjectBytes: { } large, SmallObjectBytes: { } small })
        {
            return null;
        }

        var now = _clock.Read();
        NoteCollection(snapshot, now, committed, large);
        var wasGrowing = large - _lowestLarge.Lowest(now, Window) >= limit * Growing;
        var fresh = Fresh(snapshot, wasGrowing);
        var held = committed - small - Math.Max(large, _largestLarge);
        var room = limit - committed - fresh;
        var isGrowing = wasGrowing || fresh >= limit * Growing * 2;

        // Ends when the GC has returned the memory, so that one state raises one alert.
        var before = _isHeld;
        _isHeld = held >= limit * HeldThatMatters && (before || (isGrowing && room < limit * LittleRoom));
        return _isHeld && !before ? new HeldHeapAlert(managed, held) : null;
    }

    private void NoteCollection(MemorySnapshot snapshot, TimeSpan now, long committed, long large)
    {
        var index = snapshot.Managed.Generation0Collections;
        if (index == _index)
        {
            return;
        }

        _index = index;
        _anonymousAtCollection = snapshot.Process.AnonymousBytes ?? long.MaxValue;
        _lowestLarge.Add(now, Window, large);

        // What the GC has returned to the system is nobody's any more.
        _largestLarge = Math.Min(Math.Max(_largestLarge, Math.Max(large, snapshot.Managed.LargeObjectBytesBefore ?? 0)), committed);
    }

    /// <summary>
    /// Memory that large objects have taken from the system since the last GC: all that was allocated if they were growing then, or if the process
    /// grew by as much although the GC holds free memory for small objects.
    /// </summary>
    private long Fresh(MemorySnapshot snapshot, bool wasGrowing)
    {
        var allocated = Math.Max(0, (snapshot.Managed.HeapBytes ?? 0) - (snapshot.Managed.LiveBytes ?? 0));
        var taken = snapshot.Process.AnonymousBytes - _anonymousAtCollection;
        return wasGrowing || taken >= allocated * FreshPart ? allocated : 0;
    }
}
