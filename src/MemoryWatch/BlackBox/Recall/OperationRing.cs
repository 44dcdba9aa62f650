using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>Notes the records of the operation ring, to find the operations in flight and the last entries.</summary>
internal sealed class OperationRing
{
    private readonly Dictionary<long, (long Sequence, long Offset)> _started = [];
    private readonly HashSet<long> _ended = [];
    private readonly List<(long Sequence, long Offset)> _entries = [];
    private long _gap;

    /// <summary>Number of lost records, according to the last gap record.</summary>
    public long Lost { get; private set; }

    public void Add(ReadOnlySpan<byte> record, long offset)
    {
        var (kind, sequence) = (RecordFields.Kind(record), RecordFields.Sequence(record));
        if (kind == RecordKind.Gap && sequence > _gap)
        {
            (_gap, Lost) = (sequence, GapRecord.Lost(record));
        }

        if (!EntryRecord.IsEntry(kind))
        {
            return;
        }

        var operation = EntryRecord.OperationId(record);
        if (kind == RecordKind.Ended)
        {
            _ended.Add(operation);
        }
        else if (kind == RecordKind.Started && !(_started.TryGetValue(operation, out var other) && other.Sequence > sequence))
        {
            _started[operation] = (sequence, offset);
        }

        // A replayed start or end is not a new entry.
        if (!EntryRecord.IsReplay(record))
        {
            _entries.Add((sequence, offset));
        }
    }

    /// <summary>
    /// Offsets of the starts without an end. Starts before the last gap are excluded, because their ends may be among the lost records.
    /// </summary>
    public IEnumerable<long> InFlight() => _started
        .Where(start => start.Value.Sequence > _gap && !_ended.Contains(start.Key))
        .OrderBy(start => start.Key)
        .Select(start => start.Value.Offset);

    public IEnumerable<long> LastEntries(int most) => _entries
        .OrderBy(entry => entry.Sequence)
        .TakeLast(most)
        .Select(entry => entry.Offset);
}
