namespace MemoryWatch;

/// <summary>
/// The readings of one stretch of time. The parts of memory are those of the reading with the highest used memory, so they belong together. Sizes
/// are in bytes; a number that no reading had is <see langword="null"/>.
/// </summary>
/// <example>
/// <code>
/// foreach (MemoryHistoryPoint point in watch.History(TimeSpan.FromHours(2)).Points)
/// {
///     Console.WriteLine($"{point.Time:HH:mm:ss} {point.UsedMaxBytes >> 20} MB");
/// }
/// </code>
/// </example>
public sealed class MemoryHistoryPoint
{
    /// <summary>Start of the stretch (UTC). Its length is <see cref="MemoryHistory.Resolution"/>.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>
    /// Whether nothing was recorded for a while before this point, such as between two runs or while the machine was suspended: no line leads to
    /// it from the point before.
    /// </summary>
    public bool FollowsGap { get; init; }

    /// <summary>Lowest used memory (<see cref="MemorySnapshot.Usage"/>).</summary>
    public long? UsedMinBytes { get; init; }

    /// <summary>Highest used memory.</summary>
    public long? UsedMaxBytes { get; init; }

    /// <summary>Highest resident memory of this process, peaks between two readings included.</summary>
    public long? ResidentMaxBytes { get; init; }

    /// <summary>Most that the managed heap occupied (<see cref="MemorySnapshot.HeapUsage"/>).</summary>
    public long? HeapMaxBytes { get; init; }

    /// <summary>Live objects at the last GC (<see cref="MemorySplit.ManagedLiveBytes"/>).</summary>
    public long? ManagedLiveBytes { get; init; }

    /// <summary>Memory that the GC holds beyond live objects (<see cref="MemorySplit.ManagedOverheadBytes"/>).</summary>
    public long? ManagedOverheadBytes { get; init; }

    /// <summary>Anonymous memory outside of the GC (<see cref="MemorySplit.NativeBytes"/>).</summary>
    public long? NativeBytes { get; init; }

    /// <summary>Shared memory of this process (<see cref="MemorySplit.SharedBytes"/>).</summary>
    public long? SharedBytes { get; init; }

    /// <summary>Mapped files of this process (<see cref="MemorySplit.FileBackedBytes"/>). The kernel can drop them, so they are not used memory.</summary>
    public long? FileBackedBytes { get; init; }

    /// <summary>Used memory of the container outside of this process (<see cref="MemorySnapshot.RestOfContainerBytes"/>).</summary>
    public long? RestOfContainerBytes { get; init; }

    /// <summary>
    /// Highest value of each metric in <see cref="MemoryHistory.Metrics"/>. Above 16 million it is exact to seven digits.
    /// </summary>
    public IReadOnlyList<long?> Metrics { get; init; } = [];

    /// <summary>Returns one line, such as <c>171.8 to 180.2 MB</c>.</summary>
    public override string ToString() => $"{MemoryText.Megabytes(UsedMinBytes)} to {MemoryText.Megabytes(UsedMaxBytes)}";
}
