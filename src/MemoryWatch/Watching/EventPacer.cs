namespace MemoryWatch.Watching;

/// <summary>Waits in real time on an event of the watch thread's own: a starved thread pool does not delay it.</summary>
internal sealed class EventPacer : IPacer, IDisposable
{
    private readonly AutoResetEvent _wake = new(false);

    public void Wait(TimeSpan interval) => _wake.WaitOne(interval);

    public void Wake() => _wake.Set();

    public void Dispose() => _wake.Dispose();
}
