using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tests.Simulation.Faults;

/// <summary>One plug-in of each kind, all of whose calls are counted, and what came of them.</summary>
internal sealed class FailingPlugins(FailingCalls calls) : IMetricsProvider, IMemoryDetector, IMemoryRelief, IMemoryObserver, ILogger
{
    private readonly List<(int Event, string Text)> _lines = [];
    private int _snapshots;
    private int _inspections;
    private int _reliefs;

    public IReadOnlyList<MetricDefinition> Definitions => calls.Call<MetricDefinition[]>("Metric definitions", [new("Sessions")]);

    public string Name => calls.Call("Relief name", "Caches");

    public int Snapshots => Volatile.Read(ref _snapshots);

    public int Inspections => Volatile.Read(ref _inspections);

    public int Reliefs => Volatile.Read(ref _reliefs);

    public (int Event, string Text)[] Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public void Read(Span<long?> values) => values[0] = calls.Call<long?>("Metric", 5);

    public MemoryAlert? Inspect(MemorySnapshot snapshot)
    {
        calls.Call("Detector", 0);
        Interlocked.Increment(ref _inspections);
        return null;
    }

    public Task RelieveAsync(CancellationToken cancellationToken)
    {
        calls.Call("Relief", 0);
        Interlocked.Increment(ref _reliefs);
        return Task.CompletedTask;
    }

    public void OnSnapshot(MemorySnapshot snapshot)
    {
        calls.Call("Observer of snapshots", 0);
        Interlocked.Increment(ref _snapshots);
    }

    public void OnEntry(in JournalEntry entry) => calls.Call("Observer of entries", 0);

    public void OnAlert(MemoryAlert alert, MemorySnapshot snapshot) => calls.Call("Observer of alerts", 0);

    public bool Wants(string name) => calls.Call("Filter", true, mayHang: false);

    public OperationContext ContextOf() => calls.Call<OperationContext>("Context", "User 5", mayHang: false);

    public bool IsEnabled(LogLevel logLevel) => calls.Call("Logger, whether enabled", true, mayHang: false);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        calls.Call("Logger", 0, mayHang: false);
        lock (_lines)
        {
            _lines.Add((eventId.Id, formatter(state, exception)));
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
