using MemoryWatch.Read;
using MemoryWatch.Tests.Support;
using MemoryWatch.Watch;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.BlackBox.Processes;

/// <summary>
/// A watch of this process's real memory whose time passes only as the program says, on the program's thread: it ticks when the real one would wake, however
/// busy the machine is. Time stands still while a GC runs that the watch has asked for.
/// </summary>
internal sealed class PlayedTime : IPacer, IDisposable
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly ManualResetEventSlim _woken = new();
    private readonly Engine _engine;
    private long? _heapThreshold;
    private TimeSpan _rest;

    public PlayedTime(ILogger logger)
    {
        Watch = new(new(), logger, _time, MemoryReader.Create(_time), this, null, Deadline.Backstop);
        _engine = Watch.Prepare()!;
    }

    public MemoryWatcher Watch { get; }

    public void Pass(TimeSpan time)
    {
        _time.Advance(time);
        _rest -= time;
        if (_rest > TimeSpan.Zero && !_woken.IsSet && !(GC.GetTotalMemory(forceFullCollection: false) >= _heapThreshold))
        {
            return;
        }

        _woken.Reset();
        _rest = _engine.Tick();
        if (_engine.Current.Judgement.NeedsCollection)
        {
            Deadline.Until(_woken, "the GC ends");
        }
    }

    public void CallFromHeap(long? bytes) => _heapThreshold = bytes;

    public void Wait(TimeSpan interval)
    {
        // No thread of the watch runs.
    }

    public void Wake() => _woken.Set();

    public void Dispose()
    {
        Watch.Dispose();
        _woken.Dispose();
    }
}
