using MemoryWatch.Judge;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Judge.Forecast;

/// <summary>A forecast that is fed from functions of time, in megabytes and seconds.</summary>
internal sealed class ForecastBench
{
    private readonly FakeTimeProvider _time = new();
    private readonly LimitForecast _forecast;

    public ForecastBench()
    {
        _forecast = new(_time);
        CollectedEvery = 30;
    }

    public double Limit { get; set; } = 512;

    /// <summary>How often there is a gen-2 GC, in seconds; never if 0.</summary>
    public double CollectedEvery
    {
        set
        {
            Collections = t => value > 0 ? (int)(t / value) : 0;
            Live = t => Heap(value > 0 ? Math.Floor(t / value) * value : 0);
        }
    }

    /// <summary>Number of gen-2 GCs so far.</summary>
    public Func<double, int> Collections { get; set; } = null!;

    /// <summary>What the last GC found to be alive.</summary>
    public Func<double, double> Live { get; set; } = null!;

    public Func<double, double> Used { get; set; } = _ => 100;

    /// <summary>The occupied heap, which is part of the used memory.</summary>
    public Func<double, double> Heap { get; set; } = _ => 40;

    public double? HeapLimit { get; set; }

    public LimitSource Source { get; set; } = LimitSource.Container;

    public UsagePrecision Precision { get; set; }

    public double Seconds { get; private set; }

    public double SecondsAtPace => _forecast.SecondsAtPace;

    /// <summary>Reads until a time, and passes on what was known at each reading.</summary>
    public TimeToLimit? RunTo(double seconds, double step = 1, Action<double, TimeToLimit?>? see = null)
    {
        TimeToLimit? last = null;
        while (Seconds < seconds)
        {
            Seconds += step;
            _time.Advance(TimeSpan.FromSeconds(step));
            last = _forecast.Next(Snapshot());
            see?.Invoke(Seconds, last);
        }

        return last;
    }

    /// <summary>How many of the readings until a time claim a limit.</summary>
    public int ClaimsTo(double seconds, double step = 1)
    {
        var claims = 0;
        RunTo(seconds, step, (_, time) => claims += time is null ? 0 : 1);
        return claims;
    }

    public MemorySnapshot Snapshot() => new()
    {
        Usage = new()
        {
            UsedBytes = Bytes.Megabytes(Used(Seconds)), LimitBytes = Bytes.Megabytes(Limit), Source = Source, Precision = Precision,
        },
        Managed = new()
        {
            HeapBytes = Bytes.Megabytes(Heap(Seconds)),
            LiveBytes = Bytes.Megabytes(Live(Seconds)),
            HeapLimitBytes = HeapLimit is { } limit ? Bytes.Megabytes(limit) : null,
            IsHeapLimitEnforced = HeapLimit is not null,
            Generation2Collections = Collections(Seconds),
        },
    };
}
