using MemoryWatch.Judge;

namespace MemoryWatch.Tool.Analyze;

/// <summary>A metric as the snapshots of one run show it.</summary>
internal sealed class MetricSeries
{
    private readonly byte[] _key;
    private MetricDefinition _definition;
    private TrendKeeper _trend;

    public MetricSeries(ReadOnlySpan<byte> name)
    {
        _key = name.ToArray();
        _definition = new(Text(name));
        _trend = new(_definition);
        IsOwn = Name is "Threads" or "Open files" or "Handles";
    }

    public string Name => _definition.Name;

    /// <summary>Whether the library adds it: a consequence of load, and no load.</summary>
    public bool IsOwn { get; }

    public long Readings { get; private set; }

    public long? Last { get; private set; }

    public long? Highest { get; private set; }

    public LogTime? HighestAt { get; private set; }

    /// <summary>Its maximum, which only the line of an excess names.</summary>
    public long? Maximum => _definition.Maximum;

    public long TimesOver { get; private set; }

    public bool Is(ReadOnlySpan<byte> name) => name.SequenceEqual(_key);

    public void Keep(long? value, LogTime? time, TimeSpan now)
    {
        Last = value;
        _trend.Keep(value, now);
        Raise(value, time);
        Readings += value is null ? 0 : 1;
    }

    public void Over(long value, long maximum, LogTime? time)
    {
        TimesOver++;
        Raise(value, time);
        if (maximum != Maximum && maximum >= 0)
        {
            _definition = new(Name, new() { Maximum = maximum });
            _trend = new(_definition);
        }
    }

    public MetricTrend? At(TimeSpan now) => _trend.At(now);

    private void Raise(long? value, LogTime? time)
    {
        if (value > (Highest ?? long.MinValue))
            (Highest, HighestAt) = (value, time);
    }

    private static string Text(ReadOnlySpan<byte> name) => ShortText.Show(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text : "?";
}
