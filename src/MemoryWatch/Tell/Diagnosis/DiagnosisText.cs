using System.Globalization;

namespace MemoryWatch.Tell;

/// <summary>A diagnosis as a page or a command shows it: the findings, what was learned, then the rules that found nothing, by their reasons.</summary>
internal static class DiagnosisText
{
    public static string Format(MemoryDiagnosis diagnosis)
    {
        var lines = new List<string>();
        lines.AddRange(diagnosis.Findings.Select(finding => $"{Symbol(finding.Severity)} {FindingText.Format(finding)}"));
        lines.AddRange(diagnosis.Costs.Select(cost => $"Learned: {cost.Metric.Name} cost {CapacityText.Cost(cost)}"));
        if (diagnosis.Capacity is { } capacity)
        {
            lines.Add(CapacityText.Format(capacity));
        }

        lines.AddRange(diagnosis.Silent.GroupBy(silent => silent.Reason).OrderBy(group => group.Key)
            .Select(group => $"{Reason(group.Key)}: {string.Join(", ", group.Select(Describe))}"));
        var count = diagnosis.Findings.Count switch
        {
            0 => "nothing found",
            1 => "1 finding",
            var many => string.Create(CultureInfo.InvariantCulture, $"{many} findings"),
        };
        return TreeText.Draw($"🔎 MEMORY DIAGNOSIS | {count}", lines);
    }

    /// <summary>Why a rule did not fire, such as <c>Large objects (3.1 MB, fires at 128.0 MB)</c>.</summary>
    private static string Describe(SilentRule silent)
    {
        var title = FindingAdvice.Title(silent.Rule);
        return (silent.Value, silent.Threshold) switch
        {
            (null, _) => title,
            ({ } value, null) => $"{title} ({Number(value.Value, value.Unit)})",
            ({ } value, { } threshold) => $"{title} ({Number(value.Value, value.Unit)}, fires at {Number(threshold, value.Unit)})",
        };
    }

    private static string Number(double value, FindingUnit unit) => unit switch
    {
        FindingUnit.Bytes => MemoryText.Megabytes((long)value),
        FindingUnit.BytesPerHour => $"{MemoryText.Megabytes((long)value)}/h",
        FindingUnit.Seconds => InFlightText.Age(TimeSpan.FromSeconds(value)),
        FindingUnit.Fraction => MemoryText.Percent(value),
        _ => MemoryText.Count((long)value),
    };

    private static string Reason(FindingSilence reason) => reason switch
    {
        FindingSilence.NotReached => "Looked at, not found",
        FindingSilence.NotReadable => "Cannot be read here",
        FindingSilence.TooLittleData => "Not seen enough yet",
        _ => "Does not apply here",
    };

    private static string Symbol(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Critical => "🔴",
        AlertSeverity.Warning => "⚠️",
        _ => "ℹ️",
    };
}
