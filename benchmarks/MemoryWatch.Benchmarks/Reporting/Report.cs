namespace MemoryWatch.Benchmarks.Reporting;

/// <summary>The results of all parts, printed as Markdown at the end: the budgets first, then each part's table.</summary>
internal sealed class Report
{
    private readonly List<Budget> _budgets = [];
    private readonly List<MarkdownTable> _tables = [];
    private readonly List<string> _leftOut = [];
    private readonly List<string> _failures = [];
    private readonly string _loadBefore = Machine.Load();

    public bool HasFailed => _failures.Count > 0;

    public void Add(Budget budget) => _budgets.Add(budget);

    public void Add(MarkdownTable table) => _tables.Add(table);

    /// <summary>Records that something was not measured, and why.</summary>
    public void LeaveOut(string what, string why) => _leftOut.Add($"{what}: {why}");

    public void Fail(string what) => _failures.Add(what);

    public void Print(TextWriter output, bool withFigures)
    {
        if (withFigures)
        {
            output.WriteLine();
            output.WriteLine($"{Machine.Describe()}; load of the machine before {_loadBefore}, after {Machine.Load()}");
            Budget.Table(_budgets).Print(output);
            _tables.ForEach(table => table.Print(output));
        }

        PrintList(output, "Left out", _leftOut);
        PrintList(output, "Failed", _failures);
    }

    private static void PrintList(TextWriter output, string title, List<string> lines)
    {
        if (lines.Count > 0)
        {
            output.WriteLine($"\n{title}:\n");
            lines.ForEach(line => output.WriteLine($"- {line}"));
        }
    }
}
