using MemoryWatch.BlackBox.Recall;

namespace MemoryWatch.Tool.Inspect;

/// <summary>A black box as JSON. Sizes are in bytes, and a number that is not known is null.</summary>
internal sealed record BoxJson
{
    public string Kind { get; init; } = "blackBox";

    public required bool IsAlive { get; init; }

    /// <summary>Null if the run is alive.</summary>
    public RunVerdict? Verdict { get; init; }

    public required string Summary { get; init; }

    public string? Error { get; init; }

    public int? ExitCode { get; init; }

    public VerdictBasis Basis { get; init; }

    public required IEnumerable<string> Why { get; init; }

    public required IEnumerable<string> NotKnown { get; init; }

    public Guid RunId { get; init; }

    public int ProcessId { get; init; }

    public string MachineName { get; init; } = string.Empty;

    public string LibraryVersion { get; init; } = string.Empty;

    public DateTimeOffset Started { get; init; }

    public DateTimeOffset LastSeen { get; init; }

    public double LifetimeSeconds { get; init; }

    public string? Cause { get; init; }

    public long? UnseenGrowthBytes { get; init; }

    public IReadOnlyList<PreviousFinding> Findings { get; init; } = [];

    public required IEnumerable<InFlightJson> InFlight { get; init; }

    public int MoreInFlight { get; init; }

    public IReadOnlyList<PreviousAlert> Alerts { get; init; } = [];

    public required IEnumerable<ReliefJson> Reliefs { get; init; }

    public required IEnumerable<EntryJson> RecentEntries { get; init; }

    public MemorySnapshot? LastSnapshot { get; init; }

    /// <summary>All readings that the file has, the oldest first.</summary>
    public required IEnumerable<ReadingJson> Readings { get; init; }

    public int DamagedRecords { get; init; }

    public long LostRecords { get; init; }

    public long? MissingBytes { get; init; }

    public static BoxJson Of(InspectedBox box)
    {
        var (run, identity) = (box.Run, box.Recording.Identity);
        return new()
        {
            IsAlive = box.IsAlive,
            Verdict = box.IsAlive ? null : run.Verdict,
            Summary = BoxText.Title(box),
            Error = run.Error,
            ExitCode = run.ExitCode,
            Basis = box.Basis,
            Why = BoxText.Why(box).Select(evidence => evidence.Describe()),
            NotKnown = BoxText.CannotTell(box),
            RunId = run.RunId,
            ProcessId = run.ProcessId,
            MachineName = identity.MachineName,
            LibraryVersion = identity.LibraryVersion,
            Started = run.Started,
            LastSeen = run.LastSeen,
            LifetimeSeconds = run.Lifetime.TotalSeconds,
            Cause = run.Cause?.Describe(),
            UnseenGrowthBytes = run.UnseenGrowthBytes,
            Findings = run.Findings,
            InFlight = run.InFlight.Select(operation => new InFlightJson(operation, IsQuiet: false))
                .Concat(run.QuietOperations.Select(operation => new InFlightJson(operation, IsQuiet: true))),
            MoreInFlight = run.MoreInFlight,
            Alerts = run.Alerts,
            Reliefs = run.Reliefs.Select(relief => new ReliefJson(relief.Time, relief.Name, relief.FreedBytes, relief.Error)),
            RecentEntries = run.RecentEntries.Select(entry => new EntryJson(entry.Time, entry.Kind, entry.Describe())),
            LastSnapshot = run.LastSnapshot,
            Readings = box.Recording.History.Readings.Select(reading => new ReadingJson(reading)),
            DamagedRecords = run.DamagedRecords,
            LostRecords = run.LostRecords,
            MissingBytes = box.WholeLength - box.Length,
        };
    }

    internal sealed record ReliefJson(DateTimeOffset Time, string Name, long? FreedBytes, string? Error);

    internal sealed record EntryJson(DateTimeOffset Time, JournalEntryKind Kind, string Text);

    internal sealed record InFlightJson(
        long OperationId, long ParentId, string Name, string Context, double AgeSeconds, long? StartResidentBytes, long AllocatedBytes, long ChargedBytes, bool IsQuiet)
    {
        public InFlightJson(OperationInFlight operation, bool IsQuiet)
            : this(
                operation.OperationId, operation.ParentId, operation.Name, operation.Context.Text, operation.Age.TotalSeconds, operation.StartResidentBytes,
                operation.Allocation.AllocatedBytes, operation.Allocation.ChargedBytes, IsQuiet)
        {
        }
    }

    internal sealed record ReadingJson(DateTimeOffset Time, MemoryZone Zone, long? UsedBytes, long? ResidentBytes, long? HeapBytes)
    {
        public ReadingJson(RunHistory.Reading reading)
            : this(
                reading.Time, reading.Zone, HistoryRow.Bytes(reading.Row[HistoryRow.UsedMax]), HistoryRow.Bytes(reading.Row[HistoryRow.ResidentMax]),
                HistoryRow.Bytes(reading.Row[HistoryRow.HeapMax]))
        {
        }
    }
}
