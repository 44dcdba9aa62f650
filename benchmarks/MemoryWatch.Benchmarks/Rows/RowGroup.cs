using MemoryWatch.Benchmarks.Reporting;

namespace MemoryWatch.Benchmarks.Rows;

/// <summary>One row: the median time of a call, the time of the fastest iteration, and the allocated bytes if they are known.</summary>
internal sealed record Row(string Id, string Name, double Nanoseconds, double FastestNanoseconds, long? AllocatedBytes);

/// <summary>Rows of one run, which are compared with the first of them.</summary>
internal sealed class RowGroup
{
    private readonly List<Row> _rows = [];

    public void Add(Row row) => _rows.Add(row);

    public Row? Find(string id) => _rows.Find(row => row.Id == id);

    public MarkdownTable Table(string title, string? note = null)
    {
        var table = new MarkdownTable(title, "row", "median", "ratio", "fastest", "allocated") { Note = note };
        foreach (var row in _rows)
        {
            table.Add(
                row.Name,
                Text.Time(row.Nanoseconds),
                Text.Of("{0:0.00}", row.Nanoseconds / _rows[0].Nanoseconds),
                Text.Time(row.FastestNanoseconds),
                row.AllocatedBytes is { } bytes ? Text.Of("{0:0} B", bytes) : "n/a");
        }

        return table;
    }
}
