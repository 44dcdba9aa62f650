using System.Globalization;

namespace MemoryWatch.Tell;

/// <summary>
/// Memory in one or two sentences: <c>Critical: 461 of 512 MB, full in 36-44 s. Download (User 5) allocated 118.0 MB of 131.0 MB in the last 12 s.</c>
/// It says that nothing grows only if that is known.
/// </summary>
internal static class HeadlineText
{
    private const double Megabyte = 1 << 20;

    // The second sentence is about the growth that is going on; an older cause would be mistaken for it.
    private static readonly TimeSpan LatestCause = TimeSpan.FromMinutes(1);

    public static string Format(IMemoryWatch watch, bool withContexts)
    {
        var snapshot = watch.Current;
        if (!watch.IsEnabled)
        {
            return "The watch is off.";
        }

        if (snapshot.Time == default)
        {
            return "Nothing has been read yet.";
        }

        var first = $"{Zone(snapshot.Zone)}: {Amount(snapshot.Governing)}{Course(snapshot, watch.Diagnose())}.";
        return withContexts && Cause(snapshot, watch) is { } cause ? $"{first} {cause}" : first;
    }

    /// <summary>Whose memory the numbers are: the sentence below the headline.</summary>
    public static string Scope(MemorySnapshot snapshot)
    {
        var (usage, path) = (snapshot.Usage, snapshot.Container.Path);
        var limit = MemoryText.Limit(usage.LimitBytes);
        return usage.Source switch
        {
            LimitSource.Container => $"The numbers are of the container: cgroup {path ?? MemoryText.NotAvailable}, limit {limit}.",
            LimitSource.Throttling => $"The numbers are of the container: cgroup {path ?? MemoryText.NotAvailable}, throttled at {limit}.",
            LimitSource.Setting => $"The numbers are of this process, whose limit of {limit} is a setting.",
            LimitSource.Machine => $"No container limits this process, so the numbers are of the whole machine, which has {limit}.",
            _ => "No limit is known.",
        };
    }

    private static string Zone(MemoryZone zone) => zone == MemoryZone.Imminent ? "Limit imminent" : zone.ToString();

    private static string Amount(in MemoryUsage usage)
    {
        var whose = usage.Source switch
        {
            LimitSource.GCHeap => " of heap",
            LimitSource.Process => " in this process",
            _ => string.Empty,
        };
        return usage switch
        {
            { UsedBytes: null } => "used memory is unknown",
            { LimitBytes: { } limit } => $"{MemoryText.Bound(usage.Precision)}{Whole(usage.UsedBytes)} of {Whole(limit)} MB{whose}",
            _ => $"{MemoryText.Bound(usage.Precision)}{Whole(usage.UsedBytes)} MB{whose}",
        };
    }

    private static string Course(MemorySnapshot snapshot, MemoryDiagnosis diagnosis)
    {
        if (snapshot.TimeToLimit is { } time)
        {
            var full = time.Source == snapshot.Governing.Source ? "full" : $"{TimeToLimitText.Limit(time.Source)} reached";
            return $", {full} in {TimeToLimitText.Interval(time)}";
        }

        if (diagnosis.Leaks.Any(leak => leak.Verdict == LeakVerdict.Leaking))
        {
            return ", leaking";
        }

        return snapshot.Zone == MemoryZone.Healthy && diagnosis.Leaks.Any(leak => leak.Verdict == LeakVerdict.NotLeaking)
            && !diagnosis.Leaks.Any(leak => leak.Verdict is LeakVerdict.Suspected or LeakVerdict.LevelShift)
            ? ", nothing grows"
            : string.Empty;
    }

    private static string? Cause(MemorySnapshot snapshot, IMemoryWatch watch) =>
        watch.History(LatestCause).Marks.LastOrDefault(mark => IsOfThisRun(mark) && snapshot.Time - mark.Time <= LatestCause)?.Cause is { } cause
        && MemoryCauseText.Allocated(cause) is { } clause
            ? $"{Begin(clause)}."
            : null;

    // The name of an operation stays as it is.
    private static string Begin(string clause) =>
        clause.StartsWith("unattributed ", StringComparison.Ordinal) ? $"U{clause[1..]}" : clause;

    /// <summary>The mark of a restart has the cause of the previous run's growth.</summary>
    private static bool IsOfThisRun(MemoryHistoryMark mark) => mark is { Cause: not null, Kind: not MemoryHistoryMarkKind.Restart };

    private static string Whole(long? bytes) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round((bytes ?? 0) / Megabyte):0}");
}
