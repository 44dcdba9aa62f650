namespace MemoryWatch.Track;

/// <summary>
/// Tracks which operation an async flow works for, and attributes the flow's allocations to it. Whenever a thread changes from one operation to
/// another, or to none, its allocations since the last change are attributed to the operation that it leaves.
/// </summary>
/// <remarks>
/// All watches of the process share it, because a thread's allocations can be divided only once. If operations of two watches nest, the allocations
/// are attributed to both.
/// </remarks>
internal static class OperationFlows
{
    private static readonly AsyncLocal<Operation?> Metered = new(OnChanged);
    private static readonly AsyncLocal<Operation?> Unmetered = new();

    private static long _ends;

    // One object for all that is kept of a thread, because finding a value of a thread costs more than using it.
    [ThreadStatic]
    private static FlowThread? _thread;

    /// <summary>The threads that have run flows of operations whose allocations are attributed.</summary>
    public static FlowThreads Threads { get; } = new();

    /// <summary>The operation that the current flow works for.</summary>
    /// <param name="isMetered">Whether allocations are attributed; the two kinds of flow are independent of each other.</param>
    public static AsyncLocal<Operation?> Current(bool isMetered) => isMetered ? Metered : Unmetered;

    /// <summary>Attributes the current thread's allocations since its last change, without a change of operation.</summary>
    public static void Settle()
    {
        var operation = Metered.Value;
        Charge(operation, operation);
    }

    /// <summary>Counts an operation that ends.</summary>
    /// <returns>Its number among all ends. A thread that resumed the operation's flow before then still works for it.</returns>
    public static long CountEnd() => Interlocked.Increment(ref _ends);

    private static void OnChanged(AsyncLocalValueChangedArgs<Operation?> change) => Charge(change.PreviousValue, change.CurrentValue);

    private static void Charge(Operation? left, Operation? entered)
    {
        if ((_thread ??= Threads.AddCurrent()) is { } thread)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            left?.Allocated(allocated - thread.AllocatedBefore, thread.EndsBefore);
            thread.Hop(entered, allocated, Volatile.Read(ref _ends), entered is null ? 0 : Environment.TickCount64);
        }
    }
}
