namespace MemoryWatch.Testing;

/// <summary>
/// Counts what an async flow and the flows that it starts allocate, on whatever threads they run, and nothing that other flows allocate meanwhile.
/// </summary>
/// <remarks>
/// The runtime counts allocated bytes for each thread and reports each time that a thread enters or leaves a flow. What a thread has allocated in
/// between belongs to the flow. So bytes of another thread are counted when that thread leaves the flow.
/// </remarks>
internal sealed class FlowMeter
{
    private static readonly AsyncLocal<FlowMeter?> Current = new(OnChanged);

    // What the current thread had allocated when it entered the flow.
    [ThreadStatic]
    private static long _atEntry;

    private readonly FlowMeter? _before;
    private long _left;
    private int _threads;

    private FlowMeter(FlowMeter? before) => _before = before;

    /// <summary>Bytes allocated so far. To be read on the flow.</summary>
    public long AllocatedBytes => Interlocked.Read(ref _left) + GC.GetAllocatedBytesForCurrentThread() - _atEntry;

    /// <summary>Whether other threads run the flow at this moment, so that not all of their bytes are counted yet.</summary>
    public bool HasOtherThreads => Volatile.Read(ref _threads) > 1;

    /// <summary>The current flow, and the flows that it starts from now on, are counted.</summary>
    public static FlowMeter Start()
    {
        var meter = new FlowMeter(Current.Value);
        Current.Value = meter;
        return meter;
    }

    /// <summary>The current flow is not counted any more.</summary>
    public void Stop() => Current.Value = _before;

    private static void OnChanged(AsyncLocalValueChangedArgs<FlowMeter?> change)
    {
        var now = GC.GetAllocatedBytesForCurrentThread();
        if (change.PreviousValue is { } left)
        {
            Interlocked.Add(ref left._left, now - _atEntry);
            Interlocked.Decrement(ref left._threads);
        }

        if (change.CurrentValue is { } entered)
        {
            Interlocked.Increment(ref entered._threads);
        }

        _atEntry = now;
    }
}
