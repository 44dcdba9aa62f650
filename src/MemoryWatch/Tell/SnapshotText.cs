namespace MemoryWatch.Tell;

/// <summary>The text form of a snapshot. People search logs for it: it changes only with a new major version.</summary>
internal static class SnapshotText
{
    private const string Name = "📊 MEMORY SNAPSHOT";
    private const string Title = Name + " | Operation: ";
    private const int MetricsPerLine = 3;

    // Share of the container's limit: less memory of other processes is not worth a line.
    private const double RestThatMatters = 0.05;

    // Share of the limit by which resident memory must exceed used memory to be explained.
    private const double DifferenceThatPuzzles = 0.1;

    /// <summary>The form of explicit and periodic snapshots.</summary>
    /// <param name="snapshot">The numbers.</param>
    /// <param name="operation">The reason for the snapshot, shown in the title.</param>
    public static string Format(MemorySnapshot snapshot, string operation) => Draw(snapshot, operation, isFull: false, withOthers: false);

    /// <summary>The form for alerts and reports: also with both limits, the parts of resident memory, and what puzzles in the numbers.</summary>
    /// <param name="snapshot">The numbers.</param>
    /// <param name="operation">The reason for the snapshot, shown in the title.</param>
    /// <param name="withOthers">Whether to show who else is in the container.</param>
    public static string FormatInFull(MemorySnapshot snapshot, string operation, bool withOthers = true) =>
        Draw(snapshot, operation, isFull: true, withOthers);

    /// <summary>The log event of a snapshot, with its text and its numbers.</summary>
    public static LogState State(string text, MemorySnapshot snapshot) =>
        LogState.WithDetails(Title + "{operation}", Title.Length + snapshot.Operation.Length, text).Add(snapshot);

    /// <summary>Adds a snapshot's numbers. Unknown ones are left out.</summary>
    public static LogState Add(this LogState state, MemorySnapshot snapshot)
    {
        state
            .Add("operation", snapshot.Operation.Length == 0 ? null : snapshot.Operation)
            .Add("context", snapshot.Context.Text.Length == 0 ? null : snapshot.Context.Text)
            .Add("zone", snapshot.Zone.ToString())
            .Add("used_bytes", snapshot.Usage.UsedBytes)
            .Add("limit_bytes", snapshot.Usage.LimitBytes)
            .Add("available_bytes", snapshot.Usage.AvailableBytes)
            .Add("resident_bytes", snapshot.Process.ResidentBytes)
            .Add("virtual_bytes", snapshot.Process.VirtualBytes)
            .Add("rest_of_container_bytes", snapshot.RestOfContainerBytes)
            .Add("heap_bytes", snapshot.Managed.HeapBytes)
            .Add("native_bytes", snapshot.Split.NativeBytes)
            .Add("growth_bytes_per_second", snapshot.TimeToLimit?.BytesPerSecond.Value)
            .Add("limit_seconds", snapshot.TimeToLimit?.Soonest.TotalSeconds)
            .Add("limit_latest_seconds", snapshot.TimeToLimit?.Latest?.TotalSeconds);
        foreach (var metric in snapshot.Metrics)
        {
            state.Add(metric.Definition.Key, metric.Value);
        }

        return state.Add(snapshot.Context.Values);
    }

    private static string Draw(MemorySnapshot snapshot, string operation, bool isFull, bool withOthers)
    {
        var ram = $"RAM Usage: {MemoryText.Megabytes(snapshot.Process.ResidentBytes)} (Virtual: {MemoryText.Megabytes(snapshot.Process.VirtualBytes)})";
        var lines = new List<string>(11) { isFull ? ram + FilePages(snapshot) : ram, System(snapshot.Usage) };
        if (snapshot.TimeToLimit is { } time)
        {
            lines.Add($"Growth: {TimeToLimitText.Growth(time)}");
        }

        if (isFull)
        {
            AddDetails(lines, snapshot);
        }

        if (snapshot.RestOfContainerBytes is { } rest && rest > snapshot.Container.LimitBytes * RestThatMatters)
        {
            lines.Add($"Rest of container: {MemoryText.Megabytes(rest)}");
        }

        if (withOthers && ContainerProcessesText.Line(snapshot) is { } others)
        {
            lines.Add(others);
        }

        lines.AddRange(snapshot.Metrics.Chunk(MetricsPerLine).Select(metrics => string.Join(" | ", metrics)));
        if (snapshot.Context.Text.Length > 0)
        {
            lines.Add($"Context: {snapshot.Context.Text}");
        }

        return TreeText.Draw(operation.Length == 0 ? Name : Title + operation, lines);
    }

    private static string System(in MemoryUsage usage)
    {
        if (usage.Fraction is null)
        {
            return $"System: {MemoryText.NotAvailable}";
        }

        // At most so much used is at least so much available.
        var available = usage.Precision switch
        {
            UsagePrecision.AtMost => MemoryText.Bound(UsagePrecision.AtLeast),
            UsagePrecision.AtLeast => MemoryText.Bound(UsagePrecision.AtMost),
            _ => string.Empty,
        };
        return $"System: {MemoryText.Bound(usage.Precision)}{MemoryText.Percent(usage.Fraction)} used ({available}{MemoryText.Megabytes(usage.AvailableBytes)} available)";
    }

    /// <summary>Why resident memory is well above what counts against the container's limit.</summary>
    private static string FilePages(MemorySnapshot snapshot)
    {
        var usage = snapshot.Usage;
        return usage.Source is LimitSource.Container or LimitSource.Throttling
            && snapshot.Process.ResidentBytes - usage.UsedBytes > usage.LimitBytes * DifferenceThatPuzzles
            && snapshot.Process.FileBackedBytes is > 0 and var files
            ? $", {MemoryText.Megabytes(files)} of it are file pages, which do not count against the limit"
            : string.Empty;
    }

    private static void AddDetails(List<string> lines, MemorySnapshot snapshot)
    {
        string?[] limits = [Limit(snapshot.Usage), Limit(snapshot.HeapUsage)];
        if (Array.Exists(limits, limit => limit is not null))
        {
            lines.Add($"Limits: {string.Join(", ", limits.Where(limit => limit is not null))}");
        }

        var split = snapshot.Split;
        string?[] parts =
        [
            Part("managed live", split.ManagedLiveBytes), Part("GC overhead", split.ManagedOverheadBytes), Part("native", split.NativeBytes),
            Part("shared", split.SharedBytes), Part("files", split.FileBackedBytes),
        ];
        if (Array.Exists(parts, part => part is not null))
        {
            lines.Add($"Split: {string.Join(", ", parts.Where(part => part is not null))}");
        }
    }

    private static string? Limit(in MemoryUsage usage) => usage is { UsedBytes: not null, LimitBytes: not null }
        ? $"{MemoryText.Bound(usage.Precision)}{MemoryText.Megabytes(usage.UsedBytes)} of {MemoryText.Limit(usage.LimitBytes)} ({UsageText.Source(usage.Source)})"
        : null;

    private static string? Part(string name, long? bytes) => bytes is null ? null : $"{name} {MemoryText.Megabytes(bytes)}";
}
