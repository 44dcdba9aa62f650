namespace MemoryWatch.Track;

/// <summary>
/// Which operation an async flow works for, and what flows allocate for theirs: whenever a thread changes from one operation to
/// another, or to none, what it has allocated since the last change is charged to the one that it leaves.
/// </summary>
/// <remarks>
/// One for all watches of the process, for a thread's allocations can be divided once only: where operations of two watches
/// nest, both are charged.
/// </remarks>
internal static class OperationFlows
{
    private static readonly AsyncLocal<Operation?> Metered = new(OnChanged);
    private static readonly AsyncLocal<Operation?> Unmetered = new();

    private static long _ends;

    // What this thread had allocated at its last change, and how many operations had ended by then.
    [ThreadStatic]
    private static long _before;

    [ThreadStatic]
    private static long _endsBefore;

    /// <summary>The operation that the current flow works for.</summary>
    /// <param name="isMetered">Whether allocations are charged; the two kinds do not know of each other.</param>
    public static AsyncLocal<Operation?> Current(bool isMetered) => isMetered ? Metered : Unmetered;

    /// <summary>Charges what the current thread has allocated since its last change, without one.</summary>
    public static void Settle() => Charge(Metered.Value);

    /// <summary>Counts an operation that ends.</summary>
    /// <returns>Its number among all ends: a thread that took up its flow before then works for it still.</returns>
    public static long CountEnd() => Interlocked.Increment(ref _ends);

    private static void OnChanged(AsyncLocalValueChangedArgs<Operation?> change) => Charge(change.PreviousValue);

    private static void Charge(Operation? scope)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        scope?.Allocated(allocated - _before, _endsBefore);
        (_before, _endsBefore) = (allocated, Volatile.Read(ref _ends));
    }
}
