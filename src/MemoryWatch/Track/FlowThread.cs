namespace MemoryWatch.Track;

/// <summary>
/// A thread that has run the flow of an operation, and the operation whose flow it runs now. The thread itself writes it at each hop, and the watch
/// thread reads it without stopping the thread. A change of operation is a hop; what the thread does between two hops, only the kernel knows.
/// </summary>
internal sealed class FlowThread
{
    private readonly WeakReference<Thread>? _thread;
    private Operation? _operation;
    private long _since;
    private long _hops;

    /// <param name="kernelId">The kernel's id of the thread; 0 if it is unknown.</param>
    /// <param name="thread">The thread, to notice its end; <see langword="null"/> for one that does not end.</param>
    /// <param name="processorBefore">Processor time of the thread in nanoseconds, before its first hop.</param>
    public FlowThread(int kernelId, Thread? thread, long? processorBefore) =>
        (KernelId, _thread, ProcessorBefore) = (kernelId, thread is null ? null : new(thread), processorBefore);

    public int KernelId { get; }

    public long? ProcessorBefore { get; }

    /// <summary>How many pages the thread had got by page faults before its first hop; <see langword="null"/> if unknown.</summary>
    public long? FaultsBefore { get; init; }

    /// <summary>When the thread was added, as milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    public long Added { get; init; }

    /// <summary>Bytes that this thread had allocated at its last hop. For this thread only.</summary>
    public long AllocatedBefore { get; private set; }

    /// <summary>Number of operations that had ended by the last hop. For this thread only.</summary>
    public long EndsBefore { get; private set; }

    /// <summary>A thread gives no notice when it ends, and may end within an operation.</summary>
    public bool IsAlive => _thread is null || (_thread.TryGetTarget(out var thread) && thread.IsAlive);

    /// <summary>What it runs, since when, as milliseconds of <see cref="Environment.TickCount64"/>, and how often it has hopped.</summary>
    public FlowStay Read()
    {
        // Written in the other order. If the thread hops in between, the operation is taken to have been there for a shorter time.
        var operation = Volatile.Read(ref _operation);
        return new(this, operation, Volatile.Read(ref _since), Volatile.Read(ref _hops));
    }

    /// <summary>Notes a hop. For this thread only.</summary>
    /// <param name="operation">The operation that the thread runs from now on.</param>
    /// <param name="allocated">Bytes that the thread has allocated.</param>
    /// <param name="ends">Number of operations that have ended.</param>
    /// <param name="milliseconds">The time, of <see cref="Environment.TickCount64"/>; ignored for a hop out of all operations.</param>
    public void Hop(Operation? operation, long allocated, long ends, long milliseconds)
    {
        if (operation is not null)
        {
            Volatile.Write(ref _since, milliseconds);
        }

        Volatile.Write(ref _operation, operation);
        Volatile.Write(ref _hops, _hops + 1);
        (AllocatedBefore, EndsBefore) = (allocated, ends);
    }
}
