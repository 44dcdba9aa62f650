using System.Globalization;

namespace MemoryWatch.Tell;

/// <summary>An alert as it is told: its log event, its line, and its values for structured logs.</summary>
internal sealed record AlertForm(int EventId, string EventName, string Message, IReadOnlyList<KeyValuePair<string, object?>> Values)
{
    /// <summary>What an alert is, its type says: a user's of the kind <c>spike</c> is still a user's.</summary>
    public static AlertForm Of(MemoryAlert alert) => alert switch
    {
        ZoneAlert zone => new(
            LogEvents.Zone, nameof(LogEvents.Zone), Line(zone),
            [new("zone", zone.Zone.ToString()), new("used_bytes", zone.Usage.UsedBytes), new("limit_bytes", zone.Usage.LimitBytes)]),
        HighMemoryAlert high => new(
            LogEvents.HighMemory, nameof(LogEvents.HighMemory), $"⚠️ HIGH MEMORY USAGE: {UsedOf(high.Usage)}",
            [new("used_bytes", high.Usage.UsedBytes), new("limit_bytes", high.Usage.LimitBytes), new("threshold_bytes", high.ThresholdBytes)]),
        SpikeAlert spike => new(
            LogEvents.Spike, nameof(LogEvents.Spike), $"⚠️ MEMORY SPIKE DETECTED: {MemoryText.Change(spike.IncreaseBytes)} increase!",
            [
                new("increase_bytes", spike.IncreaseBytes), new("window_seconds", spike.Window.TotalSeconds),
                new("threshold_bytes", spike.ThresholdBytes),
            ]),
        MetricMaximumAlert over => new(
            LogEvents.MetricMaximum, nameof(LogEvents.MetricMaximum),
            Text($"⚠️ OVER MAXIMUM: {over.Metric.Name} {over.Value} / {over.Maximum}"),
            [new("metric", over.Metric.Key), new("value", over.Value), new("maximum", over.Maximum)]),
        ThrashingAlert thrashing => new(
            LogEvents.Thrashing, nameof(LogEvents.Thrashing), Line(thrashing),
            [new("pressure_full_percent", thrashing.PressureFullPercent), new("refaulted_bytes", thrashing.RefaultedBytes)]),
        OperationGrowthAlert growth => OfOperation(
            growth, LogEvents.Operation, nameof(LogEvents.Operation), Line(growth),
            new("resident_change_bytes", growth.ResidentChangeBytes), new("allocated_bytes", growth.AllocatedBytes),
            new("duration_seconds", growth.Duration.TotalSeconds), new("threshold_bytes", growth.ThresholdBytes)),
        BudgetAlert budget => OfOperation(
            budget, LogEvents.Budget, nameof(LogEvents.Budget), Line(budget),
            new("budget", budget.Part == BudgetPart.Allocated ? "allocated" : "change"), new("budget_bytes", budget.BudgetBytes),
            new(budget.Part == BudgetPart.Allocated ? "allocated_bytes" : "resident_change_bytes", budget.Bytes),
            new("age_seconds", budget.Age.TotalSeconds)),
        MoreBudgetsAlert more => new(
            LogEvents.Budget, nameof(LogEvents.Budget), Text($"⚠️ OVER BUDGET: {more.Count} more since the last look"),
            [new("count", more.Count)]),
        CustomAlert custom => new(LogEvents.OtherAlert, nameof(LogEvents.OtherAlert), custom.Message, custom.Values),
        _ => new(LogEvents.OtherAlert, nameof(LogEvents.OtherAlert), alert.ToString() ?? alert.Kind, []),
    };

    /// <summary>About one operation: its context stands last, as a long one is cut off.</summary>
    private static AlertForm OfOperation(
        OperationAlert alert, int eventId, string eventName, string message, params ReadOnlySpan<KeyValuePair<string, object?>> values)
    {
        var context = alert.Context.Text;
        return new(
            eventId,
            eventName,
            SafeText.Context(context.Length == 0 ? message : $"{message} | {context}"),
            [
                new("operation", alert.Operation), new("operation_id", alert.OperationId),
                new("context", context.Length == 0 ? null : context), .. values, .. alert.Context.Values,
            ]);
    }

    private static string Line(ZoneAlert alert)
    {
        var (symbol, name) = alert.Zone switch
        {
            MemoryZone.Imminent => ("❌", "LIMIT IMMINENT"),
            MemoryZone.Critical => ("🔴", "CRITICAL"),
            MemoryZone.Elevated => ("⚠️", "ELEVATED"),
            _ => ("✅", "HEALTHY"),
        };
        var isBack = !alert.IsEntered && alert.Zone != MemoryZone.Healthy;
        return $"{symbol} MEMORY {(isBack ? $"BACK TO {name}" : name)}: {UsedOf(alert.Usage)}";
    }

    private static string Line(ThrashingAlert alert) => alert.PressureFullPercent is { } pressure
        ? $"⚠️ PAGE CACHE THRASHING: all tasks waited for memory {MemoryText.Percent(pressure / 100)} of the last 10 s"
        : $"⚠️ PAGE CACHE THRASHING: {MemoryText.Megabytes(alert.RefaultedBytes)} of files had to be read again within 10 s";

    private static string Line(OperationGrowthAlert alert)
    {
        var allocated = alert.AllocatedBytes is { } bytes ? $", allocated {MemoryText.Megabytes(bytes)}" : string.Empty;
        return $"⚠️ MEMORY GREW DURING OPERATION: {alert.Operation}, {MemoryText.Change(alert.ResidentChangeBytes)} in {MemoryText.Duration(alert.Duration)}{allocated}";
    }

    private static string Line(BudgetAlert alert)
    {
        var took = alert.Part == BudgetPart.Allocated
            ? $"allocated {MemoryText.Megabytes(alert.Bytes)}"
            : $"memory {MemoryText.Change(alert.Bytes)}";
        return $"⚠️ OVER BUDGET: {alert.Operation}, {took} / {MemoryText.Limit(alert.BudgetBytes)} after {MemoryText.Duration(alert.Age)}";
    }

    private static string UsedOf(in MemoryUsage usage) => $"{MemoryText.Megabytes(usage.UsedBytes)} / {MemoryText.Limit(usage.LimitBytes)}";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
