namespace MemoryWatch;

/// <summary>What <see cref="MemoryTrace"/> found in a recorded series.</summary>
/// <example>
/// <code>
/// using var reader = new StringReader(File.ReadAllText("soak-test.csv"));
/// MemoryTraceReport report = MemoryTrace.Judge(reader, limitBytes: 512 &lt;&lt; 20);
/// Console.WriteLine($"{report.RowCount} rows over {report.Length}: {report.Verdicts.Max(v => v.Worst.Verdict)}");
/// </code>
/// </example>
public sealed class MemoryTraceReport
{
    /// <summary>Number of rows that were read, including those that were skipped.</summary>
    public long RowCount { get; init; }

    /// <summary>Number of rows that were skipped because a memory column was not a number, or the number of cells did not fit the header.</summary>
    public long SkippedRowCount { get; init; }

    /// <summary>The line numbers of the first 20 rows that were skipped; the header is line 1.</summary>
    public IReadOnlyList<long> SkippedLines { get; init; } = [];

    /// <summary>Time from the first row to the last.</summary>
    public TimeSpan Length { get; init; }

    /// <summary>The verdicts, one for each memory column of the series.</summary>
    public IReadOnlyList<MemoryTraceVerdict> Verdicts { get; init; } = [];

    /// <summary>Returns one line, such as <c>2452 rows, 0 skipped: Resident: Leaking, None</c>.</summary>
    public override string ToString() =>
        $"{MemoryText.Count(RowCount)} rows, {MemoryText.Count(SkippedRowCount)} skipped: {string.Join("; ", Verdicts.Select(static verdict => verdict.Worst))}";
}
