using System.Threading.RateLimiting;

namespace MemoryWatch.Hosting;

/// <summary>A granted lease, which gives its memory back when it is disposed, or a refused one, which has a reason.</summary>
internal sealed class HeadroomLease : RateLimitLease
{
    private static readonly string[] OfGranted = [MemoryHeadroomLimiter.Basis.Name];
    private static readonly string[] OfRefused = [MetadataName.ReasonPhrase.Name, MetadataName.RetryAfter.Name];
    private static readonly string[] OfRefusedForever = [MetadataName.ReasonPhrase.Name];

    private readonly HeadroomBasis _basis;
    private readonly string? _reason;
    private readonly TimeSpan? _retryAfter;
    private MemoryHeadroomLimiter? _limiter;

    private HeadroomLease(string? reason, TimeSpan? retryAfter) => (_reason, _retryAfter) = (reason, retryAfter);

    private HeadroomLease(MemoryHeadroomLimiter limiter, long bytes, long since, HeadroomBasis basis) =>
        (_limiter, Bytes, Since, _basis, Place) = (limiter, bytes, since, basis, new(this));

    /// <summary>Its size; 0 for a refused one.</summary>
    public long Bytes { get; }

    /// <summary>Timestamp of the grant.</summary>
    public long Since { get; }

    /// <summary>Why it was refused; <see langword="null"/> if it was granted.</summary>
    public string? Reason => _reason;

    /// <summary>Its place among the open leases.</summary>
    public LinkedListNode<HeadroomLease> Place { get; } = null!;

    public override bool IsAcquired => _reason is null;

    public override IEnumerable<string> MetadataNames => IsAcquired ? OfGranted : _retryAfter is null ? OfRefusedForever : OfRefused;

    public static HeadroomLease Granted(MemoryHeadroomLimiter limiter, long bytes, long since, HeadroomBasis basis) =>
        new(limiter, bytes, since, basis);

    /// <param name="reason">Why it was refused.</param>
    /// <param name="retryAfter">When to try again; <see langword="null"/> if that would be in vain.</param>
    public static HeadroomLease Refused(string reason, TimeSpan? retryAfter) => new(reason, retryAfter);

    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = metadataName == MetadataName.ReasonPhrase.Name ? _reason
            : metadataName == MetadataName.RetryAfter.Name ? _retryAfter
            : metadataName == MemoryHeadroomLimiter.Basis.Name && IsAcquired ? _basis
            : null;
        return metadata is not null;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Interlocked.Exchange(ref _limiter, null)?.GiveBack(this);
    }
}
