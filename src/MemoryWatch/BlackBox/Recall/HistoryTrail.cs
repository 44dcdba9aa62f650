using MemoryWatch.BlackBox.Format;
using static MemoryWatch.BlackBox.Format.RecordFields;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>Collects what a file knows of the course of memory. Records may come in any order.</summary>
internal sealed class HistoryTrail
{
    private readonly List<HistoryItem> _points = [];
    private readonly List<RunHistory.Reading> _readings = [];

    public void AddPoints(ReadOnlySpan<byte> record)
    {
        for (var i = 0; Kind(record) == RecordKind.History && i < HistoryRecord.Count(record); i++)
        {
            _points.Add(HistoryRecord.Read(record, i));
        }
    }

    /// <param name="record">A sample.</param>
    /// <param name="metrics">The metric definitions of the file.</param>
    public void AddSample(ReadOnlySpan<byte> record, MetricDefinition[] metrics)
    {
        var snapshot = SampleRecord.Read(record, metrics);
        var row = new int[HistoryRow.FirstMetric + HistoryRecord.Metrics];
        HistoryRow.Clear(row);
        HistoryRow.FillSizes(row, snapshot);
        for (var i = 0; i < snapshot.Metrics.Count; i++)
        {
            // The built-in metrics come last, and only if they have separate fields.
            var place = i < metrics.Length ? i : HistoryRow.MostMetrics + i - metrics.Length;
            if (i >= metrics.Length || i < HistoryRow.MostMetrics)
            {
                row[HistoryRow.FirstMetric + place] = HistoryRow.OfMetric(snapshot.Metrics[i].Value);
            }
        }

        _readings.Add(new(Sequence(record), snapshot.Time, BoxTime.Length(Int64(record, ClockOffset)), snapshot.Zone, row));
    }

    public RunHistory Read(MetricDefinition[] metrics, IEnumerable<JournalEntry> entries) => new()
    {
        Points = [.. _points.OrderBy(point => point.Start)],
        Readings = [.. _readings.OrderBy(reading => reading.Sequence)],
        Metrics = metrics,
        Ended = [.. entries.Where(entry => entry.Kind == JournalEntryKind.Ended).TakeLast(RunHistory.MostEnded)],
    };
}
