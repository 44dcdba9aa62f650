namespace MemoryWatch.Tell;

/// <summary>The sentence about a threshold that can never be reached, with both numbers.</summary>
internal static class ThresholdText
{
    public static string Of(ThresholdAboveLimit above)
    {
        var never = $"{above.Name} is {above.Threshold}, but {Limit(above.Usage)}, so it can never be reached";
        return above.UsedInsteadBytes is { } bytes
            ? $"{never}: the default is used, {MemoryText.Limit(bytes)} here. Set at most the limit, or a percentage"
            : $"{never}. Set at most the limit, or a percentage";
    }

    private static string Limit(in MemoryUsage usage) => usage.Source switch
    {
        LimitSource.Container => $"the container's limit is {MemoryText.Limit(usage.LimitBytes)}",
        LimitSource.Throttling => $"memory.high is {MemoryText.Limit(usage.LimitBytes)}",
        LimitSource.Machine => $"the machine has {MemoryText.Limit(usage.LimitBytes)}",
        _ => $"the limit is {MemoryText.Limit(usage.LimitBytes)}",
    };
}
