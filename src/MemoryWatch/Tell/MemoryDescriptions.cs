using MemoryWatch.Tell;

namespace MemoryWatch;

/// <summary>
/// The text forms that the log shows and that people search for, for the application's own pages, commands and messages. Lines are separated by
/// <c>\n</c>, and numbers are written the same way in every culture.
/// </summary>
/// <example>
/// <code>
/// Console.WriteLine(watch.DescribeHeadline());
/// Console.WriteLine(watch.Current.DescribeInFull());
/// Console.WriteLine(watch.PreviousRun?.DescribeWithoutContext());
/// </code>
/// </example>
public static class MemoryDescriptions
{
    /// <summary><c>📊 MEMORY SNAPSHOT | Operation: …</c> and a line each for memory, limit, metrics and context.</summary>
    /// <param name="snapshot">The snapshot.</param>
    public static string Describe(this MemorySnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return SnapshotText.Format(snapshot, snapshot.Operation);
    }

    /// <summary>
    /// The same with a line for both limits (<c>Limits: 410.0 MB of 512 MB (container), 201.3 MB of 384 MB (GC heap)</c>) and one for the parts of
    /// resident memory, as alerts and reports of a previous run show it.
    /// </summary>
    /// <param name="snapshot">The snapshot.</param>
    public static string DescribeInFull(this MemorySnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return SnapshotText.FormatInFull(snapshot, snapshot.Operation);
    }

    /// <summary>One line: <c>⚠️ MEMORY SPIKE DETECTED: +104.2 MB increase!</c>; the message of a <see cref="CustomAlert"/>.</summary>
    /// <param name="alert">The alert.</param>
    public static string Describe(this MemoryAlert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return AlertForm.Of(alert).Message;
    }

    /// <summary>One line: <c>Likely cause: Download (User 5) allocated 118.4 MB of 128.9 MB in the last 12 s (unattributed 10.5 MB); managed +121.0 MB</c>.</summary>
    /// <param name="cause">The cause.</param>
    public static string Describe(this MemoryCause cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return MemoryCauseText.Format(cause);
    }

    /// <summary>
    /// One line with the advice: <c>Over budget: Download allocated 84.2 MB, and its budget is 80.0 MB. Let Download take less at a time, or raise its
    /// budget</c>.
    /// </summary>
    /// <param name="finding">The finding.</param>
    public static string Describe(this MemoryFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return FindingText.Format(finding);
    }

    /// <summary>
    /// <c>🔎 MEMORY DIAGNOSIS | …</c> and a line for each finding, for what was learned, and for the rules that found nothing, by their reasons.
    /// </summary>
    /// <param name="diagnosis">The diagnosis.</param>
    public static string Describe(this MemoryDiagnosis diagnosis)
    {
        ArgumentNullException.ThrowIfNull(diagnosis);
        return DiagnosisText.Format(diagnosis);
    }

    /// <summary>One line: <c>Download Completed | User 123 | Memory: 153.1 MB (+0.6 MB, allocated 45.3 MB, 12.4 s)</c>.</summary>
    /// <param name="entry">The journal entry.</param>
    public static string Describe(this in JournalEntry entry) => EntryText.Line(entry);

    /// <summary>One line: <c>Download | User 5 | for 12.4 s | allocated 45.3 MB | Memory at start: 152.5 MB</c>.</summary>
    /// <param name="operation">The operation.</param>
    public static string Describe(this in OperationInFlight operation) => InFlightText.Line(operation);

    /// <summary>
    /// <c>💀 PREVIOUS RUN: …</c>, why, and what was in flight, then the last numbers and entries; one line for a run that ended cleanly.
    /// </summary>
    /// <param name="run">The run.</param>
    public static string Describe(this PreviousRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return PreviousRunText.Format(run);
    }

    /// <summary>One sentence: <c>last seen with 500.0 MB of 512 MB used, growing by 10.0 MB a second</c>.</summary>
    /// <param name="evidence">A piece of evidence that a verdict on a run rests on.</param>
    public static string Describe(this RunEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return EvidenceText.Of(evidence);
    }

    /// <summary>
    /// One line: <c>Leak (managed): confirmed, +12.4 MB/h (11.0-13.9) over 3.2 h, 10.1 MB (9.8-10.4) per Download, container limit in 7.0-9.1 h</c>.
    /// </summary>
    /// <param name="assessment">The assessment.</param>
    public static string Describe(this LeakAssessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        return LeakText.Format(assessment);
    }

    /// <summary>Which condition kept the verdict from being worse: <c>memory has not exceeded its earlier maximum</c>.</summary>
    /// <param name="assessment">The assessment.</param>
    public static string Explain(this LeakAssessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        return LeakText.Explain(assessment);
    }

    /// <summary>
    /// Memory in one or two sentences: <c>Critical: 461 of 512 MB, full in 36-44 s. Download (User 5) allocated 118.0 MB of 131.0 MB in the last 12 s.</c> or
    /// <c>Healthy: 128 of 512 MB, nothing grows.</c>
    /// </summary>
    /// <param name="watch">The watch.</param>
    /// <param name="withContexts">Whether to name the subjects of operations.</param>
    public static string DescribeHeadline(this IMemoryWatch watch, bool withContexts = true)
    {
        ArgumentNullException.ThrowIfNull(watch);
        return HeadlineText.Format(watch, withContexts);
    }

    /// <summary>
    /// Everything that the watch knows at the moment, in several paragraphs: the headline, the snapshot, the diagnosis, operations in flight and by
    /// name, the last journal entries, and the previous run.
    /// </summary>
    /// <param name="watch">The watch.</param>
    /// <param name="withContexts">Whether to name the subjects of operations.</param>
    public static string DescribeReport(this IMemoryWatch watch, bool withContexts = true)
    {
        ArgumentNullException.ThrowIfNull(watch);
        return ReportText.Format(watch, withContexts);
    }

    /// <summary>One sentence: <c>The numbers are of the container: cgroup /sys/fs/cgroup/memory/app, limit 512 MB.</c></summary>
    /// <param name="snapshot">The snapshot.</param>
    public static string DescribeScope(this MemorySnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return HeadlineText.Scope(snapshot);
    }

    /// <summary><see cref="Describe(PreviousRun)"/> without the subjects of operations, and without alerts whose texts contain one.</summary>
    /// <param name="run">The run.</param>
    public static string DescribeWithoutContext(this PreviousRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return PreviousRunText.Format(run.WithoutContexts());
    }
}
