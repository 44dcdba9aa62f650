namespace MemoryWatch.Tests.Judge.Leaks;

/// <summary>A reading of a series, in megabytes, with the number of sessions if the series has that metric.</summary>
internal readonly record struct CaseReading(double Seconds, double Megabytes, double Sessions);

/// <summary>A series of the scored corpus with its label.</summary>
/// <param name="Family">How it was generated.</param>
/// <param name="IsLeak">Whether it leaks.</param>
/// <param name="Readings">The readings.</param>
/// <param name="HasMetric">Whether the readings have a metric.</param>
internal sealed record LeakCase(string Family, bool IsLeak, CaseReading[] Readings, bool HasMetric = false)
{
    /// <summary>The limit of all generated series.</summary>
    public const double LimitMegabytes = 512;

    /// <summary>When the leak begins, in seconds.</summary>
    public double Onset { get; init; }

    /// <summary>What the leak grows by until the end, in megabytes.</summary>
    public double Growth { get; init; }

    /// <summary>Standard deviation of everything else, in megabytes.</summary>
    public double Sigma { get; init; }

    public double Length => Readings[^1].Seconds;

    /// <summary>Whether the leak is large enough that it must be found.</summary>
    public bool IsDemanded => IsLeak && Growth >= 3 * Sigma && Growth >= 0.02 * LimitMegabytes;

    public double MegabytesPerHour => Growth / (Length - Onset) * 3600;
}
