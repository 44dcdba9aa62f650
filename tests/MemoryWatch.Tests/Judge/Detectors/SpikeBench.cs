using MemoryWatch.Judge;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Judge;

/// <summary>A spike detector under simulated time, in megabytes, and what it has told.</summary>
internal sealed class SpikeBench
{
    private readonly SpikeDetector _detector;
    private readonly TimeProvider _clock;
    private readonly FakeTimeProvider _time = new();

    public SpikeBench(TimeSpan? processAge = null, TimeProvider? clock = null)
    {
        _clock = clock ?? _time;
        _detector = new(_clock, processAge, () => Bytes.Megabytes(LargestOperation));
    }

    /// <summary>A process that has just started.</summary>
    public static SpikeBench Young => new(TimeSpan.FromSeconds(2));

    public JudgeSettings Settings { get; set; } = JudgeSettingsOf.Defaults;

    public double Interval { get; set; } = 1;

    public double LargestOperation { get; set; }

    public MemoryZone Zone { get; set; }

    public LimitSource Source { get; set; } = LimitSource.Container;

    /// <summary>From this much memory on it is elevated.</summary>
    public double Elevated { get; set; } = 350;

    public int Collections { get; set; }

    public bool IsClimbingQuietly => _detector.IsClimbingQuietly;

    public List<MemoryAlert> Told { get; } = [];

    /// <summary>What was told, such as <c>spike</c>, in order.</summary>
    public IEnumerable<string> Kinds => Told.Select(a => a.Kind);

    public int Count(string kind) => Told.Count(a => a.Kind == kind);

    public MemoryAlert? Show(double megabytes)
    {
        var bytes = Bytes.Megabytes(megabytes);
        var snapshot = new MemorySnapshot
        {
            Process = new() { ResidentBytes = bytes + Bytes.Megabytes(40), AnonymousBytes = bytes, SharedBytes = 0, FileBackedBytes = Bytes.Megabytes(40) },
            PeakResidentBytes = bytes + Bytes.Megabytes(40),
            Managed = new() { Generation0Collections = Collections },
            Usage = new() { UsedBytes = bytes, LimitBytes = Bytes.Megabytes(512), Source = Source },
            Zone = megabytes >= Elevated && Zone == MemoryZone.Healthy ? MemoryZone.Elevated : Zone,
        };
        var alert = _detector.Inspect(snapshot, Settings);
        if (alert is not null)
        {
            Told.Add(alert);
        }

        Wait(Interval);
        return alert;
    }

    public void Wait(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Memory stays for some time.</summary>
    public SpikeBench Stay(double megabytes, double seconds) => Run(seconds, _ => megabytes);

    /// <summary>Memory goes evenly from one value to another.</summary>
    public SpikeBench Ramp(double from, double to, double seconds) => Run(seconds, at => from + ((to - from) * at / seconds));

    /// <summary>Memory is a function of the seconds since now.</summary>
    public SpikeBench Run(double seconds, Func<double, double> megabytes)
    {
        var count = Math.Ceiling(Math.Round(seconds / Interval, 6));
        for (var i = 0; i < count; i++)
        {
            Show(megabytes(i * Interval));
        }

        return this;
    }

    /// <summary>Memory rises evenly, and a GC takes it back at the end of each period.</summary>
    public SpikeBench Sawtooth(double low, double high, double period, double seconds)
    {
        var before = 0L;
        return Run(seconds, at =>
        {
            var tooth = (long)(at / period);
            Collections += (int)(tooth - before);
            before = tooth;
            return low + ((high - low) * (at % period) / period);
        });
    }
}
