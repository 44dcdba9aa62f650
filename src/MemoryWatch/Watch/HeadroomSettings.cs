using static MemoryWatch.Watch.MemoryWatchSettings;

namespace MemoryWatch.Watch;

/// <summary>The settings of the headroom limiter, as <see cref="MemoryWatchSettings"/> defines each setting.</summary>
internal static class HeadroomSettings
{
    private const long SmallestLease = 1 << 20;
    private const long LargestLease = 1 << 30;

    public static Setting[] All { get; } =
    [
        OptionalThreshold("Headroom:Ceiling", o => o.Headroom.Ceiling, (o, v) => o.Headroom.Ceiling = v),
        new("Headroom:DefaultLease", "an amount from 1 MB to 1 GB", o => o.Headroom.DefaultLease,
            (o, text) => MemorySize.TryParse(text, out var size) && Assign(() => o.Headroom.DefaultLease = size),
            o => o.Headroom.DefaultLease.Bytes is < SmallestLease or > LargestLease ? o.Headroom.DefaultLease.ToString() : null),
        new("Headroom:QueueLimit", "an amount, or 0 for no queue", o => o.Headroom.QueueLimit,
            (o, text) => MemorySize.TryParse(text, out var size) && Assign(() => o.Headroom.QueueLimit = size),
            _ => null),
        Span("Headroom:QueueTimeout", "0.1 s to 10 min", 0.1, 600, false, o => o.Headroom.QueueTimeout, (o, v) => o.Headroom.QueueTimeout = v),
        Flag("Headroom:QueueNewestFirst", o => o.Headroom.QueueNewestFirst, (o, v) => o.Headroom.QueueNewestFirst = v),
    ];
}
