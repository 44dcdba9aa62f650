using MemoryWatch.BlackBox.Format;
using MemoryWatch.Track;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Finds the operations that had the processor, and the quiet ones in flight, those that took most first. Used by the watch thread only; allocates
/// only when the number of in-flight slots has grown.
/// </summary>
internal sealed class RunningSurvey(OperationStore operations, TimeProvider time)
{
    private (Operation Scope, long Bytes)[] _found = [];
    private ProcessorWindow _notRecorded = ProcessorWindow.Unknown;

    /// <summary>Keeps what is known at a tick that writes no sample, because the growth before it is part of what the next sample shows.</summary>
    public void Notice()
    {
        if (operations.RecentProcessor is { Outside: not null } known)
        {
            _notRecorded = known;
        }
    }

    /// <summary>Writes what is known to a record, as much as fits.</summary>
    /// <param name="record">An empty record.</param>
    /// <param name="withQuiet">Whether quiet operations are recorded too.</param>
    /// <returns>Whether there is anything to record.</returns>
    public bool TryWrite(Span<byte> record, bool withQuiet)
    {
        var processor = operations.RecentProcessor is { Outside: not null } known ? known : _notRecorded;
        _notRecorded = ProcessorWindow.Unknown;
        RunningRecord.Begin(record, processor.Outside is null ? null : processor.OutsideRan);
        var offset = RunningRecord.ItemsOffset;
        foreach (var running in processor.Operations)
        {
            if (running.HasRun && running.Operation.IsRunning)
            {
                var item = Describe(running.Operation, running.Since) with { HasTouched = running.State == RunState.Touched };
                RunningRecord.TryAdd(record, ref offset, item);
            }
        }

        if (withQuiet)
        {
            foreach (var (scope, _) in Quiet())
            {
                if (!IsAtWork(processor, scope) && !RunningRecord.TryAdd(record, ref offset, Describe(scope, null)))
                {
                    break;
                }
            }
        }

        Array.Clear(_found);
        return processor.Outside is not null || record[RunningRecord.CountOffset] > 0;
    }

    private static bool IsAtWork(ProcessorWindow processor, Operation scope)
    {
        foreach (var running in processor.Operations)
        {
            if (running.HasRun && ReferenceEquals(running.Operation, scope))
            {
                return true;
            }
        }

        return false;
    }

    private Span<(Operation Scope, long Bytes)> Quiet()
    {
        var slots = operations.InFlight.Slots;
        if (_found.Length < slots.Length)
        {
            _found = new (Operation, long)[slots.Length];
        }

        var count = 0;
        foreach (var scope in slots)
        {
            if (scope is { IsRunning: true, IsQuiet: true })
            {
                _found[count++] = (scope, scope.Own.Sum);
            }
        }

        // Of those that took the same, the oldest first.
        var found = _found.AsSpan(0, count);
        found.Sort(static (a, b) => a.Bytes == b.Bytes ? a.Scope.Id.CompareTo(b.Scope.Id) : b.Bytes.CompareTo(a.Bytes));
        return found;
    }

    private RunningItem Describe(Operation scope, TimeSpan? computing)
    {
        var allocation = scope.Settled;
        return new(
            scope.Id, scope.ParentId, time.GetElapsedTime(scope.StartTimestamp), computing, scope.IsQuiet, scope.Name, scope.Context.Text,
            allocation.AllocatedBytes, allocation.SelfAllocatedBytes);
    }
}
