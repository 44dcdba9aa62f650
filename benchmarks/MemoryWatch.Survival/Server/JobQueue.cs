using System.Threading.Channels;

namespace MemoryWatch.Survival.Server;

/// <summary>The jobs that were accepted and wait for a worker. It has no bound: what it may hold depends on the memory.</summary>
internal sealed class JobQueue
{
    private readonly Channel<AcceptedJob> _jobs = Channel.CreateUnbounded<AcceptedJob>();

    public int Count => _jobs.Reader.Count;

    public bool TryAdd(AcceptedJob job) => _jobs.Writer.TryWrite(job);

    /// <summary>Takes no more jobs. The workers end when it is empty.</summary>
    public void Complete() => _jobs.Writer.TryComplete();

    public IAsyncEnumerable<AcceptedJob> ReadAllAsync() => _jobs.Reader.ReadAllAsync(CancellationToken.None);
}
