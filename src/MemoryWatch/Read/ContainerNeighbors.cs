namespace MemoryWatch.Read;

/// <summary>
/// Decides when to read who else is in the container: while memory is not healthy, every 10 s and when the zone has become worse, and for growth that
/// is outside of this process. Not without a limit of the container, where the other processes are those of the whole machine. For one caller at a
/// time.
/// </summary>
internal sealed class ContainerNeighbors(IMemoryReader reader, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private ContainerProcesses? _last;
    private MemoryZone _zone;
    private long? _readAt;

    /// <summary>The last reading, if it is recent enough to be shown.</summary>
    public ContainerProcesses? Recent => IsRecent ? _last : null;

    private bool IsRecent => _readAt is { } readAt && time.GetElapsedTime(readAt) < Interval;

    /// <summary>Reads who else is there, if that is due.</summary>
    /// <param name="container">Container of the snapshot.</param>
    /// <param name="zone">Its zone.</param>
    /// <returns>The new reading, or the recent one; <see langword="null"/> if there is none.</returns>
    public ContainerProcesses? Read(in ContainerReading container, MemoryZone zone)
    {
        var isWorse = zone > _zone;
        _zone = zone;
        return zone == MemoryZone.Healthy || (IsRecent && !isWorse) ? Recent : ReadNow(container);
    }

    /// <summary>Reads who else is there unless that is known, whatever the zone.</summary>
    /// <inheritdoc cref="Read"/>
    public ContainerProcesses? ReadAnyway(in ContainerReading container) => Recent ?? ReadNow(container);

    private ContainerProcesses? ReadNow(in ContainerReading container)
    {
        _readAt = time.GetTimestamp();
        return _last = container is { LimitBytes: null, HighBytes: null } ? null
            : container.OtherProcesses == 0 ? new([], 0, true, time.GetUtcNow())
            : reader.ReadContainerProcesses();
    }
}
