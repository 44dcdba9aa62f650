using System.Threading.RateLimiting;

namespace MemoryWatch.Survival.Server;

/// <summary>A job from its acceptance to its end.</summary>
internal sealed record AcceptedJob(int Id, int User, OperationScope Scope, RateLimitLease? Lease, Block Payload) : IDisposable
{
    public void Dispose()
    {
        Payload.Dispose();
        Scope.Dispose();
        Lease?.Dispose();
    }
}
