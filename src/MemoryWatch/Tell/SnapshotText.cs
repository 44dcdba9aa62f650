namespace MemoryWatch.Tell;

/// <summary>The text form of a snapshot. People search logs for it: it changes only with a new major version.</summary>
internal static class SnapshotText
{
    private const string Title = "📊 MEMORY SNAPSHOT | Operation: ";
    private const int MetricsPerLine = 3;

    // Share of the container's limit: less memory of other processes is not worth a line.
    private const double RestThatMatters = 0.05;

    /// <param name="snapshot">The numbers.</param>
    /// <param name="operation">The reason for the snapshot, shown in the title.</param>
    public static string Format(MemorySnapshot snapshot, string operation)
    {
        var usage = snapshot.Usage;
        var lines = new List<string>(8)
        {
            $"RAM Usage: {MemoryText.Megabytes(snapshot.Process.ResidentBytes)} (Virtual: {MemoryText.Megabytes(snapshot.Process.VirtualBytes)})",
            usage.Fraction is null
                ? $"System: {MemoryText.NotAvailable}"
                : $"System: {MemoryText.Percent(usage.Fraction)} used ({MemoryText.Megabytes(usage.AvailableBytes)} available)",
        };
        if (snapshot.RestOfContainerBytes is { } rest && rest > snapshot.Container.LimitBytes * RestThatMatters)
        {
            lines.Add($"Rest of container: {MemoryText.Megabytes(rest)}");
        }

        lines.AddRange(snapshot.Metrics.Chunk(MetricsPerLine).Select(metrics => string.Join(" | ", metrics)));
        if (snapshot.Context.Text.Length > 0)
        {
            lines.Add($"Context: {snapshot.Context.Text}");
        }

        return TreeText.Draw(Title + operation, lines);
    }

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
            .Add("native_bytes", snapshot.Split.NativeBytes);
        foreach (var metric in snapshot.Metrics)
        {
            state.Add(metric.Definition.Key, metric.Value);
        }

        return state.Add(snapshot.Context.Values);
    }
}
