using MemoryWatch.BlackBox.Format;
using static MemoryWatch.BlackBox.Format.RecordFields;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>
/// Reads the file of a run, whatever state it is in. Records are ordered by sequence number, because clocks may go backward and rings wrap
/// around. No file content makes the reader throw, and it uses memory of at most a few times the file's size.
/// </summary>
internal sealed class RecordingReader
{
    private readonly RecordScan _scan;
    private readonly BoxHeader _header;
    private readonly byte[] _record = new byte[BoxFormat.RecordSize];
    private readonly ReadAt _read;
    private readonly OperationRing _operations = new();
    private readonly GrowthTrail _growth;
    private readonly SampleTrail _trail = new();
    private readonly Latest<RunRecording.Sample> _samples = new(1);
    private readonly Latest<PreviousAlert> _alerts = new(RunRecording.ShownEvents);
    private readonly Latest<ReliefOutcome> _reliefs = new(RunRecording.ShownEvents);
    private readonly NeighborsTrail _neighbors = new();
    private readonly FindingsTrail _findings = new();
    private readonly HistoryTrail _history = new();
    private readonly RestartTrail _restarts = new();
    private (long Sequence, long Time, long Clock, int InFlight) _last;

    private RecordingReader(ReadAt read, long length, BoxHeader header) =>
        (_read, _header, _scan, _growth) = (read, header, new(read, length, header.Identity.Tag), new(RecordAt));

    /// <param name="read">Reads the file; may throw as file access does.</param>
    /// <param name="length">Length of the file in bytes.</param>
    /// <param name="problem">Why the file cannot be read; empty if it can.</param>
    /// <returns>The recording; <see langword="null"/> if the file is not a readable black box of this version.</returns>
    public static RunRecording? Read(ReadAt read, long length, out string problem)
    {
        var page = new byte[BoxFormat.HeaderSize];
        var got = read(page, 0);
        return BoxHeader.Read(page.AsSpan(0, Math.Max(0, got)), out problem) is { } header
            ? new RecordingReader(read, length, header).Read()
            : null;
    }

    private RunRecording Read()
    {
        var marks = new List<EndMark>();
        _scan.Visit(BoxFormat.EndMarksOffset, BoxFormat.EndMarkCount, (record, _) => Add(marks, record));
        var areMarksSound = _scan.Damaged == 0;
        var metrics = ReadDefinitions();
        _scan.Visit(BoxFormat.WatchRingOffset, _header.WatchRecords, (record, offset) => AddWatch(record, offset, metrics));
        _scan.Visit(_header.OperationRingOffset, _header.OperationRecords, (record, offset) =>
        {
            Note(record);
            _operations.Add(record, offset);
        });
        _scan.Visit(_header.HistoryOffset, _header.HistoryRecords, (record, _) => _history.AddPoints(record));
        var trend = _trail.Read();
        var lastClock = BoxTime.Length(Math.Max(0, _last.Clock));
        var allocations = _growth.AllocationsAt();
        var inFlight = _operations.InFlight().Select(ReadAgain).OfType<(JournalEntry Entry, TimeSpan Clock)>()
            .Select(started => Describe(started.Entry, started.Clock, lastClock, allocations)).ToArray();
        var inFlightCount = Math.Max(inFlight.Length, _last.InFlight);
        var quiet = _growth.Quiet(_last.Clock);
        return new()
        {
            Identity = _header.Identity,
            EndMarks = marks,
            LastSample = _neighbors.AddTo(_samples.Items.ElementAtOrDefault(^1)),
            Trend = trend,
            Alerts = _alerts.Items,
            Reliefs = _reliefs.Items,
            Findings = _findings.Last,
            Entries = [.. _operations.LastEntries(RunRecording.ShownEntries).Select(ReadAgain)
                .OfType<(JournalEntry Entry, TimeSpan Clock)>().Select(read => read.Entry)],
            InFlight = inFlight,
            InFlightCount = inFlightCount,
            Quiet = quiet,
            Growth = _growth.Explain(inFlight, inFlightCount, quiet, _last.Clock, _operations.LastEntries(int.MaxValue))
                ?.AsRecorded(trend.MostQuiet is { } most ? Math.Max(0, most - quiet.Count) : null),
            History = _history.Read(metrics, _operations.LastEntries(2 * RunHistory.MostEnded).Select(TryRead).OfType<JournalEntry>()),
            Restarts = _restarts.Read(areMarksSound),
            LastTime = BoxTime.Time(_last.Sequence == 0 ? BoxTime.Of(_header.Identity.Started) : _last.Time),
            LastClock = lastClock,
            LastSequence = _last.Sequence,
            DamagedRecords = _scan.Damaged,
            LostRecords = _operations.Lost,
            MoreMetrics = Math.Max(0, _header.Metrics - SampleRecord.MostMetrics),
        };
    }

    private void Add(List<EndMark> marks, ReadOnlySpan<byte> record)
    {
        if (Kind(record) == RecordKind.Restart)
        {
            Note(record);
            _restarts.Add(record);
            return;
        }

        if (Kind(record) is < RecordKind.Stopped or > RecordKind.OutOfMemory)
        {
            return;
        }

        Note(record);
        if (EndMarkRecord.Read(record) is { } mark)
        {
            marks.Add(mark);
        }
        else
        {
            _scan.Reject();
        }
    }

    private MetricDefinition[] ReadDefinitions()
    {
        var found = new MetricDefinition?[BoxFormat.DefinitionCount];
        _scan.Visit(BoxFormat.DefinitionsOffset, BoxFormat.DefinitionCount, (record, _) =>
        {
            if (Kind(record) == RecordKind.MetricDefinition && record[DefinitionRecord.IndexOffset] < found.Length)
            {
                found[record[DefinitionRecord.IndexOffset]] = DefinitionRecord.Read(record);
            }
        });
        var count = Array.FindLastIndex(found, definition => definition is not null) + 1;
        return [.. found.Take(count).Select((definition, index) => definition ?? DefinitionRecord.Unknown(index))];
    }

    private void AddWatch(ReadOnlySpan<byte> record, long offset, MetricDefinition[] metrics)
    {
        Note(record);
        var sequence = Sequence(record);
        switch (Kind(record))
        {
            case RecordKind.Sample:
                _growth.AddSample(record);
                _trail.Add(record);
                _history.AddSample(record, metrics);
                AddSample(record, metrics);
                break;
            case RecordKind.Allocations:
                _growth.AddAllocations(record, offset);
                break;
            case RecordKind.Names:
                _growth.AddNames(record, offset);
                break;
            case RecordKind.Running:
                _growth.AddRunning(record, offset);
                break;
            case RecordKind.Processes:
                _neighbors.Add(record);
                break;
            case RecordKind.Finding:
                _findings.Add(record);
                break;
            case RecordKind.Alert when _alerts.Wants(sequence):
                AddOrReject(_alerts, sequence, AlertRecord.Read(record));
                break;
            case RecordKind.Relief when _reliefs.Wants(sequence):
                AddOrReject(_reliefs, sequence, ReliefRecord.Read(record));
                break;
            default:
                break;
        }
    }

    private void AddSample(ReadOnlySpan<byte> record, MetricDefinition[] metrics)
    {
        if (_samples.Wants(Sequence(record)))
        {
            _samples.Add(Sequence(record), new(
                SampleRecord.Read(record, metrics),
                SampleRecord.Group(record, _header.Identity.Group?.Path ?? string.Empty),
                BoxTime.Length(Int64(record, ClockOffset)),
                Sequence(record),
                SampleRecord.LeastZone(record),
                SampleRecord.Quiet(record)));
        }
    }

    private void AddOrReject<T>(Latest<T> latest, long sequence, T? item)
        where T : class
    {
        if (item is null)
        {
            _scan.Reject();
        }
        else
        {
            latest.Add(sequence, item);
        }
    }

    private void Note(ReadOnlySpan<byte> record)
    {
        if (Sequence(record) > _last.Sequence)
        {
            _last = (Sequence(record), Int64(record, TimeOffset), Int64(record, ClockOffset), Int32(record, InFlightOffset));
        }
    }

    /// <summary>Reads the entry of a record of which the scan only noted the offset.</summary>
    private (JournalEntry Entry, TimeSpan Clock)? ReadAgain(long offset)
    {
        var record = RecordAt(offset);
        if (!record.IsEmpty && EntryRecord.Read(record) is { } entry)
        {
            return (entry, BoxTime.Length(Int64(record, ClockOffset)));
        }

        _scan.Reject();
        return null;
    }

    /// <summary>Reads an entry; if it is damaged, that was or will be noticed by others.</summary>
    private JournalEntry? TryRead(long offset)
    {
        var record = RecordAt(offset);
        return record.IsEmpty ? null : EntryRecord.Read(record);
    }

    private ReadOnlySpan<byte> RecordAt(long offset) =>
        _read(_record, offset) == _record.Length && IsSound(_record, _header.Identity.Tag) ? _record : default;

    private static OperationInFlight Describe(
        in JournalEntry started, TimeSpan clock, TimeSpan lastClock, AllocationsAtOnce allocations) => new()
    {
        OperationId = started.OperationId,
        ParentId = started.ParentId,
        Name = started.Name,
        Context = started.Context,

        // A replayed start has a duration: the operation had already been running for that long.
        Age = BoxTime.Length(Math.Max(0, BoxTime.Of(lastClock) - BoxTime.Of(clock)) + BoxTime.Of(started.Duration ?? default)),
        StartResidentBytes = started.ResidentBytes,
        Allocation = allocations[started.OperationId],
    };
}
