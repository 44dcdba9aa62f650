namespace MemoryWatch.Testing;

/// <summary>
/// An operation that a <see cref="FakeMemoryWatch"/> has recorded. It is the scope that the code under test received from <c>Track</c>, and it
/// keeps everything after its end.
/// </summary>
/// <remarks>
/// Nothing is measured: the allocated bytes of <see cref="OperationScope.Allocation"/> are 0, and a budget raises no alert. Charges are added up,
/// for the operation and for the operations around it, as by a real watch.
/// </remarks>
/// <example>
/// <code>
/// await new DownloadService(watch).DownloadAsync(user: 7);
///
/// var download = watch.Operations.Single(o => o.Name == "Download");
/// Assert.Equal(OperationOutcome.Completed, download.Outcome);
/// Assert.Equal("User 7", download.Context.Text);
/// Assert.Equal(45_300_000, download.Allocation.ChargedBytes);
/// </code>
/// </example>
public sealed class FakeOperation : OperationScope
{
    private readonly FakeMemoryWatch _watch;
    private readonly object _lock = new();
    private readonly List<OperationBudget> _budgets = [];
    private long _selfCharged;
    private long _charged;
    private int _entries;
    private object? _failure;
    private TimeSpan? _duration;

    internal FakeOperation(
        FakeMemoryWatch watch, long id, string name, OperationContext context, OperationVerbosity verbosity, FakeOperation? parent, FakeMoment start)
        : base(id, name) => (_watch, Context, Verbosity, Parent, Start) = (watch, context, verbosity, parent, start);

    /// <summary>The subject of the operation.</summary>
    public OperationContext Context { get; }

    /// <summary>The verbosity with which it was started.</summary>
    public OperationVerbosity Verbosity { get; }

    /// <summary>The nearest operation around it that had not ended when it started; <see langword="null"/> for none.</summary>
    public FakeOperation? Parent { get; }

    /// <summary>Time of its start (UTC), by the watch's time provider.</summary>
    public DateTimeOffset Started => Start.Time;

    /// <summary>Whether the scope has not been disposed.</summary>
    public bool IsInFlight => Read(() => _duration is null);

    /// <summary>Time from its start to its end, or until now while it is in flight; by the watch's time provider.</summary>
    public TimeSpan Duration => Read(() => _duration) ?? _watch.Since(Start);

    /// <summary>
    /// Its outcome: <see cref="OperationOutcome.Running"/> while it is in flight, also after a call to <c>Fail</c>. Failures that count are in
    /// <see cref="FailedWith"/> and <see cref="FailureReason"/> at once.
    /// </summary>
    public OperationOutcome Outcome => Read(() => (_duration, _failure) switch
    {
        (null, _) => OperationOutcome.Running,
        (_, null) => OperationOutcome.Completed,
        (_, OperationCanceledException) => OperationOutcome.Cancelled,
        _ => OperationOutcome.Failed,
    });

    /// <summary>The exception that was passed to <see cref="OperationScope.Fail(Exception)"/> first; <see langword="null"/> for none.</summary>
    public Exception? FailedWith => Read(() => _failure as Exception);

    /// <summary>The reason that was passed to <see cref="OperationScope.Fail(string)"/> first; <see langword="null"/> for none.</summary>
    public string? FailureReason => Read(() => _failure as string);

    /// <summary>How often a flow has entered the operation with <see cref="Enter"/>. <c>TrackAsync</c> of a sequence enters it for each step.</summary>
    public int Entries => Read(() => _entries);

    /// <summary>The budgets that <see cref="OperationScope.SetBudget"/> gave to the operation, in order. Kept after its end.</summary>
    public IReadOnlyList<OperationBudget> Budgets => Read<IReadOnlyList<OperationBudget>>(() => [.. _budgets]);

    /// <inheritdoc/>
    public override OperationAllocation Allocation => Read(() => new OperationAllocation { ChargedBytes = _charged, SelfChargedBytes = _selfCharged });

    /// <summary>The budget that was set last; <see langword="null"/> if there is none, and after the end.</summary>
    public override OperationBudget? Budget => Read(() => _duration is null ? _budgets.LastOrDefault() : null);

    internal FakeMoment Start { get; }

    /// <summary>The operation itself or the nearest one around it that has not ended.</summary>
    internal FakeOperation? Running => IsInFlight ? this : Parent?.Running;

    /// <summary>The reason as the journal has it: none for a cancellation.</summary>
    internal string? Error => Read(() => _failure switch
    {
        OperationCanceledException => null,
        Exception exception => $"{exception.GetType().Name}: {exception.Message}",
        _ => _failure as string,
    });

    /// <inheritdoc/>
    public override EnteredOperation Enter()
    {
        lock (_lock)
        {
            if (_duration is not null)
            {
                return default;
            }

            _entries++;
        }

        return _watch.Enter(this);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        lock (_lock)
        {
            if (_duration is not null)
            {
                return;
            }

            _duration = _watch.Since(Start);
        }

        _watch.End(this);
    }

    /// <summary>Returns one line, such as <c>Download (User 7), Completed after 1.2 s</c>.</summary>
    public override string ToString() => IsInFlight
        ? $"{FakeText.Title(Name, Context)}, started {FakeText.Seconds(Duration)} ago"
        : $"{FakeText.Title(Name, Context)}, {Outcome} after {FakeText.Seconds(Duration)}";

    /// <inheritdoc/>
    protected override void FailCore(Exception exception) => WhileInFlight(() => _failure ??= exception);

    /// <inheritdoc/>
    protected override void FailCore(string reason) => WhileInFlight(() => _failure ??= reason);

    /// <inheritdoc/>
    protected override void ChargeCore(long bytes)
    {
        if (!WhileInFlight(() => (_selfCharged, _charged) = (_selfCharged + bytes, _charged + bytes)))
        {
            return;
        }

        for (var around = Parent?.Running; around is not null; around = around.Parent?.Running)
        {
            around.AddNested(bytes);
        }
    }

    /// <inheritdoc/>
    protected override void SetBudgetCore(OperationBudget budget) => WhileInFlight(() => _budgets.Add(budget));

    /// <inheritdoc/>
    protected override void Leave(OperationScope? before) => _watch.Leave(this, before as FakeOperation);

    private void AddNested(long bytes) => WhileInFlight(() => _charged += bytes);

    private T Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }

    private bool WhileInFlight(Action change)
    {
        lock (_lock)
        {
            if (_duration is null)
            {
                change();
                return true;
            }
        }

        return false;
    }
}
