namespace MemoryWatch;

/// <summary>The verdicts on one memory column of a recorded series, as the watch would have reached them while the series was recorded.</summary>
/// <param name="Worst">The assessment with the worst verdict at any time, the first of several.</param>
/// <param name="WorstAt">When that verdict was reached, since the first row.</param>
/// <param name="Final">The assessment at the end of the series.</param>
/// <example>
/// <code>
/// foreach (MemoryTraceVerdict verdict in MemoryTrace.Judge("soak-test.csv").Verdicts)
/// {
///     Console.WriteLine($"{verdict.Final.Track}: {verdict.Final.Verdict}, leaking since {verdict.LeakingAt}");
/// }
/// </code>
/// </example>
public sealed record MemoryTraceVerdict(LeakAssessment Worst, TimeSpan WorstAt, LeakAssessment Final)
{
    /// <summary>When a leak was first suspected, since the first row; <see langword="null"/> if it never was.</summary>
    public TimeSpan? SuspectedAt { get; init; }

    /// <summary>When a leak was confirmed, since the first row; <see langword="null"/> if it never was.</summary>
    public TimeSpan? LeakingAt { get; init; }
}
