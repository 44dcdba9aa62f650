namespace MemoryWatch.Judge;

/// <summary>The result of a rule: its finding, or why there is none.</summary>
internal readonly record struct RuleResult(
    MemoryFinding? Finding, FindingSilence Reason = default, FindingNumber? Value = null, double? Threshold = null)
{
    public static RuleResult NotReadable => new(null, FindingSilence.NotReadable);

    public static RuleResult TooLittleData => new(null, FindingSilence.TooLittleData);

    public static RuleResult NotApplicable => new(null, FindingSilence.NotApplicable);

    /// <summary>The rule looked and found nothing.</summary>
    /// <param name="value">The number that it judged; <see langword="null"/> if there is nothing to be counted.</param>
    /// <param name="threshold">The value from which it fires.</param>
    public static RuleResult NotReached(FindingNumber? value = null, double? threshold = null) =>
        new(null, FindingSilence.NotReached, value, threshold);

    public static implicit operator RuleResult(MemoryFinding finding) => new(finding);
}
