using MemoryWatch.Read;

namespace MemoryWatch.Track;

/// <summary>
/// Holds the data about operations. <see cref="OperationTracker"/> fills it on any thread; judges, reports and the black box read it. Thread-safe.
/// </summary>
internal sealed class OperationStore
{
    private volatile ProcessorWindow _recent = ProcessorWindow.Unknown;

    /// <param name="wake">Wakes the watch thread.</param>
    /// <param name="threadTimes">Reads which threads had the processor; <see langword="null"/> if the system does not report it.</param>
    public OperationStore(Action wake, IThreadTimes? threadTimes = null)
    {
        Handover = new(wake);
        Processor = new(threadTimes, OperationFlows.Threads, static () => Environment.TickCount64, operation => operation.Nearest(this));
    }

    /// <summary>The last entries.</summary>
    public Journal Journal { get; } = new();

    /// <summary>The operations that have not ended.</summary>
    public InFlightRegistry InFlight { get; } = new();

    /// <summary>Those of them that the watch may cancel.</summary>
    public CancellableOperations Cancellable { get; } = new();

    /// <summary>The sums of the ended operations, by name.</summary>
    public OperationTable Totals { get; } = new();

    /// <summary>The operations that the watch thread must examine.</summary>
    public OperationHandover Handover { get; }

    /// <summary>Which operations had the processor; the watch thread keeps and reads it.</summary>
    public ProcessorHistory Processor { get; }

    /// <summary>Number of operations in flight whose names are not among the given ones; those that are not kept are included.</summary>
    public int CountInFlight(IReadOnlyList<string> without)
    {
        var count = InFlight.All().Count(operation => !without.Contains(operation.Name));
        foreach (var statistics in Totals.All)
        {
            count += without.Contains(statistics.Name) ? 0 : statistics.NotKept;
        }

        return count;
    }

    /// <summary>Which operations had the processor before the last tick; unknown if memory gave no reason to look.</summary>
    public ProcessorWindow RecentProcessor
    {
        get => _recent;
        set => _recent = value;
    }
}
