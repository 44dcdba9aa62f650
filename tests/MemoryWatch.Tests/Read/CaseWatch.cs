using MemoryWatch.Read;
using MemoryWatch.Tests.Support;
using MemoryWatch.Watch;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Read;

/// <summary>A whole watch, without a setting of its own, on a machine of the test's own.</summary>
internal sealed class CaseWatch : IDisposable
{
    private readonly MemoryWatcher _watch;
    private readonly Engine _engine;
    private readonly FakeMachine? _machine;

    public CaseWatch(LinuxSource source)
    {
        _watch = new(new MemoryWatchOptions(), Log, Time, new LinuxReader(Time, source), new ManualPacer(), null, TimeSpan.FromMilliseconds(200));
        _engine = _watch.Prepare(new MemoryWatchBuilder())!;
    }

    private CaseWatch(FakeMachine machine)
        : this(machine.Source) => _machine = machine;

    public FakeMachine Machine => _machine ?? throw new InvalidOperationException("This watch is of a real machine.");

    public FakeTimeProvider Time { get; } = new(new(2026, 11, 22, 10, 15, 0, TimeSpan.Zero));

    public LogCapture Log { get; } = new();

    public static CaseWatch Of(string name) => new(FakeMachine.Of(name));

    /// <summary>Makes a tick some time after the last, and returns its snapshot.</summary>
    public MemorySnapshot Tick(double seconds = 1)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        _engine.Tick();
        return _engine.Current;
    }

    /// <summary>The first lines of an event.</summary>
    public IEnumerable<string> Lines(int eventId) => Log.Of(eventId).Select(line => line.Text.Split('\n')[0]);

    public void Dispose()
    {
        _watch.Dispose();
        _machine?.Dispose();
    }
}
