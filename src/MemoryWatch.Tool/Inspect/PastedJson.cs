using MemoryWatch.Tell;

namespace MemoryWatch.Tool.Inspect;

/// <summary>Compact lines as JSON. Sizes are in bytes, rounded to 0.1 MB as the lines have them; what is not known is null.</summary>
internal sealed record PastedJson(IEnumerable<PastedJson.LineJson> Lines)
{
    public string Kind { get; init; } = "compactLines";

    public static PastedJson Of(IEnumerable<PastedRecord> records) => new(records.Select(record => new LineJson(record)));

    internal sealed class LineJson(PastedRecord record)
    {
        public int Line => record.Line;

        public bool IsVerified => record.IsIntact;

        public string? Problem => record.IsIntact ? null : PastedReport.Problem(record);

        public DateTimeOffset? Time => record.Has("t") ? record.Record.Time : null;

        public MemoryZone? Zone => record.Has("zone") ? record.Record.Zone : null;

        public long? UsedBytes => record.Record.Used.UsedBytes;

        public long? LimitBytes => record.Record.Used.LimitBytes;

        public long? HeapBytes => record.Record.Heap.UsedBytes;

        public long? HeapLimitBytes => record.Record.Heap.LimitBytes;

        public long? ResidentBytes => record.Record.ResidentBytes;

        public long? ManagedLiveBytes => record.Record.ManagedLiveBytes;

        public long? ManagedOverheadBytes => record.Record.ManagedOverheadBytes;

        public long? NativeBytes => record.Record.NativeBytes;

        public long? SharedBytes => record.Record.SharedBytes;

        public long? FileBackedBytes => record.Record.FileBackedBytes;

        public long? RestOfContainerBytes => record.Record.RestOfContainerBytes;

        public int? InFlightCount => record.Has("in") ? record.Record.InFlightCount : null;

        public IReadOnlyList<CompactOperation> InFlight => record.Record.InFlight;

        public IReadOnlyList<CompactTotal> Top => record.Record.Top;

        public IReadOnlyList<CompactMetric> Metrics => record.Record.Metrics;
    }
}
