using MemoryWatch.Readings;
using MemoryWatch.Values;

namespace MemoryWatch.Operations;

/// <summary>Starts and ends operations and enters what happened in the journal. Thread-safe.</summary>
internal sealed class OperationTracker(ResidentProbe probe, Journal journal, TimeProvider time, IEntryListener listener)
{
    private readonly AsyncLocal<OperationScope?> _current = new();
    private readonly InFlightRegistry _inFlight = new();
    private long _lastId;

    public OperationInFlight[] InFlight => _inFlight.List(time);

    public OperationScope Start(string name, OperationContext context)
    {
        context = context.ToSafe();
        var scope = new OperationScope(
            this, Interlocked.Increment(ref _lastId), SafeText.Name(name), context, OperationScope.Running(_current.Value))
        {
            StartTimestamp = time.GetTimestamp(),
            StartResidentBytes = probe.Read(),
        };
        scope.Slot = _inFlight.Enter(scope);
        scope.Activity = OperationActivity.Start(scope.Name, context);
        _current.Value = scope;
        Enter(new()
        {
            Time = time.GetUtcNow(),
            Kind = JournalEntryKind.Started,
            OperationId = scope.Id,
            Name = scope.Name,
            Context = context,
            ResidentBytes = scope.StartResidentBytes,
        });
        return scope;
    }

    /// <summary>Called once per scope, by the scope itself.</summary>
    public void End(OperationScope scope)
    {
        _inFlight.Leave(scope.Slot);

        // On another flow than the one that started it, that flow's own current operation stays.
        if (ReferenceEquals(_current.Value, scope))
        {
            _current.Value = OperationScope.Running(scope.Parent);
        }

        var resident = probe.Read();
        var (outcome, error) = scope.Result;
        var entry = Enter(new()
        {
            Time = time.GetUtcNow(),
            Kind = JournalEntryKind.Ended,
            OperationId = scope.Id,
            Name = scope.Name,
            Context = scope.Context,
            ResidentBytes = resident,
            ChangeBytes = resident - scope.StartResidentBytes,
            Duration = time.GetElapsedTime(scope.StartTimestamp),
            Outcome = outcome,
            Error = error,
        });
        OperationActivity.End(scope.Activity, entry);
        scope.Release();
    }

    public void Mark(string name, in OperationContext context) =>
        Enter(Point(JournalEntryKind.Mark, SafeText.Name(name), context.ToSafe(), probe.Read()));

    public void Snapshot(string name, in OperationContext context, long? residentBytes) =>
        Enter(Point(JournalEntryKind.Snapshot, name, context, residentBytes));

    private JournalEntry Point(JournalEntryKind kind, string name, in OperationContext context, long? residentBytes) => new()
    {
        Time = time.GetUtcNow(),
        Kind = kind,
        Name = name,
        Context = context,
        ResidentBytes = residentBytes,
        Outcome = OperationOutcome.Completed,
    };

    private JournalEntry Enter(in JournalEntry entry)
    {
        var numbered = journal.Add(entry);
        listener.OnEntry(numbered);
        return numbered;
    }
}
