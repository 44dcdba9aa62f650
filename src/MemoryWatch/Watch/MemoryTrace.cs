using MemoryWatch.Judge;

namespace MemoryWatch;

/// <summary>
/// Judges a recorded series of memory by the same code as the running watch: whether it leaks, and when that could have been known.
/// </summary>
/// <remarks>
/// The series is text with a header and one row for each reading, in the order of time:
/// <code>
/// t_seconds,rss_mb,Sessions
/// 0,120.5,3
/// 1,121.0,3
/// </code>
/// <c>t_seconds</c> is required, and at least one of <c>rss_mb</c>, <c>heap_live_mb</c> and <c>native_mb</c>, in megabytes (1024 x 1024 bytes). Every
/// other column is a metric. An empty cell is an unknown number. The amount of memory that this takes does not depend on the length of the series.
/// </remarks>
/// <example>
/// <code>
/// // Does the series of a soak test leak? A failing exit code stops the build.
/// var verdicts = MemoryTrace.Judge("soak-test.csv", limitBytes: 512 &lt;&lt; 20).Verdicts;
/// Environment.ExitCode = verdicts.Any(v => v.Final.Verdict == LeakVerdict.Leaking) ? 1 : 0;
/// </code>
/// </example>
public static class MemoryTrace
{
    /// <summary>Judges a series in a file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="limitBytes">The limit of the memory, in bytes; <see langword="null"/> if there is none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    /// <exception cref="FormatException">The text is no such series; the message names the line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static MemoryTraceReport Judge(string path, long? limitBytes = null)
    {
        using var reader = File.OpenText(path);
        return Judge(reader, limitBytes);
    }

    /// <summary>Judges a series.</summary>
    /// <param name="reader">The text; it is read to the end and not disposed.</param>
    /// <param name="limitBytes">The limit of the memory, in bytes; <see langword="null"/> if there is none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    /// <exception cref="FormatException">The text is no such series; the message names the line.</exception>
    public static MemoryTraceReport Judge(TextReader reader, long? limitBytes = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (limitBytes <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(limitBytes), limitBytes, $"limitBytes is '{limitBytes}'; it must be more than 0.");
        }

        var rows = new TraceReader(reader);
        var judge = new TraceJudge(rows.Columns, limitBytes);
        while (rows.Read())
        {
            judge.Add(rows.Seconds, rows.Cells);
        }

        return judge.Report(rows.RowCount, rows.SkippedRowCount, rows.SkippedLines);
    }
}
