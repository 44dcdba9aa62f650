using System.Diagnostics;
using MemoryWatch.Values;

namespace MemoryWatch.Operations;

/// <summary>
/// An operation in flight, from <c>Track</c>. Dispose it when the operation ends; disposing twice, on another thread or
/// after the watch has stopped does no harm. Once ended it keeps nothing of the operation alive but its name and place.
/// </summary>
public sealed class OperationScope : IDisposable
{
    private readonly OperationTracker? _tracker;
    private Exception? _failure;
    private int _ended;

    internal OperationScope(OperationTracker tracker, long id, string name, OperationContext context, OperationScope? parent)
    {
        _tracker = tracker;
        (Id, Name, Context, Parent) = (id, name, context, parent);
    }

    private OperationScope() => (Name, _ended) = (string.Empty, 1);

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

    internal Activity? Activity { get; set; }

    internal long StartTimestamp { get; init; }

    internal long? StartResidentBytes { get; init; }

    internal int Slot { get; set; }

    internal bool IsRunning => Volatile.Read(ref _ended) == 0;

    /// <summary>How it ended, and why where it failed; read once, as they belong together.</summary>
    internal (OperationOutcome Outcome, string? Error) Result => Volatile.Read(ref _failure) switch
    {
        null => (OperationOutcome.Completed, null),
        OperationCanceledException => (OperationOutcome.Cancelled, null),
        var failure => (OperationOutcome.Failed, SafeText.Error(failure)),
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
        if (IsRunning)
        {
            Interlocked.CompareExchange(ref _failure, exception, null);
        }
    }

    /// <summary>Ends the operation: a line in the log, an entry in the journal.</summary>
    public void Dispose()
    {
        // Looked at before it is written: the scope of a watch that is switched off is one for all threads.
        if (IsRunning && Interlocked.Exchange(ref _ended, 1) == 0)
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
    internal void Release() => (Context, Parent, Activity, _failure) = (default, Running(Parent), null, null);

    internal OperationInFlight Describe(TimeProvider time) => new()
    {
        OperationId = Id,
        ParentId = Parent?.Id ?? 0,
        Name = Name,
        Context = Context,
        Age = time.GetElapsedTime(StartTimestamp),
        StartResidentBytes = StartResidentBytes,
    };
}
