using System.Globalization;

namespace MemoryWatch.Tell;

/// <summary>
/// A finding in one line: <c>Too many items: Sessions is 9 (maximum 3); at 40.1 MB each they take 360.9 MB of 480.2 MB used. Keep fewer Sessions at a
/// time, or let each hold less</c>.
/// </summary>
internal static class FindingText
{
    /// <summary>Maximum number of findings in a periodic check.</summary>
    public const int MostInCheck = 3;

    private const double MegabyteBytes = 1 << 20;

    public static string Format(MemoryFinding finding)
    {
        var advice = finding.Rule == FindingRule.BoxTooSmall && finding.Capacity is { } capacity ? CapacityText.Advice(capacity) : FindingAdvice.Of(finding);
        return finding.Rule == FindingRule.GcSettings
            ? $"{FindingAdvice.Title(finding.Rule)}: {Sentence(finding)}"
            : $"{FindingAdvice.Title(finding.Rule)}: {Sentence(finding)}. {advice}";
    }

    /// <summary>The line in the log.</summary>
    public static string Line(MemoryFinding finding) => $"Finding: {Format(finding)}";

    /// <summary>The lines below a periodic check; empty without findings.</summary>
    public static string BelowCheck(MemoryDiagnosis? diagnosis)
    {
        if (diagnosis is not { Findings.Count: > 0 and var count })
        {
            return string.Empty;
        }

        var lines = diagnosis.Findings.Take(MostInCheck).Select(Line);
        return string.Join('\n', count > MostInCheck ? lines.Append(Text($"Findings: {count - MostInCheck} more")) : lines);
    }

    /// <summary>Adds the most important finding to the values of a log event. Unknown values are left out.</summary>
    public static LogState Add(this LogState state, MemoryFinding? finding) => state
        .Add("finding", finding?.Rule.ToString())
        .Add("finding_subject", finding?.Subject);

    private static string Sentence(MemoryFinding finding) => finding.Rule switch
    {
        FindingRule.ManagedLeak => Leak(finding, "live objects"),
        FindingRule.NativeLeak => Leak(finding, "native memory"),
        FindingRule.NotFreed =>
            $"each {finding.Subject} leaves {Megabytes(finding, Evidence.BytesEach)} behind ({Range(finding)}), {Megabytes(finding, Evidence.TotalBytes)} together, which GCs do not free",
        FindingRule.UncollectedObjects =>
            $"{Count(finding, Evidence.Count)} of {finding.Subject} should have been collected, the oldest {Age(finding, Evidence.Age)} ago{Others(finding)}",
        FindingRule.TooManyItems => TooMany(finding),
        FindingRule.QueueBuildUp =>
            $"{finding.Subject} rose from {Count(finding, Evidence.Lowest)} to {Count(finding, Evidence.Value)} in {Age(finding, Evidence.Span)}, while at most {Count(finding, Evidence.Workers)} at a time {(finding.Number(Evidence.Workers) == 1 ? "is" : "are")} worked on",
        FindingRule.OperationSpike =>
            $"{finding.Subject} allocated {Megabytes(finding, Evidence.AllocatedBytes)} in {Age(finding, Evidence.Span)}, {Percent(finding, Evidence.Share)} of all, and memory rose by {Megabytes(finding, Evidence.GrownBytes)}",
        FindingRule.OverBudget => Budget(finding),
        FindingRule.OtherProcesses =>
            $"{string.Join(", ", finding.Processes.Select(p => $"{p.Name} {MemoryText.Megabytes(p.ResidentBytes)}"))}: {Megabytes(finding, Evidence.TotalBytes)} of the limit of {Megabytes(finding, Evidence.LimitBytes)}",
        FindingRule.FilesInMemory => $"{finding.Subject} is in memory, not on a disk",
        FindingRule.ForgottenScopes => $"{Count(finding, Evidence.Count)} operations {finding.Subject} have been in flight for over 10 min",
        FindingRule.StuckOperation =>
            $"{finding.Subject} has been in flight for {Age(finding, Evidence.Age)}; 99 % of {Count(finding, Evidence.Count)} took at most {Age(finding, Evidence.UsualAge)}",
        FindingRule.ThreadGrowth or FindingRule.HandleGrowth =>
            $"{finding.Subject} rose from {Count(finding, Evidence.Lowest)} to {Count(finding, Evidence.Value)}",
        FindingRule.NativeGrowth => $"{Megabytes(finding, Evidence.NativeBytes)} are outside of the GC, {Megabytes(finding, Evidence.GrownBytes)} more than at the lowest",
        FindingRule.NativeHeapFree =>
            $"up to {Megabytes(finding, Evidence.FreeBytes)} of {Megabytes(finding, Evidence.NativeBytes)} native memory are free, in {Count(finding, Evidence.Arenas)} arenas",
        FindingRule.LargeObjects => $"{Megabytes(finding, Evidence.LargeObjectBytes)} of {Megabytes(finding, Evidence.LiveBytes)} live heap are objects of 85 KB or more",
        FindingRule.CommittedAboveLive => $"the GC holds {Megabytes(finding, Evidence.CommittedBytes)}, and {Megabytes(finding, Evidence.LiveBytes)} of it are in use",
        FindingRule.BoxTooSmall => finding.Capacity is { } capacity ? CapacityText.Finding(capacity) : string.Empty,
        FindingRule.GcSettings => finding.GcFit is { } fit ? GcAdvice.For(fit) : Text($"{Count(finding, Evidence.Count)} settings"),
        FindingRule.FutileCollections =>
            $"the last {Count(finding, Evidence.Count)} forced GCs freed at most {Megabytes(finding, Evidence.FreedBytes)} each, and took {Age(finding, Evidence.Span)} together",
        FindingRule.LongPauses => $"GCs paused the process for {Percent(finding, Evidence.Pause)} of the last minute",
        FindingRule.Thrashing => Thrashing(finding),
        _ => $"{Megabytes(finding, Evidence.UsedBytes)} are used, the other {Megabytes(finding, Evidence.CacheBytes)} are file cache",
    };

    private static string Leak(MemoryFinding finding, string what)
    {
        var rate = finding.Leak?.BytesPerHour is { } hourly ? $" ({MemoryText.Change((long)hourly.Value)}/h)" : string.Empty;
        var each = finding.Subject is { } operation && finding.Leak?.BytesPerOperation is { } bytes
            ? $", {MemoryText.Megabytes((long)bytes.Value)} for each {operation}"
            : string.Empty;
        var certainty = finding.Leak?.Verdict == LeakVerdict.Suspected ? "not confirmed yet: " : string.Empty;
        return $"{certainty}{what} grew by {Megabytes(finding, Evidence.GrownBytes)} in {Age(finding, Evidence.Span)}{rate}{each}";
    }

    private static string TooMany(MemoryFinding finding)
    {
        var maximum = finding.Number(Evidence.Maximum) is null ? string.Empty : $" (maximum {Count(finding, Evidence.Maximum)})";
        var cost = finding.Cost is { } known
            ? $"; at {CapacityText.Cost(known)} they take {Megabytes(finding, Evidence.TotalBytes)} of {Megabytes(finding, Evidence.UsedBytes)} used"
            : string.Empty;
        return $"{finding.Subject} is {Count(finding, Evidence.Value)}{maximum}{cost}";
    }

    private static string Budget(MemoryFinding finding)
    {
        var excess = finding.Number(Evidence.AllocatedBytes) is null
            ? $"memory grew by {Megabytes(finding, Evidence.GrownBytes)} during {finding.Subject}"
            : $"{finding.Subject} allocated {Megabytes(finding, Evidence.AllocatedBytes)}";
        var times = finding.Number(Evidence.Count) > 1 ? $", {Count(finding, Evidence.Count)} times lately" : string.Empty;
        return $"{excess}, and its budget is {Megabytes(finding, Evidence.BudgetBytes)}{times}";
    }

    private static string Thrashing(MemoryFinding finding) => finding.Number(Evidence.Pressure) is null
        ? $"{Megabytes(finding, Evidence.CacheBytes)} of files had to be read again within 10 s"
        : $"all tasks waited for memory {Percent(finding, Evidence.Pressure)} of 10 s";

    private static string Others(MemoryFinding finding) =>
        finding.Number(Evidence.TotalCount) - finding.Number(Evidence.Count) is > 0 and var others ? Text($" (and {others:0} others)") : string.Empty;

    private static string Range(MemoryFinding finding) =>
        Text($"{finding.Number(Evidence.LowBytesEach) / MegabyteBytes:0.0}-{finding.Number(Evidence.HighBytesEach) / MegabyteBytes:0.0} MB");

    private static string Megabytes(MemoryFinding finding, string name) => MemoryText.Megabytes((long?)finding.Number(name));

    private static string Count(MemoryFinding finding, string name) => MemoryText.Count((long?)finding.Number(name));

    private static string Percent(MemoryFinding finding, string name) => MemoryText.Percent(finding.Number(name));

    private static string Age(MemoryFinding finding, string name) =>
        finding.Number(name) is { } seconds ? InFlightText.Age(TimeSpan.FromSeconds(seconds)) : MemoryText.NotAvailable;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
