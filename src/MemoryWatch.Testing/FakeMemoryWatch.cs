namespace MemoryWatch.Testing;

/// <summary>
/// A watch for unit tests. It records what the code under test tracks, reads nothing, logs nothing, and returns what you set. Thread-safe; each
/// instance is independent of all others.
/// </summary>
/// <remarks>
/// Operations nest along async flows as they do with a real watch: an operation that is started while the flow works for another one has that one
/// as its <see cref="FakeOperation.Parent"/>.
/// </remarks>
/// <example>
/// <code>
/// var watch = new FakeMemoryWatch();
///
/// await new DownloadService(watch).DownloadAsync(user: 7);
///
/// Assert.Equal("User 7", watch.Operations.Single(o => o.Name == "Download").Context.Text);
/// watch.AssertNoneInFlight();
/// </code>
/// With a clock that the test moves, durations are exact:
/// <code>
/// var time = new FakeTimeProvider();
/// var watch = new FakeMemoryWatch(time);
/// </code>
/// </example>
/// <param name="time">The clock for times and durations. If <see langword="null"/>, the default, the system's.</param>
public sealed class FakeMemoryWatch(TimeProvider? time = null) : IMemoryWatch
{
    private const int MaxRecentEntries = 256;

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly AsyncLocal<FakeOperation?> _flow = new();
    private readonly object _lock = new();
    private readonly List<FakeOperation> _operations = [];
    private readonly List<FakeMark> _marks = [];
    private readonly List<FakeSnapshot> _snapshots = [];
    private readonly List<FakeExpectedObject> _expected = [];
    private readonly Queue<JournalEntry> _entries = new();
    private long _lastId;
    private long _lastSequence;

    /// <summary>
    /// Whether operations are tracked; <see langword="true"/> by default. If you set <see langword="false"/>, the watch behaves like one that is
    /// disabled: it records nothing, and <c>Track</c> returns <see cref="OperationScope.None"/>.
    /// </summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>
    /// The latest reading, which <see cref="Snapshot"/> returns too; <see cref="MemorySnapshot.Empty"/> until you set it. Set one with a zone to
    /// test code that behaves differently while memory is high.
    /// </summary>
    public MemorySnapshot Current { get; set; } = MemorySnapshot.Empty;

    /// <summary>The previous run of the program; <see langword="null"/> until you set it.</summary>
    public PreviousRun? PreviousRun { get; set; }

    /// <summary>What <see cref="Diagnose"/> returns; <see cref="MemoryDiagnosis.Empty"/> until you set it.</summary>
    public MemoryDiagnosis DiagnosisToReturn { get; set; } = MemoryDiagnosis.Empty;

    /// <summary>What <see cref="History"/> returns for any window; <see cref="MemoryHistory.Empty"/> until you set it.</summary>
    public MemoryHistory HistoryToReturn { get; set; } = MemoryHistory.Empty;

    /// <summary>All operations that were started, in order, with those that have ended.</summary>
    public IReadOnlyList<FakeOperation> Operations => Copy(_operations);

    /// <summary>The operations whose scope has not been disposed, the oldest first.</summary>
    public IReadOnlyList<FakeOperation> OperationsInFlight => [.. Operations.Where(o => o.IsInFlight)];

    /// <summary>The operation that the current async flow works for; <see langword="null"/> for none.</summary>
    public FakeOperation? CurrentOperation => _flow.Value?.Running;

    /// <summary>All marks, in order.</summary>
    public IReadOnlyList<FakeMark> Marks => Copy(_marks);

    /// <summary>All explicit snapshots, in order.</summary>
    public IReadOnlyList<FakeSnapshot> Snapshots => Copy(_snapshots);

    /// <summary>All objects that were registered with <see cref="ExpectCollected"/>, in order.</summary>
    public IReadOnlyList<FakeExpectedObject> ExpectedObjects => Copy(_expected);

    /// <summary>
    /// The latest 256 entries, as a real watch journals them: starts and ends of operations that are not quiet, marks and snapshots. Their numbers
    /// of resident memory are <see langword="null"/>.
    /// </summary>
    public IReadOnlyList<JournalEntry> RecentEntries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries];
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<OperationInFlight> InFlight =>
    [
        .. OperationsInFlight.Select(o => new OperationInFlight
        {
            OperationId = o.Id, ParentId = o.Parent?.Id ?? 0, Name = o.Name, Context = o.Context, Age = o.Duration, Allocation = o.Allocation,
        }),
    ];

    /// <summary>
    /// Totals of the ended operations for each name, sorted by charged bytes, the largest first. What was allocated is <see langword="null"/>
    /// because nothing is measured; the percentiles are exact; there is no <c>other</c>.
    /// </summary>
    public IReadOnlyList<OperationTotals> TotalsByName => FakeTotals.Of(Operations);

    /// <summary>Returns <see cref="DiagnosisToReturn"/>.</summary>
    public MemoryDiagnosis Diagnose() => DiagnosisToReturn;

    /// <summary>Returns <see cref="HistoryToReturn"/>.</summary>
    /// <param name="window">Has no effect.</param>
    public MemoryHistory History(TimeSpan window) => HistoryToReturn;

    /// <summary>Records a snapshot.</summary>
    /// <param name="name">The purpose of the snapshot; kept as it is given.</param>
    /// <param name="context">The subject of the snapshot.</param>
    /// <returns><see cref="Current"/>; <see cref="MemorySnapshot.Empty"/> if <see cref="IsEnabled"/> is <see langword="false"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public MemorySnapshot Snapshot(string name, OperationContext context = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsEnabled)
        {
            return MemorySnapshot.Empty;
        }

        var result = Current;
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            _snapshots.Add(new(name, context, now, CurrentOperation, result));
            Journal(new() { Kind = JournalEntryKind.Snapshot, Time = now, Name = name, Context = context, Outcome = OperationOutcome.Completed });
        }

        return result;
    }

    /// <summary>Records a mark.</summary>
    /// <param name="name">The event; kept as it is given.</param>
    /// <param name="context">The subject of the event.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public void Mark(string name, OperationContext context = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsEnabled)
        {
            return;
        }

        lock (_lock)
        {
            var now = _time.GetUtcNow();
            _marks.Add(new(name, context, now, CurrentOperation));
            Journal(new() { Kind = JournalEntryKind.Mark, Time = now, Name = name, Context = context, Outcome = OperationOutcome.Completed });
        }
    }

    /// <inheritdoc cref="Track(string, OperationContext, OperationVerbosity)"/>
    public OperationScope Track(string name, OperationContext context = default) => Track(name, context, OperationVerbosity.Normal);

    /// <summary>Starts and records an operation.</summary>
    /// <param name="name">The operation; kept as it is given.</param>
    /// <param name="context">The subject of the operation.</param>
    /// <param name="verbosity">How much is logged. Quiet operations have no entries in <see cref="RecentEntries"/>.</param>
    /// <returns>
    /// The scope, a <see cref="FakeOperation"/>; <see cref="OperationScope.None"/> if <see cref="IsEnabled"/> is <see langword="false"/>.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public OperationScope Track(string name, OperationContext context, OperationVerbosity verbosity)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsEnabled)
        {
            return OperationScope.None;
        }

        FakeOperation operation;
        lock (_lock)
        {
            var start = new FakeMoment(_time.GetUtcNow(), _time.GetTimestamp());
            operation = new(this, ++_lastId, name, context, verbosity, CurrentOperation, start);
            _operations.Add(operation);
            Journal(operation, new() { Kind = JournalEntryKind.Started, Time = start.Time, Outcome = OperationOutcome.Running });
        }

        _flow.Value = operation;
        return operation;
    }

    /// <summary>Records an object that is expected to be collected. No alert is raised, whatever becomes of it.</summary>
    /// <param name="target">The object; the watch keeps a weak reference.</param>
    /// <param name="name">The kind of object; kept as it is given.</param>
    /// <param name="context">Which one it is.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="target"/> or <paramref name="name"/> is <see langword="null"/>.
    /// </exception>
    public void ExpectCollected(object target, string name, OperationContext context = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(name);
        if (IsEnabled)
        {
            lock (_lock)
            {
                _expected.Add(new(target, name, context, _time.GetUtcNow()));
            }
        }
    }

    /// <summary>Asserts that every scope has been disposed.</summary>
    /// <exception cref="MemoryAssertionException">Operations are in flight; the message names the first ten of them.</exception>
    public void AssertNoneInFlight()
    {
        var running = OperationsInFlight;
        if (running.Count > 0)
        {
            throw new MemoryAssertionException(FakeMessages.InFlight(running));
        }
    }

    /// <summary>Forgets everything that was recorded. What you have set stays. Operations in flight can still be disposed.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _operations.Clear();
            _marks.Clear();
            _snapshots.Clear();
            _expected.Clear();
            _entries.Clear();
        }
    }

    internal TimeSpan Since(FakeMoment start) => _time.GetElapsedTime(start.Timestamp);

    internal EnteredOperation Enter(FakeOperation operation)
    {
        var before = _flow.Value;
        _flow.Value = operation;
        return new(operation, before);
    }

    internal void Leave(FakeOperation operation, FakeOperation? before)
    {
        if (ReferenceEquals(_flow.Value, operation))
        {
            _flow.Value = before;
        }
    }

    internal void End(FakeOperation operation)
    {
        lock (_lock)
        {
            Journal(operation, new()
            {
                Kind = JournalEntryKind.Ended,
                Time = _time.GetUtcNow(),
                Duration = operation.Duration,
                Outcome = operation.Outcome,
                Error = operation.Error,
            });
        }

        Leave(operation, operation.Parent?.Running);
    }

    private List<T> Copy<T>(List<T> records)
    {
        lock (_lock)
        {
            return [.. records];
        }
    }

    private void Journal(FakeOperation operation, JournalEntry entry)
    {
        if (operation.Verbosity != OperationVerbosity.Quiet)
        {
            Journal(entry with
            {
                OperationId = operation.Id, ParentId = operation.Parent?.Id ?? 0, Name = operation.Name, Context = operation.Context,
            });
        }
    }

    private void Journal(JournalEntry entry)
    {
        if (_entries.Count == MaxRecentEntries)
        {
            _entries.Dequeue();
        }

        _entries.Enqueue(entry with { Sequence = ++_lastSequence });
    }
}
