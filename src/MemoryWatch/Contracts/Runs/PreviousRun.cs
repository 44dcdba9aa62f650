using System.Globalization;

namespace MemoryWatch;

/// <summary>
/// The previous run of the program, as recorded in its black box. All values are as of the last record that the run wrote. The run was alive
/// then; later events are unknown.
/// </summary>
/// <example>
/// <code>
/// // Tell the users whose downloads a kill has interrupted.
/// if (watch.PreviousRun is PreviousRun { Verdict: not RunVerdict.Clean } run)
/// {
///     foreach (var operation in run.InFlight.Where(o => o.Name == "Download"))
///     {
///         await SendAsync($"{operation.Context}: please send the link again");
///     }
/// }
/// </code>
/// </example>
public sealed class PreviousRun
{
    // The texts of these alerts end with the context of an operation, or name objects by theirs.
    private static readonly string[] AlertsWithContext = ["operation", "budget", "uncollected"];

    private MemorySnapshot? _lastSnapshot;
    private MemoryCause? _cause;
    private IReadOnlyList<OperationInFlight> _inFlight = [];
    private IReadOnlyList<OperationInFlight> _quietOperations = [];
    private IReadOnlyList<JournalEntry> _recentEntries = [];
    private IReadOnlyList<PreviousAlert> _alerts = [];

    /// <summary>How the run ended, as far as it can be determined.</summary>
    public required RunVerdict Verdict { get; init; }

    /// <summary>The evidence for the verdict, the most important first.</summary>
    public IReadOnlyList<RunEvidence> Evidence { get; init; } = [];

    /// <summary>Unique id of the run.</summary>
    public Guid RunId { get; init; }

    /// <summary>Process id of the run, as seen inside its container.</summary>
    public int ProcessId { get; init; }

    /// <summary>Time when the watch of the run started (UTC, by the clock of that run).</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>
    /// Time of the last record, when the run was last seen alive (UTC, by the clock of that run). At the default <c>Interval</c> of 1 s, a run
    /// writes at least about one record per second.
    /// </summary>
    public DateTimeOffset LastSeen { get; init; }

    /// <summary>Time from the start of the watch to the last record, by a monotonic clock.</summary>
    public TimeSpan Lifetime { get; init; }

    /// <summary>
    /// The restart on purpose that the run had begun; <see langword="null"/> if it had begun none. If <see cref="Verdict"/> is not
    /// <see cref="RunVerdict.Restarted"/>, the run ended otherwise while it was waiting for what was in flight.
    /// </summary>
    public DrainedRestart? Restart { get; init; }

    /// <summary>The exit code; <see langword="null"/> if the run did not record that the process exited.</summary>
    public int? ExitCode { get; init; }

    /// <summary>
    /// Type and message of the exception that ended the run, escaped and capped at 256 characters; <see langword="null"/> if no exception ended
    /// it.
    /// </summary>
    public string? Error { get; init; }

    /// <summary>
    /// The last recorded numbers, with their zone; <see langword="null"/> if none were recorded. The black box does not record every number of
    /// a snapshot: numbers that it does not record are <see langword="null"/>, or 0 if their type is not nullable.
    /// </summary>
    public MemorySnapshot? LastSnapshot
    {
        get => _lastSnapshot;
        init => _lastSnapshot = value;
    }

    /// <summary>
    /// The most likely cause of the memory growth within the last minute before the last numbers. It is <see langword="null"/> if memory did
    /// not grow by at least 1 MB and 1 % of the limit, for a run that ended cleanly, and if <see cref="UnseenGrowthBytes"/> is known.
    /// <see cref="OperationVerbosity.Quiet"/> operations that allocated less than 10 MB are recorded by name only.
    /// </summary>
    public MemoryCause? Cause
    {
        get => _cause;
        init => _cause = value;
    }

    /// <summary>
    /// What memory grew by after the last numbers, at least, if that is most of its way to the limit that ended the run: the growth itself was not
    /// seen, so nobody is named for what came before. Otherwise <see langword="null"/>.
    /// </summary>
    public long? UnseenGrowthBytes { get; init; }

    /// <summary>
    /// Operations that had started and not ended, the oldest first. The age is as of the last record; the allocated bytes are as of the last
    /// numbers. Allocated bytes are recorded for at most 22 operations, those that allocated the most; for at most 11 while memory was healthy.
    /// </summary>
    public IReadOnlyList<OperationInFlight> InFlight
    {
        get => _inFlight;
        init => _inFlight = value;
    }

    /// <summary>Number of further operations in flight that the file had no room for or that could not be read.</summary>
    public int MoreInFlight { get; init; }

    /// <summary>
    /// Number of <see cref="OperationVerbosity.Quiet"/> operations in flight at the last numbers; <see langword="null"/> if the run did not record
    /// the number.
    /// </summary>
    public int? QuietInFlight { get; init; }

    /// <summary>
    /// The quiet operations in flight at the last numbers that are recorded, the oldest first: while memory was not healthy, those that had
    /// allocated most, as many as one record holds. Their memory at the start is not recorded.
    /// </summary>
    public IReadOnlyList<OperationInFlight> QuietOperations
    {
        get => _quietOperations;
        init => _quietOperations = value;
    }

    /// <summary>
    /// The last journal entries of the run, at most 20, the oldest first. Named values are not recorded. Sequence numbers are those of the
    /// file.
    /// </summary>
    public IReadOnlyList<JournalEntry> RecentEntries
    {
        get => _recentEntries;
        init => _recentEntries = value;
    }

    /// <summary>The last alerts, at most 5, the oldest first.</summary>
    public IReadOnlyList<PreviousAlert> Alerts
    {
        get => _alerts;
        init => _alerts = value;
    }

    /// <summary>
    /// What the last diagnosis of the run found, at most 3 findings, the most important first. A run is diagnosed at each periodic check, and with
    /// each alert that calls for it.
    /// </summary>
    public IReadOnlyList<PreviousFinding> Findings { get; init; } = [];

    /// <summary>The last relief steps, at most 5, the oldest first.</summary>
    public IReadOnlyList<ReliefOutcome> Reliefs { get; init; } = [];

    /// <summary>Number of metrics that the file had no room for. The file keeps the first 32 metrics, and always threads and open files.</summary>
    public int MoreMetrics { get; init; }

    /// <summary>Number of records that could not be read and were left out.</summary>
    public int DamagedRecords { get; init; }

    /// <summary>Number of records that the run could not write, as far as it could record that number.</summary>
    public long LostRecords { get; init; }

    /// <summary>Full path under which the black box file of the run is kept; empty if it is not kept.</summary>
    public string FilePath { get; init; } = string.Empty;

    /// <summary>The time zone in which texts show the times of the run; UTC by default.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Copies the run without the contexts of operations. Alerts whose texts contain one are left out.</summary>
    internal PreviousRun WithoutContexts()
    {
        var copy = (PreviousRun)MemberwiseClone();
        (copy._lastSnapshot, copy._cause) = (_lastSnapshot?.WithoutContext(), _cause?.WithoutContexts());
        copy._inFlight = [.. _inFlight.Select(o => o with { Context = default })];
        copy._quietOperations = [.. _quietOperations.Select(o => o with { Context = default })];
        copy._recentEntries = [.. _recentEntries.Select(e => e with { Context = default })];
        copy._alerts = [.. _alerts.Where(a => !AlertsWithContext.Contains(a.Kind))];
        return copy;
    }

    /// <summary>
    /// Returns one line, such as <c>Killed at 2026-11-23 08:38:05Z after 1.5 s, 101.7 MB of 128 MB used (79.5%), 2 in flight</c>.
    /// <see cref="MemoryDescriptions.Describe(PreviousRun)"/> returns the form that the log shows.
    /// </summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Verdict} at {LastSeen:u} after {MemoryText.Duration(Lifetime)}, {LastSnapshot?.Usage.ToString() ?? MemoryText.NotAvailable}, {InFlight.Count + MoreInFlight} in flight");
}
