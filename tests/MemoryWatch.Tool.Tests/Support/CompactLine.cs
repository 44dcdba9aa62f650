using MemoryWatch.Tell;

namespace MemoryWatch.Tool.Tests.Support;

/// <summary>A compact line as the watch writes it.</summary>
internal static class CompactLine
{
    public static string Critical { get; } = Of(460, MemoryZone.Critical, 14);

    public static string Elevated { get; } = Of(380, MemoryZone.Elevated, 4);

    public static string Of(int usedMegabytes, MemoryZone zone, int second)
    {
        var used = (long)usedMegabytes << 20;
        return CompactRecordText.Write(
            new()
            {
                Time = new(2026, 11, 22, 10, 15, second, TimeSpan.Zero),
                Zone = zone,
                Usage = new() { UsedBytes = used, LimitBytes = 512 << 20, Source = LimitSource.Container },
                Process = new() { ResidentBytes = used - (5 << 20), AnonymousBytes = 288 << 20, SharedBytes = 12 << 20, FileBackedBytes = 155 << 20 },
                Managed = new() { HeapBytes = 201 << 20, LiveBytes = 180 << 20, CommittedBytes = 210 << 20, HeapLimitBytes = 384 << 20, IsHeapLimitEnforced = true },
                Container = new() { UsedBytes = used, LimitBytes = 512 << 20 },
                Metrics = new([new("Sessions"), new("Queue"), new("Active DLs")], [3L, null, 1L]),
            },
            [
                new() { Name = "Download", Context = "User 5 | big+file=ü.zip", Age = TimeSpan.FromSeconds(12.4), Allocation = new() { AllocatedBytes = 45 << 20 } },
                new() { Name = "Upload", Age = TimeSpan.FromSeconds(3), Allocation = new() { AllocatedBytes = 9 << 20, ChargedBytes = 45 << 20 } },
            ],
            [new() { Name = "Session Created", Count = 12, AllocatedTotalBytes = 540 << 20 }, new() { Name = "Login", Count = 1, AllocatedTotalBytes = 1 << 20 }]);
    }

    /// <summary>The line in pieces of a width, as a console wraps it.</summary>
    public static string Wrapped(string line, int width, Func<int, string> prefix, string suffix = "") =>
        string.Join('\n', line.Chunk(width).Select((piece, index) => prefix(index) + new string(piece) + suffix));
}
