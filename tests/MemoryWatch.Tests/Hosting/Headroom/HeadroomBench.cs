using System.Threading.RateLimiting;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Hosting.Headroom;

/// <summary>A limiter with a machine, a clock and a log of the test's own.</summary>
internal sealed class HeadroomBench : IDisposable
{
    public HeadroomBench(Action<MemoryWatchOptions>? configure = null)
    {
        // Simpler to count with than the default.
        Options.Headroom.Ceiling = MemoryWatchDefaults.ImminentThreshold;
        configure?.Invoke(Options);
        Limiter = new(Memory, Options, Time, Log);
    }

    public MemoryStub Memory { get; } = new();

    public FakeTimeProvider Time { get; } = new(new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero));

    public LogCapture Log { get; } = new();

    public MemoryWatchOptions Options { get; } = new();

    public MemoryHeadroomLimiter Limiter { get; }

    /// <summary>A limiter with a queue.</summary>
    public static HeadroomBench Queueing(string limit = "1GB", bool newestFirst = false) => new(o =>
    {
        o.Headroom.QueueLimit = limit;
        o.Headroom.QueueNewestFirst = newestFirst;
    });

    /// <summary>The limiter has seen for more than a minute how much room there is.</summary>
    public void Learn()
    {
        Time.Advance(TimeSpan.FromSeconds(10));
        Time.Advance(TimeSpan.FromMinutes(1));
    }

    public Task<RateLimitLease> Ask(int megabytes, CancellationToken cancellationToken = default) =>
        Limiter.AcquireAsync(megabytes, cancellationToken).AsTask();

    public static string? Reason(RateLimitLease lease) => lease.TryGetMetadata(MetadataName.ReasonPhrase, out var reason) ? reason : null;

    public static TimeSpan? RetryAfter(RateLimitLease lease) => lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : null;

    public static HeadroomBasis? Basis(RateLimitLease lease) => lease.TryGetMetadata(MemoryHeadroomLimiter.Basis, out var basis) ? basis : null;

    public void Dispose() => Limiter.Dispose();
}
