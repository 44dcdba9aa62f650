using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace MemoryWatch.Tests.Support;

/// <summary>Listens to the instruments of one watch, told from those of others that tests run beside it.</summary>
internal sealed class MeterCapture : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<string> _recorded = new();
    private readonly List<Instrument> _instruments = [];

    public MeterCapture(MemoryWatcher watch)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, watch.Meter))
            {
                _instruments.Add(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((i, v, tags, _) => Add(i, v, tags));
        _listener.SetMeasurementEventCallback<int>((i, v, tags, _) => Add(i, v, tags));
        _listener.SetMeasurementEventCallback<double>((i, v, tags, _) => Add(i, v, tags));
        _listener.Start();
    }

    public IReadOnlyList<Instrument> Instruments => _instruments;

    /// <summary>What was measured, as <c>name value tag=value</c>.</summary>
    public IReadOnlyList<string> Recorded => [.. _recorded];

    /// <summary>What observed instruments say now.</summary>
    public IReadOnlyList<string> Observe()
    {
        _recorded.Clear();
        _listener.RecordObservableInstruments();
        return Recorded;
    }

    public void Dispose() => _listener.Dispose();

    private void Add<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = FormattableString.Invariant($"{instrument.Name} {value}");
        foreach (var (key, tag) in tags)
        {
            text += $" {key}={tag}";
        }

        _recorded.Enqueue(text);
    }
}
