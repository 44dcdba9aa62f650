namespace MemoryWatch.Read;

/// <summary>
/// Takes snapshots: the numbers of the machine and of the application, with the usage and limit that govern. A snapshot has no zone yet; a judge
/// sets it before any other code sees the snapshot.
/// </summary>
internal sealed class Sampler(
    IMemoryReader reader, ResidentProbe probe, Func<OutOfMemoryEvent?> outOfMemory, MetricBoard builtInMetrics, TimeProvider time)
{
    // Readers and metrics serve one caller at a time: the watch thread, or an application thread that requests a snapshot.
    private readonly object _turn = new();
    private readonly ContainerNeighbors _neighbors = new(reader, time);
    private readonly NativeHeapProbe _nativeHeap = new(reader.ReadNativeHeap, time);
    private MetricBoard _metrics = builtInMetrics;

    /// <summary>Replaces the metrics, from the next snapshot on, with a board that includes the application's.</summary>
    public void Use(MetricBoard metrics)
    {
        lock (_turn)
        {
            _metrics = metrics;
        }
    }

    /// <summary>Takes the watch's own snapshot. Its peak is the highest value since the previous tick.</summary>
    /// <param name="limitSetting">The <c>Limit</c> setting in force.</param>
    public MemorySnapshot Tick(long? limitSetting)
    {
        lock (_turn)
        {
            var reading = reader.Read();
            return Take(reading, limitSetting, Highest(reading.Process.ResidentBytes, probe.TakePeak()));
        }
    }

    /// <summary>
    /// Reads what is not read at each tick: who else is in the container, which it adds to the snapshot, and the native heap, which later snapshots
    /// have.
    /// </summary>
    /// <param name="snapshot">The snapshot of this tick, before it is judged.</param>
    /// <param name="zone">The zone that it will have.</param>
    public void AddSurroundings(MemorySnapshot snapshot, MemoryZone zone)
    {
        lock (_turn)
        {
            snapshot.Add(_neighbors.Read(snapshot.Container, zone));
        }

        _nativeHeap.Consider(snapshot.Split.NativeBytes, zone);
    }

    /// <summary>Reads who else is in the container, whatever the zone, and adds it to the snapshot.</summary>
    public void AddNeighbors(MemorySnapshot snapshot)
    {
        lock (_turn)
        {
            snapshot.Add(_neighbors.ReadAnyway(snapshot.Container));
        }
    }

    /// <summary>Reads the used memory and the governing limit alone, for the effect of a relief step.</summary>
    /// <param name="limitSetting">The <c>Limit</c> setting in force.</param>
    public MemoryUsage ReadUsage(long? limitSetting)
    {
        lock (_turn)
        {
            return Governing(reader.Read(), limitSetting);
        }
    }

    /// <summary>Forgets what is known of the native heap: a relief step may have returned memory.</summary>
    public void ForgetNativeHeap() => _nativeHeap.Forget();

    /// <summary>Takes a snapshot for the application. Its resident memory counts toward the peak of the next tick.</summary>
    public MemorySnapshot Take(long? limitSetting, string operation, in OperationContext context)
    {
        lock (_turn)
        {
            var reading = reader.Read();
            probe.Note(reading.Process.ResidentBytes);
            return Take(reading, limitSetting, reading.Process.ResidentBytes, SnapshotTrigger.Explicit, operation, context);
        }
    }

    /// <summary>Which limit governs, and the memory that counts against it.</summary>
    public static MemoryUsage Governing(in MemoryReading reading, long? limitSetting)
    {
        var (container, machine, resident) = (reading.Container, reading.Machine, reading.Process.ResidentBytes);
        if (limitSetting is { } setting)
        {
            return new() { UsedBytes = resident, LimitBytes = setting, Source = LimitSource.Setting };
        }

        // A container's limit may be above the machine's memory; then the machine runs out first.
        if (container.LimitBytes is { } limit && !(limit > machine.TotalBytes))
        {
            return UsedMemory.OfContainer(container, resident).Of(limit, LimitSource.Container, resident);
        }

        // Nothing kills before the machine does, but the kernel slows the container down before that.
        if (container.HighBytes is { } high && !(high > machine.TotalBytes))
        {
            return new UsedMemory(container.HighUsedBytes, container.HighPrecision).Of(high, LimitSource.Throttling, resident);
        }

        return machine.TotalBytes is { } total
            ? UsedMemory.OfMachine(machine, resident).Of(total, LimitSource.Machine, resident)
            : default;
    }

    private MemorySnapshot Take(
        in MemoryReading reading, long? limitSetting, long? peak,
        SnapshotTrigger trigger = SnapshotTrigger.Tick, string operation = "", OperationContext context = default) => new()
    {
        Time = time.GetUtcNow(),
        Trigger = trigger,
        Operation = operation,
        Context = context,
        Usage = Governing(reading, limitSetting),
        Process = reading.Process,
        PeakResidentBytes = peak,
        Managed = reading.Managed,
        Container = reading.Container,
        Machine = reading.Machine,
        Gaps = reading.Gaps,
        Metrics = _metrics.Read(),
        ContainerProcesses = _neighbors.Recent,
        NativeHeap = _nativeHeap.Last(MemorySplit.Of(reading.Process, reading.Managed).NativeBytes),
        OutOfMemory = outOfMemory(),
    };

    private static long? Highest(long? one, long? other) => one is null || other > one ? other : one;
}
