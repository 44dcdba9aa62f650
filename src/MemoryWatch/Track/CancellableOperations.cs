namespace MemoryWatch.Track;

/// <summary>The operations in flight that the watch may cancel. Entering and leaving are O(1). Thread-safe.</summary>
internal sealed class CancellableOperations
{
    private const int Gone = -1;

    private readonly object _lock = new();
    private readonly List<OperationCancellation> _all = [];

    public void Add(OperationCancellation cancellation)
    {
        lock (_lock)
        {
            cancellation.Index = _all.Count;
            _all.Add(cancellation);
        }
    }

    /// <summary>Removes an operation that has ended; harmless if it was removed before.</summary>
    public void Remove(OperationCancellation cancellation)
    {
        lock (_lock)
        {
            if (cancellation.Index != Gone)
            {
                var last = _all[^1];
                (_all[cancellation.Index], last.Index) = (last, cancellation.Index);
                _all.RemoveAt(_all.Count - 1);
                cancellation.Index = Gone;
            }
        }

        cancellation.End();
    }

    /// <summary>Copies them to a list, which is cleared first.</summary>
    public void CopyTo(List<OperationCancellation> list)
    {
        list.Clear();
        lock (_lock)
        {
            list.AddRange(_all);
        }
    }
}
