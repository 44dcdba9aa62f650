namespace MemoryWatch.AspNetCore.Page.Json;

/// <summary>What <c>/memory/snapshot</c> answers: the latest regular reading.</summary>
internal sealed class SnapshotJson
{
    public required DateTimeOffset Time { get; init; }

    public required MemoryZone Zone { get; init; }

    public required string Headline { get; init; }

    public required string Scope { get; init; }

    public required UsageJson Usage { get; init; }

    public required UsageJson Heap { get; init; }

    public required LimitSource GoverningLimit { get; init; }

    public required TimeToLimitJson? TimeToLimit { get; init; }

    public required ProcessJson Process { get; init; }

    public required ManagedJson Managed { get; init; }

    public required ContainerJson Container { get; init; }

    public required MachineJson Machine { get; init; }

    public required SplitJson Split { get; init; }

    public required MetricJson[] Metrics { get; init; }

    public static SnapshotJson Of(MemorySnapshot snapshot, string headline) => new()
    {
        Time = snapshot.Time,
        Zone = snapshot.Zone,
        Headline = headline,
        Scope = snapshot.DescribeScope(),
        Usage = UsageJson.Of(snapshot.Usage),
        Heap = UsageJson.Of(snapshot.HeapUsage),
        GoverningLimit = snapshot.Governing.Source,
        TimeToLimit = TimeToLimitJson.Of(snapshot.TimeToLimit),
        Process = new(
            snapshot.Process.ResidentBytes, snapshot.PeakResidentBytes, snapshot.Process.VirtualBytes, snapshot.Process.AnonymousBytes,
            snapshot.Process.FileBackedBytes, snapshot.Process.SharedBytes, snapshot.Process.SwappedBytes),
        Managed = new(
            snapshot.Managed.HeapBytes, snapshot.Managed.LiveBytes, snapshot.Managed.CommittedBytes, snapshot.Managed.OccupiedBytes,
            snapshot.Managed.FragmentedBytes, snapshot.Managed.LargeObjectBytes, snapshot.Managed.TotalAllocatedBytes,
            snapshot.Managed.Generation0Collections, snapshot.Managed.Generation1Collections, snapshot.Managed.Generation2Collections,
            snapshot.Managed.TotalPause.TotalSeconds),
        Container = new(
            snapshot.Container.Version, snapshot.Container.Path, snapshot.Container.LimitBytes, snapshot.Container.HighBytes,
            snapshot.Container.UsageBytes, snapshot.Container.WorkingSetBytes, snapshot.Container.UsedBytes, snapshot.RestOfContainerBytes,
            snapshot.Container.SwapUsedBytes, snapshot.Container.OomKills, snapshot.Container.PressureSome, snapshot.Container.PressureFull),
        Machine = new(snapshot.Machine.TotalBytes, snapshot.Machine.AvailableBytes),
        Split = SplitJson.Of(snapshot),
        Metrics = MetricJson.Of(snapshot.Metrics),
    };
}

internal sealed record UsageJson(long? UsedBytes, long? LimitBytes, LimitSource Source, UsagePrecision Precision)
{
    public static UsageJson Of(in MemoryUsage usage) => new(usage.UsedBytes, usage.LimitBytes, usage.Source, usage.Precision);
}

internal sealed record TimeToLimitJson(LimitSource Source, double SoonestSeconds, double? LatestSeconds, double BytesPerSecond)
{
    public static TimeToLimitJson? Of(TimeToLimit? time) =>
        time is null ? null : new(time.Source, time.Soonest.TotalSeconds, time.Latest?.TotalSeconds, time.BytesPerSecond.Value);
}

internal sealed record ProcessJson(
    long? ResidentBytes, long? PeakResidentBytes, long? VirtualBytes, long? AnonymousBytes, long? FileBackedBytes, long? SharedBytes, long? SwappedBytes);

internal sealed record ManagedJson(
    long? HeapBytes, long? LiveBytes, long? CommittedBytes, long? OccupiedBytes, long? FragmentedBytes, long? LargeObjectBytes,
    long? TotalAllocatedBytes, int Generation0Collections, int Generation1Collections, int Generation2Collections, double TotalPauseSeconds);

internal sealed record ContainerJson(
    int? Version, string? Path, long? LimitBytes, long? HighBytes, long? UsageBytes, long? WorkingSetBytes, long? UsedBytes, long? RestBytes,
    long? SwapUsedBytes, long? OomKills, double? PressureSome, double? PressureFull);

internal sealed record MachineJson(long? TotalBytes, long? AvailableBytes);

/// <summary>The parts of memory, as they are stacked.</summary>
internal sealed record SplitJson(
    long? ManagedLiveBytes, long? ManagedOverheadBytes, long? NativeBytes, long? SharedBytes, long? FileBackedBytes, long? RestOfContainerBytes)
{
    public static SplitJson Of(MemorySnapshot snapshot)
    {
        var split = snapshot.Split;
        return new(
            split.ManagedLiveBytes, split.ManagedOverheadBytes, split.NativeBytes, split.SharedBytes, split.FileBackedBytes,
            snapshot.RestOfContainerBytes);
    }
}

internal sealed record MetricJson(string Name, string Key, string? Unit, long? Maximum, long? Value)
{
    public static MetricJson[] Of(MetricValues metrics) =>
        [.. metrics.Select(m => new MetricJson(m.Definition.Name, m.Definition.Key, m.Definition.Unit, m.Definition.Maximum, m.Value))];
}
