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

    // The bytes that this thread had allocated at its last change, and the number of operations that had ended by then.
    [ThreadStatic]
    private static long _before;

    [ThreadStatic]
    private static long _endsBefore;

    /// <summary>The operation that the current flow works for.</summary>
    /// <param name="isMetered">Whether allocations are attributed; the two kinds of flow are independent of each other.</param>
    public static AsyncLocal<Operation?> Current(bool isMetered) => isMetered ? Metered : Unmetered;

    /// <summary>Attributes the current thread's allocations since its last change, without a change of operation.</summary>
    public static void Settle() => Charge(Metered.Value);

    /// <summary>Counts an operation that ends.</summary>
    /// <returns>Its number among all ends. A thread that resumed the operation's flow before then still works for it.</returns>
    public static long CountEnd() => Interlocked.Increment(ref _ends);

    private static void OnChanged(AsyncLocalValueChangedArgs<Operation?> change) => Charge(change.PreviousValue);

    private static void Charge(Operation? scope)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        scope?.Allocated(allocated - _before, _endsBefore);
        (_before, _endsBefore) = (allocated, Volatile.Read(ref _ends));
    }
}
