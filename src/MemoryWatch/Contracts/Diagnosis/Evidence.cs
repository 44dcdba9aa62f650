namespace MemoryWatch;

/// <summary>The names of the numbers that findings rest on. They are part of the public values and never change their meaning.</summary>
internal static class Evidence
{
    public const string Value = "value";
    public const string Maximum = "maximum";
    public const string Lowest = "lowest";
    public const string Count = "count";
    public const string TotalCount = "total_count";
    public const string Workers = "workers";
    public const string Samples = "samples";
    public const string UsedBytes = "used_bytes";
    public const string LimitBytes = "limit_bytes";
    public const string TotalBytes = "total_bytes";
    public const string BytesEach = "bytes_each";
    public const string LowBytesEach = "low_bytes_each";
    public const string HighBytesEach = "high_bytes_each";
    public const string Share = "share";
    public const string GrownBytes = "grown_bytes";
    public const string AllocatedBytes = "allocated_bytes";
    public const string BudgetBytes = "budget_bytes";
    public const string FreeBytes = "free_bytes";
    public const string FreedBytes = "freed_bytes";
    public const string Arenas = "arenas";
    public const string NativeBytes = "native_bytes";
    public const string LargeObjectBytes = "large_object_bytes";
    public const string LiveBytes = "live_bytes";
    public const string CommittedBytes = "committed_bytes";
    public const string CacheBytes = "cache_bytes";
    public const string Span = "span_seconds";
    public const string Age = "age_seconds";
    public const string UsualAge = "p99_seconds";
    public const string Pause = "pause_fraction";
    public const string Pressure = "pressure_fraction";
    public const string BytesPerHour = "bytes_per_hour";
    public const string NeededBytes = "needed_bytes";
}
