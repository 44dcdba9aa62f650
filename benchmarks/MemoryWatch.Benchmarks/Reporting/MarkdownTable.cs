namespace MemoryWatch.Benchmarks.Reporting;

/// <summary>A table in Markdown; all columns except the first are right-aligned numbers.</summary>
internal sealed class MarkdownTable(string title, params string[] columns)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Text below the table.</summary>
    public string? Note { get; init; }

    public void Add(params string[] cells) => _rows.Add(cells);

    public void Print(TextWriter output)
    {
        output.WriteLine($"\n## {title}\n");
        output.WriteLine(Line(columns));
        output.WriteLine(Line(columns.Select((_, i) => i == 0 ? "---" : "---:")));
        _rows.ForEach(row => output.WriteLine(Line(row)));
        if (Note is not null)
        {
            output.WriteLine($"\n{Note}");
        }
    }

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
