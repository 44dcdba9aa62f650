namespace MemoryWatch.Tool.Judge;

/// <summary>A series and what was found in it.</summary>
/// <param name="Name">Its file.</param>
/// <param name="Report">The verdicts; null if it cannot be read.</param>
/// <param name="Problem">Why it cannot be read, as a sentence with its name; null if it can.</param>
internal sealed record JudgedTrace(string Name, MemoryTraceReport? Report, string? Problem)
{
    /// <summary>Whether a leak was suspected or confirmed at any time.</summary>
    public bool IsFinding => Report?.Verdicts.Any(verdict => verdict.Worst.Verdict >= LeakVerdict.Suspected) == true;
}
