namespace MemoryWatch.Track;

/// <summary>The source with which the watch may cancel an operation, and what it knows to choose the one that it cancels.</summary>
/// <param name="operation">The operation.</param>
/// <param name="source">The application's source. It may be disposed at any time.</param>
internal sealed class OperationCancellation(Operation operation, CancellationTokenSource source)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _reason;
    private long _before;
    private long _grewAt;

    public Operation Operation => operation;

    public CancellationTokenSource Source => source;

    /// <summary>Its place among the operations that can be cancelled. Belongs to their list.</summary>
    public int Index { get; set; }

    /// <summary>Completes when the operation has ended.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Why the watch has cancelled it; <see langword="null"/> if it has not.</summary>
    public string? Reason => Volatile.Read(ref _reason);

    /// <summary>What it had taken when memory was last healthy. The watch thread writes it.</summary>
    public long TakenBefore
    {
        get => Volatile.Read(ref _before);
        set => Volatile.Write(ref _before, value);
    }

    /// <summary>Timestamp of the tick that last saw it take memory. The watch thread writes it.</summary>
    public long GrewAt
    {
        get => Volatile.Read(ref _grewAt);
        set => Volatile.Write(ref _grewAt, value);
    }

    /// <summary>What it had taken at <see cref="GrewAt"/>. For the watch thread only.</summary>
    public long TakenAtGrowth { get; set; }

    /// <summary>What it has taken by now, nested operations included, as far as its flows have handed it in.</summary>
    public long Taken
    {
        get
        {
            var allocation = operation.Settled;
            return allocation.AllocatedBytes + allocation.ChargedBytes;
        }
    }

    /// <returns>Whether it had not been cancelled by the watch before.</returns>
    public bool TryMark(string reason) => Interlocked.CompareExchange(ref _reason, reason, null) is null;

    public void End() => _ended.TrySetResult();
}
