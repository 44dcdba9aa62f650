using MemoryWatch.Read;

namespace MemoryWatch.Tool;

/// <summary>One level of the process's cgroup.</summary>
/// <param name="Path">Its folder.</param>
/// <param name="LimitBytes">Its hard limit; <see langword="null"/> if it has none.</param>
/// <param name="IsLimitUnknown">Whether the limit is there, but cannot be read.</param>
/// <param name="HighBytes">Its throttling limit; <see langword="null"/> if it has none.</param>
/// <param name="Usage">Its usage.</param>
internal sealed record LevelReading(string Path, long? LimitBytes, bool IsLimitUnknown, long? HighBytes, CgroupUsage Usage);
