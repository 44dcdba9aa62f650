using System.Diagnostics;
using MemoryWatch.Track;

namespace MemoryWatch;

/// <summary>
/// An operation in flight, from <c>Track</c>. Dispose it when the operation ends; disposing twice, on another thread or
/// after the watch has stopped does no harm. Once ended it keeps nothing of the operation alive but its name and place.
/// </summary>
/// <remarks>
/// What is allocated until then by the async flow that started it, and by the flows that this one starts, is charged to it: see
/// <see cref="OperationAllocation"/>.
/// </remarks>
public sealed partial class OperationScope : IDisposable
{
    private const int Ended = 1;
    private const int Quiet = 2;

    private readonly OperationTracker? _tracker;
    private object? _failure;

    // Below zero where it could not be read: a scope is as small as it can be.
    private readonly long _startResidentBytes;

    // Flags of one field, for the same reason.
    private int _state;

    internal OperationScope(OperationTracker tracker, long id, string name, OperationContext context, OperationScope? parent)
    {
        _tracker = tracker;
        (Id, Name, Context, Parent) = (id, name, context, parent);
    }

    private OperationScope() => (Name, _state) = (string.Empty, Ended);

    /// <summary>
    /// A scope of no operation: what a watch that is switched off hands out, and what a test's own
    /// <see cref="IMemoryWatch"/> can. Ending it does nothing.
    /// </summary>
    public static OperationScope None { get; } = new();

    /// <summary>The operation's number, as in its journal entries; 0 where the watch is switched off.</summary>
    public long Id { get; }

    /// <summary>The operation's name; safe to print, empty where the watch is switched off.</summary>
    public string Name { get; }

    internal OperationContext Context { get; private set; }

    internal OperationScope? Parent { get; private set; }

    /// <summary>The number of the operation around it, of the same watch; those of others may lie in between. 0 for none.</summary>
    internal long ParentId
    {
        get
        {
            var parent = Parent;
            while (parent is not null && !ReferenceEquals(parent._tracker, _tracker))
            {
                parent = parent.Parent;
            }

            return parent?.Id ?? 0;
        }
    }

    internal Activity? Activity { get; set; }

    internal bool IsQuiet
    {
        get => (Volatile.Read(ref _state) & Quiet) != 0;
        init => _state = value ? Quiet : 0;
    }

    internal long StartTimestamp { get; init; }

    internal long? StartResidentBytes
    {
        get => _startResidentBytes < 0 ? null : _startResidentBytes;
        init => _startResidentBytes = value ?? -1;
    }

    internal int Slot { get; set; }

    internal bool IsRunning => (Volatile.Read(ref _state) & Ended) == 0;

    /// <summary>From now on it is told of as any other.</summary>
    internal void Speak() => Interlocked.And(ref _state, ~Quiet);

    /// <summary>How it ended, and why where it failed; read once, as they belong together.</summary>
    internal (OperationOutcome Outcome, string? Error) Result => Volatile.Read(ref _failure) switch
    {
        null => (OperationOutcome.Completed, null),
        OperationCanceledException => (OperationOutcome.Cancelled, null),
        Exception exception => (OperationOutcome.Failed, SafeText.Error(exception)),
        var reason => (OperationOutcome.Failed, SafeText.Clean((string)reason, SafeText.MaxErrorLength)),
    };

    /// <summary>
    /// Says that the operation failed, or was cancelled where the exception is an <see cref="OperationCanceledException"/>.
    /// It still ends when the scope is disposed. The first call counts; after the end it does nothing.
    /// </summary>
    /// <param name="exception">Why; its type and message are entered, escaped and capped.</param>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is null.</exception>
    public void Fail(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        FailBy(exception);
    }

    /// <summary>As <see cref="Fail(Exception)"/>, for a failure without an exception.</summary>
    /// <param name="reason">Why, such as <c>HTTP 503</c>; entered as text, escaped and capped.</param>
    /// <exception cref="ArgumentNullException"><paramref name="reason"/> is null.</exception>
    public void Fail(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        FailBy(reason);
    }

    /// <summary>
    /// Lets the current flow work for this operation for a block of code, wherever that flow came from: a consumer of a channel, or a
    /// worker that many operations share. What the block allocates, and what it starts, is charged to this operation.
    /// </summary>
    /// <returns>The block; dispose it at its end. Of an operation that has ended it changes nothing.</returns>
    public EnteredOperation Enter() => IsRunning ? _tracker!.WorkFor(this) : default;

    /// <summary>Ends the operation: a line in the log, an entry in the journal.</summary>
    public void Dispose()
    {
        // Looked at before it is written: the scope of a watch that is switched off is one for all threads.
        if (IsRunning && (Interlocked.Or(ref _state, Ended) & Ended) == 0)
        {
            _tracker!.End(this);
        }
    }

    /// <summary>The scope itself or the nearest around it that has not ended.</summary>
    internal static OperationScope? Running(OperationScope? scope)
    {
        while (scope is { IsRunning: false })
        {
            scope = scope.Parent;
        }

        return scope;
    }

    /// <summary>
    /// Lets go of what the operation held, as flows that it started may keep this object for good. What they start later
    /// still runs inside of the operations around this one; those that have ended are let go of too.
    /// </summary>
    internal void Release() => (Context, Parent, Activity, _failure, _budget) = (default, Running(Parent), null, null, null);

    internal OperationInFlight Describe(TimeProvider time) => new()
    {
        OperationId = Id,
        ParentId = ParentId,
        Name = Name,
        Context = Context,
        Age = time.GetElapsedTime(StartTimestamp),
        StartResidentBytes = StartResidentBytes,
        Allocation = Settled,
    };

    private void FailBy(object failure)
    {
        if (IsRunning)
        {
            Interlocked.CompareExchange(ref _failure, failure, null);
        }
    }
}
