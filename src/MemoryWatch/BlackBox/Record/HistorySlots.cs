using MemoryWatch.BlackBox.Format;
using MemoryWatch.Read;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Where the metrics of a snapshot are in the points of a file: those of the application in the order of their definitions, then threads and open
/// files. Metrics of a previous run are found by their key.
/// </summary>
internal sealed class HistorySlots
{
    private readonly MetricDefinition[] _metrics;
    private readonly int[] _slots;

    /// <param name="metrics">The metrics of a snapshot.</param>
    public HistorySlots(IEnumerable<MetricDefinition> metrics)
    {
        _metrics = [.. metrics.Take(HistoryRow.MostMetrics)];
        MetricDefinition[] own = [.. BuiltInMetrics.Without(_metrics)];
        _slots = Array.ConvertAll(_metrics, metric => BuiltIn(metric) ?? Array.IndexOf(own, metric));
    }

    /// <summary>Writes a row of the history as a row of the file.</summary>
    public void ToFile(ReadOnlySpan<int> row, Span<int> file)
    {
        HistoryRow.Clear(file);
        row[HistoryRow.FirstSize..HistoryRow.FirstMetric].CopyTo(file[HistoryRow.FirstSize..]);
        for (var i = 0; i < _slots.Length; i++)
        {
            file[HistoryRow.FirstMetric + _slots[i]] = row[HistoryRow.FirstMetric + i];
        }
    }

    /// <summary>Reads rows of a file, which may have other metrics.</summary>
    /// <param name="metrics">The metrics of the application that wrote the file, by their place in it.</param>
    public Action<int[], int[]> From(IReadOnlyList<MetricDefinition> metrics)
    {
        var known = metrics.Take(HistoryRow.MostMetrics).Select(metric => metric.Key).ToList();
        var slots = Array.ConvertAll(_metrics, metric => BuiltIn(metric) ?? known.IndexOf(metric.Key));
        return (file, row) =>
        {
            HistoryRow.Clear(row);
            for (var i = HistoryRow.FirstSize; i < HistoryRow.FirstMetric; i++)
            {
                row[i] = Math.Max(HistoryRow.UnknownSize, file[i]);
            }

            for (var i = 0; i < slots.Length; i++)
            {
                row[HistoryRow.FirstMetric + i] = slots[i] < 0 ? HistoryRow.UnknownMetric : file[HistoryRow.FirstMetric + slots[i]];
            }
        };
    }

    private static int? BuiltIn(MetricDefinition metric) =>
        metric == BuiltInMetrics.Threads ? HistoryRecord.Metrics - 2 : metric == BuiltInMetrics.OpenFiles ? HistoryRecord.Metrics - 1 : null;
}
