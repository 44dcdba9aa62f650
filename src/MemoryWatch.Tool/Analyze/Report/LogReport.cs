using System.Text.Json.Serialization;
using MemoryWatch.Tell;

namespace MemoryWatch.Tool.Analyze;

/// <summary>What logs say. Numbers that no line shows are null.</summary>
internal sealed record LogReport
{
    public required IReadOnlyList<FileReport> Files { get; init; }

    /// <summary>Number of lines of all files.</summary>
    public long Lines { get; init; }

    /// <summary>Number of lines of this library; a message of several lines counts as several.</summary>
    public long LibraryLines { get; init; }

    /// <summary>Number of lines of this library that cannot be read.</summary>
    public long DamagedLines { get; init; }

    public required IReadOnlyList<DamagedLineReport> FirstDamaged { get; init; }

    public required IReadOnlyList<RunReport> Runs { get; init; }

    /// <summary>Number of further runs.</summary>
    public long MoreRuns { get; init; }

    public long SpikeCount { get; init; }

    public required IReadOnlyList<SpikeReport> Spikes { get; init; }

    /// <summary>Number of runs that ended without a clean end.</summary>
    public long UncleanEndCount { get; init; }

    public required IReadOnlyList<UncleanEndReport> UncleanEnds { get; init; }

    public required IReadOnlyList<LogFindingReport> Findings { get; init; }

    public required IReadOnlyList<SilentLogRule> Silent { get; init; }

    public required IReadOnlyList<OperationReport> Operations { get; init; }

    /// <summary>Operations of further names, all together.</summary>
    public OperationReport? OtherOperations { get; init; }

    public required IReadOnlyList<AlertCount> Alerts { get; init; }

    /// <summary>What forced GCs and other relief steps freed; null if there was none.</summary>
    public long? FreedBytes { get; init; }

    public required IReadOnlyList<LogNote> Notes { get; init; }

    /// <summary>Whether there is anything that a person should look at.</summary>
    public bool HasFindings => SpikeCount > 0 || UncleanEndCount > 0 || Findings.Any(finding => finding.IsWarning)
        || Runs.Any(run => run.Growth.Verdict >= LeakVerdict.Suspected || run.Zones.Any(zone => zone.Zone >= MemoryZone.Critical && zone.Entered > 0));
}

internal sealed record FileReport(string Name, long Lines, long Bytes);

internal sealed record DamagedLineReport(string File, long Line, string Text);

/// <summary>How the log of a run ends.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunEnd>))]
internal enum RunEnd
{
    /// <summary>With the line of an orderly stop.</summary>
    Stopped,

    /// <summary>With the start of the next run.</summary>
    Unclean,

    /// <summary>With the log.</summary>
    LogEnds,
}

/// <summary>One run of a process, as far as the log shows it.</summary>
internal sealed record RunReport
{
    public required string Source { get; init; }

    public string? Start { get; init; }

    public string? End { get; init; }

    /// <summary>Whether the log has the line of its start.</summary>
    public bool HasStart { get; init; }

    public RunEnd Ended { get; init; }

    public double? Seconds { get; init; }

    public long? LimitBytes { get; init; }

    public string? LimitSource { get; init; }

    public required IReadOnlyList<ZoneReport> Zones { get; init; }

    /// <summary>Time before the first line that shows the zone.</summary>
    public double UnknownZoneSeconds { get; init; }

    public required GrowthReport Growth { get; init; }

    public required IReadOnlyList<MetricReport> Metrics { get; init; }
}

internal sealed record ZoneReport(MemoryZone Zone, double? Seconds, long Entered);

/// <summary>The growth of resident memory in one run.</summary>
internal sealed record GrowthReport
{
    /// <summary>Number of snapshots that it rests on.</summary>
    public long Readings { get; init; }

    public LeakVerdict Verdict { get; init; }

    /// <summary>The worst verdict at any time of the run.</summary>
    public LeakVerdict WorstVerdict { get; init; }

    public LeakGate HeldBackBy { get; init; }

    /// <summary>The growth; null if there is too little to tell.</summary>
    public Estimate? BytesPerHour { get; init; }

    public double? LimitSeconds { get; init; }

    public double? LimitLatestSeconds { get; init; }

    public long? FirstResidentBytes { get; init; }

    public long? LastResidentBytes { get; init; }

    public long? HighestResidentBytes { get; init; }

    [JsonIgnore]
    public LeakAssessment? Assessment { get; init; }
}

internal sealed record MetricReport(string Name, long Readings, long? Last, long? Highest, string? HighestAt, long? Maximum, long TimesOver);

internal sealed record InFlightReport(string Name, string Context, double Seconds);

internal sealed record EntryReport(
    string Name, string Context, [property: JsonConverter(typeof(JsonStringEnumConverter<EntryKind>))] EntryKind Kind, double SecondsBefore, long? AllocatedBytes);

internal sealed record SpikeReport
{
    public required string Source { get; init; }

    public string? Time { get; init; }

    public long IncreaseBytes { get; init; }

    /// <summary>The likely cause, as the library logged it.</summary>
    public string? Cause { get; init; }

    public string? Finding { get; init; }

    public int InFlightCount { get; init; }

    public required IReadOnlyList<InFlightReport> InFlight { get; init; }

    /// <summary>The operations that ended in the minute before it.</summary>
    public required IReadOnlyList<EntryReport> Before { get; init; }
}

/// <summary>The end of a run without the line of an orderly stop, or what a later start reported of it.</summary>
internal sealed record UncleanEndReport
{
    public required string Source { get; init; }

    /// <summary>Time of its last line.</summary>
    public string? LastLine { get; init; }

    /// <summary>How the next start explained it, if it had a black box.</summary>
    public string? Verdict { get; init; }

    /// <summary>The lines below the verdict.</summary>
    public required IReadOnlyList<string> Details { get; init; }

    public MemoryZone? Zone { get; init; }

    public int InFlightCount { get; init; }

    public required IReadOnlyList<InFlightReport> InFlight { get; init; }

    /// <summary>The last compact line of the run, if it can be read.</summary>
    public string? CompactLine { get; init; }

    [JsonIgnore]
    public CompactRecord? Compact { get; init; }
}

internal sealed record LogFindingReport
{
    public FindingRule Rule { get; init; }

    public bool IsWarning { get; init; }

    public required string Text { get; init; }

    public long Count { get; init; }

    public string? First { get; init; }

    public string? Last { get; init; }

    /// <summary>Whether the library logged it; else its rule was applied to what the log shows.</summary>
    public bool IsLogged { get; init; }
}

/// <summary>Why a rule says nothing of a log.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LogSilence>))]
internal enum LogSilence
{
    /// <summary>It was applied and found nothing.</summary>
    NotReached,

    /// <summary>The log lacks what it looks at, and it was not logged either.</summary>
    NotInLog,

    /// <summary>The log shows too little of it.</summary>
    TooLittleData,
}

internal sealed record SilentLogRule(FindingRule Rule, LogSilence Reason);

internal sealed record OperationReport
{
    public required string Name { get; init; }

    public long Started { get; init; }

    public long Completed { get; init; }

    public long Failed { get; init; }

    public long Cancelled { get; init; }

    public long? AllocatedBytes { get; init; }

    public long? MostAllocatedBytes { get; init; }

    public double? MeanSeconds { get; init; }

    public double? LongestSeconds { get; init; }

    /// <summary>What memory changed by while they ran, whatever else ran beside them.</summary>
    public long? ChangeBytes { get; init; }

    /// <summary>What was not given back by those beside which no other operation ran.</summary>
    public long? AloneChangeBytes { get; init; }

    public long AloneCount { get; init; }
}

internal sealed record AlertCount(string Title, long Count);

/// <summary>What limits what the log can tell.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LogNoteKind>))]
internal enum LogNoteKind
{
    NoTimes,
    NoDates,
    ClockWentBack,
    ProcessesNotToldApart,
    TooManySources,
    FilesOutOfOrder,
    FilesDamaged,
    OverlongLines,
    LostInFlight,
}

internal sealed record LogNote(LogNoteKind Kind, string Source, long Count);
