using System.Diagnostics;

namespace MemoryWatch.Track;

/// <summary>
/// The watch's implementation of an operation scope. It is small because thousands may be in flight: what few operations have is in
/// <see cref="OperationExtras"/>. After its end it releases everything except its name and its place among the operations around it.
/// </summary>
internal sealed partial class Operation : OperationScope
{
    private const int Ended = 1;
    private const int Quiet = 2;
    private const int Changed = 4;
    private const int Old = 8;
    private const int EndsAnywhere = 16;

    private readonly OperationTracker _tracker;

    // Negative if it could not be read; a nullable would make the scope larger.
    private readonly long _startResidentBytes;

    // The flags share one field for the same reason.
    private int _state;
    private OperationExtras? _extras;

    public Operation(
        OperationTracker tracker, long id, string name, in OperationContext context, Operation? parent, OperationBudget? budget)
        : base(id, name)
    {
        (_tracker, Context, Parent, Statistics) = (tracker, context, parent, tracker.Store.Totals.Of(name));
        _depth = parent is null ? 0 : parent._depth + 1;
        if (budget is not null)
        {
            Extras.Budget = budget;
        }
    }

    public OperationContext Context { get; private set; }

    public Operation? Parent { get; private set; }

    /// <summary>The sums of all operations of this name.</summary>
    public OperationStatistics Statistics { get; }

    /// <summary>The operation in flight that started before this one. Belongs to the registry.</summary>
    public Operation? Older { get; set; }

    /// <summary>The operation in flight that started after this one. Belongs to the registry.</summary>
    public Operation? Newer { get; set; }

    /// <summary>
    /// Id of the nearest enclosing operation of the same watch, 0 if there is none. Operations of other watches may be in between.
    /// </summary>
    public long ParentId
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

    public Activity? Activity
    {
        get => _extras?.Activity;
        set
        {
            if (value is not null)
            {
                Extras.Activity = value;
            }
        }
    }

    /// <summary>Whether the operation is reported only in debug logs. One that is not kept always is, because the black box has no place for it.</summary>
    public bool IsQuiet
    {
        get => Has(Quiet) || Slot == InFlightRegistry.NoSlot;
        init => _state |= value ? Quiet : 0;
    }

    /// <summary>Whether it is normal for the operation to end where it is not the current one, as for an activity.</summary>
    public bool MayEndAnywhere
    {
        get => Has(EndsAnywhere);
        init => _state |= value ? EndsAnywhere : 0;
    }

    /// <summary>Whether the registry counts it as old. Belongs to the registry.</summary>
    public bool IsOld
    {
        get => Has(Old);
        set => Interlocked.Or(ref _state, value ? Old : 0);
    }

    public bool IsRunning => !Has(Ended);

    public long StartTimestamp { get; init; }

    public long? StartResidentBytes
    {
        get => _startResidentBytes < 0 ? null : _startResidentBytes;
        init => _startResidentBytes = value ?? -1;
    }

    /// <summary>Its slot among the operations in flight.</summary>
    public int Slot { get; set; }

    /// <summary>The outcome and, if the operation failed, the reason. Both come from one read because they belong together.</summary>
    public (OperationOutcome Outcome, string? Error) Result => (_extras?.Failure, Cancellation?.Reason) switch
    {
        // A scope that was only disposed does not say whether the token stopped the operation, but that is what it was told.
        (null or OperationCanceledException, { } cancelled) => (OperationOutcome.Cancelled, cancelled),
        (var failure, _) => ResultOf(failure),
    };

    /// <summary>The source with which the watch may cancel it; <see langword="null"/> if there is none, and after the end.</summary>
    public OperationCancellation? Cancellation => _extras is { } extras ? Volatile.Read(ref extras.Cancellation) : null;

    private OperationExtras Extras => Volatile.Read(ref _extras)
        ?? Interlocked.CompareExchange(ref _extras, new(), null)
        ?? _extras;

    /// <summary>The operation itself or the nearest enclosing one that has not ended.</summary>
    public static Operation? Running(Operation? operation)
    {
        while (operation is { IsRunning: false })
        {
            operation = operation.Parent;
        }

        return operation;
    }

    /// <summary>The operation itself or the nearest enclosing one of the watch with this store; <see langword="null"/> if there is none.</summary>
    public Operation? Nearest(OperationStore store)
    {
        var operation = this;
        while (operation is not null && !ReferenceEquals(operation._tracker.Store, store))
        {
            operation = operation.Parent;
        }

        return operation;
    }

    public override EnteredOperation Enter() => IsRunning ? _tracker.Enter(this) : default;

    public override void Dispose()
    {
        if ((Interlocked.Or(ref _state, Ended) & Ended) == 0)
        {
            _tracker.End(this);
        }
    }

    protected internal override void Leave(OperationScope? before) => _tracker.Leave(this, before as Operation);

    /// <summary>From now on the operation is reported like any that is not quiet.</summary>
    public void Speak() => Interlocked.And(ref _state, ~Quiet);

    /// <summary>
    /// Releases what the operation held, because flows that it started may keep this object alive indefinitely. Operations that they start later are
    /// still nested in the operations around this one; operations around it that have ended are released too.
    /// </summary>
    public void Release()
    {
        (Context, Parent) = (default, Running(Parent));
        if (_extras is not { } extras)
        {
            return;
        }

        if (Interlocked.Exchange(ref extras.Cancellation, null) is { } cancellation)
        {
            _tracker.Store.Cancellable.Remove(cancellation);
        }

        (extras.Activity, extras.Failure, extras.Budget) = (null, null, null);
        if (extras.Charged == 0)
        {
            _extras = null;
        }
    }

    public OperationInFlight Describe(TimeProvider time) => new()
    {
        OperationId = Id,
        ParentId = ParentId,
        Name = Name,
        Context = Context,
        Age = time.GetAge(StartTimestamp),
        StartResidentBytes = StartResidentBytes,
        Allocation = Settled,
    };

    protected override void FailCore(Exception exception) => FailBy(exception);

    protected override void FailCore(string reason) => FailBy(reason);

    private void FailBy(object failure)
    {
        if (IsRunning)
        {
            Interlocked.CompareExchange(ref Extras.Failure, failure, null);
        }
    }

    protected override void CancelWithCore(CancellationTokenSource source)
    {
        var cancellation = new OperationCancellation(this, source);
        if (!IsRunning || Interlocked.CompareExchange(ref Extras.Cancellation, cancellation, null) is not null)
        {
            return;
        }

        _tracker.Store.Cancellable.Add(cancellation);
        if (!IsRunning)
        {
            // It may have ended before it was in the list.
            _tracker.Store.Cancellable.Remove(cancellation);
        }
    }

    private static (OperationOutcome Outcome, string? Error) ResultOf(object? failure) => failure switch
    {
        null => (OperationOutcome.Completed, null),
        OperationCanceledException => (OperationOutcome.Cancelled, null),
        Exception exception => (OperationOutcome.Failed, SafeText.Error(exception)),
        var reason => (OperationOutcome.Failed, SafeText.Clean((string)reason, SafeText.MaxErrorLength)),
    };

    private bool Has(int flag) => (Volatile.Read(ref _state) & flag) != 0;
}
