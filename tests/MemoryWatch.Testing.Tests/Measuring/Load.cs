namespace MemoryWatch.Testing.Tests.Measuring;

/// <summary>Other work of the process: threads that allocate garbage, and keep some of it for a while, until disposed.</summary>
internal sealed class Load : IDisposable
{
    private readonly List<Thread> _threads = [];
    private volatile bool _stops;

    public Load(int threads)
    {
        for (var i = 0; i < threads; i++)
        {
            var thread = new Thread(Run) { IsBackground = true };
            _threads.Add(thread);
            thread.Start();
        }
    }

    public void Dispose()
    {
        _stops = true;
        _threads.ForEach(t => t.Join());
    }

    private void Run()
    {
        var kept = new byte[64][];
        for (var i = 0; !_stops; i++)
        {
            // A prime, so that what is kept at a time has all sizes, and its sum hardly changes.
            kept[i % kept.Length] = new byte[(i * 7919L % 20_000) + 100];
            if (i % 100 == 0)
            {
                Thread.Yield();
            }
        }
    }
}
