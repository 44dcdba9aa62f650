namespace MemoryWatch.Tell;

/// <summary>A snapshot's numbers as structured log state. What could not be read is left out.</summary>
internal static class SnapshotState
{
    public static LogState Of(string message, in MemorySnapshot snapshot, MemoryZone zone)
    {
        var state = new LogState(message)
            .Add("operation", snapshot.Operation.Length == 0 ? null : snapshot.Operation)
            .Add("context", snapshot.Context.Text.Length == 0 ? null : snapshot.Context.Text)
            .Add("zone", zone.ToString())
            .Add("used_bytes", snapshot.Usage.UsedBytes)
            .Add("limit_bytes", snapshot.Usage.LimitBytes)
            .Add("available_bytes", snapshot.Usage.AvailableBytes)
            .Add("resident_bytes", snapshot.Process.ResidentBytes)
            .Add("virtual_bytes", snapshot.Process.VirtualBytes)
            .Add("rest_of_container_bytes", snapshot.RestOfContainerBytes)
            .Add("heap_bytes", snapshot.Managed.HeapBytes)
            .Add("native_bytes", snapshot.Split.NativeBytes);
        for (var i = 0; i < snapshot.Metrics.Count; i++)
        {
            var metric = snapshot.Metrics[i];
            state.Add(metric.Definition.Key, metric.Value);
        }

        return state.Add(snapshot.Context.Values);
    }
}
