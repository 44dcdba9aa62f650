using System.Globalization;

namespace MemoryWatch.Tell;

/// <summary>An alert in the log.</summary>
/// <param name="EventId">The id of its event.</param>
/// <param name="EventName">The name of its event.</param>
/// <param name="Headline">How the lines of all alerts of this kind begin; empty for the application's own.</param>
/// <param name="Details">The rest of the line.</param>
/// <param name="Values">The values for structured logs.</param>
internal sealed record AlertForm(
    int EventId, string EventName, string Headline, string Details, IReadOnlyList<KeyValuePair<string, object?>> Values)
{
    private const string OverBudget = "⚠️ OVER BUDGET";

    public string Message => Headline + Details;

    /// <summary>The type decides: an alert of the application is its own even if its kind is <c>spike</c>.</summary>
    public static AlertForm Of(MemoryAlert alert) => alert switch
    {
        ZoneAlert zone => new(
            LogEvents.Zone, nameof(LogEvents.Zone), Title(zone), $": {UsageText.Used(zone.Usage)}{Pace(zone)}",
            [new("zone", zone.Zone.ToString()), new("used_bytes", zone.Usage.UsedBytes), new("limit_bytes", zone.Usage.LimitBytes)]),
        HighMemoryAlert high => new(
            LogEvents.HighMemory, nameof(LogEvents.HighMemory), "⚠️ HIGH MEMORY USAGE", $": {UsageText.Used(high.Usage, high.ThresholdBytes)}",
            [new("used_bytes", high.Usage.UsedBytes), new("limit_bytes", high.Usage.LimitBytes), new("threshold_bytes", high.ThresholdBytes)]),
        SpikeAlert spike => new(
            LogEvents.Spike, nameof(LogEvents.Spike), "⚠️ MEMORY SPIKE DETECTED", $": {MemoryText.Change(spike.IncreaseBytes)} increase!",
            [
                new("increase_bytes", spike.IncreaseBytes), new("window_seconds", spike.Window.TotalSeconds),
                new("threshold_bytes", spike.ThresholdBytes),
            ]),
        MetricMaximumAlert over => new(
            LogEvents.MetricMaximum, nameof(LogEvents.MetricMaximum), "⚠️ OVER MAXIMUM",
            Text($": {over.Metric.Name} {over.Value} / {over.Maximum}"),
            [new("metric", over.Metric.Key), new("value", over.Value), new("maximum", over.Maximum)]),
        ThrashingAlert thrashing => new(
            LogEvents.Thrashing, nameof(LogEvents.Thrashing), "⚠️ PAGE CACHE THRASHING", $": {Symptom(thrashing)}",
            [new("pressure_full_percent", thrashing.PressureFullPercent), new("refaulted_bytes", thrashing.RefaultedBytes)]),
        ThrottlingAlert throttling => new(
            LogEvents.Throttling, nameof(LogEvents.Throttling), "⚠️ MEMORY THROTTLED",
            $": {MemoryText.Megabytes(throttling.Container.HighUsedBytes)} / {MemoryText.Limit(throttling.Container.HighBytes)} of memory.high: the kernel slows the container down to take memory back (throttled, not killed){Times(throttling)}",
            [
                new("high_used_bytes", throttling.Container.HighUsedBytes), new("high_limit_bytes", throttling.Container.HighBytes),
                new("high_events", throttling.Container.HighEvents), new("pressure_full_percent", throttling.Container.PressureFull),
            ]),
        HeldHeapAlert held => new(
            LogEvents.HeldHeap, nameof(LogEvents.HeldHeap), "⚠️ HEAP SPACE HELD",
            $": the GC holds {MemoryText.Megabytes(held.HeldBytes)} that large objects cannot use; {MemoryText.Megabytes(held.Managed.OccupiedBytes)} of its {MemoryText.Limit(held.Managed.HeapLimitBytes)} limit are occupied",
            [
                new("held_bytes", held.HeldBytes), new("heap_occupied_bytes", held.Managed.OccupiedBytes),
                new("heap_committed_bytes", held.Managed.CommittedBytes), new("heap_limit_bytes", held.Managed.HeapLimitBytes),
            ]),
        OutOfMemoryAlert outOfMemory => new(
            LogEvents.OutOfMemory, nameof(LogEvents.OutOfMemory), "⚠️ OUT OF MEMORY", $": {OutOfMemory(outOfMemory)}",
            [
                new("count", outOfMemory.Count), new("never_fits", outOfMemory.NeverFits),
                new("heap_occupied_bytes", outOfMemory.Heap.UsedBytes), new("heap_limit_bytes", outOfMemory.Heap.LimitBytes),
                new("used_at_exception_bytes", outOfMemory.Usage.UsedBytes),
            ]),
        StartAlert start => new(
            LogEvents.Climbed, nameof(LogEvents.Climbed), "🚀 MEMORY AFTER START",
            Text($": started: {MemoryText.Megabytes(start.UsedBytes)} after {MemoryText.Duration(start.Age)}"),
            [new("start_bytes", start.UsedBytes), new("start_seconds", start.Age.TotalSeconds)]),
        SwingAlert swing => new(
            LogEvents.Swing, nameof(LogEvents.Swing), "📈 MEMORY SWINGS", $": swings by {MemoryText.Megabytes(swing.SwingBytes)} {Freed(swing)}",
            [new("swing_bytes", swing.SwingBytes)]),
        OperationGrowthAlert growth => OfOperation(
            growth, LogEvents.Operation, nameof(LogEvents.Operation), "⚠️ MEMORY GREW DURING OPERATION", Growth(growth),
            new("resident_change_bytes", growth.ResidentChangeBytes), new("allocated_bytes", growth.AllocatedBytes),
            new("duration_seconds", growth.Duration.TotalSeconds), new("threshold_bytes", growth.ThresholdBytes)),
        BudgetAlert budget => OfOperation(
            budget, LogEvents.Budget, nameof(LogEvents.Budget), OverBudget, Excess(budget),
            new("budget", budget.Part == BudgetPart.Allocated ? "allocated" : "change"), new("budget_bytes", budget.BudgetBytes),
            new(budget.Part == BudgetPart.Allocated ? "allocated_bytes" : "resident_change_bytes", budget.Bytes),
            new("age_seconds", budget.Age.TotalSeconds)),
        MoreBudgetsAlert more => new(
            LogEvents.Budget, nameof(LogEvents.Budget), OverBudget, Text($": {more.Count} more since the last look"),
            [new("count", more.Count)]),
        ForgottenOperationsAlert forgotten => new(
            LogEvents.ForgottenOperations, nameof(LogEvents.ForgottenOperations), "⚠️ FORGOTTEN OPERATIONS", $": {Forgotten(forgotten)}",
            [
                new("operation", forgotten.Operation), new("count", forgotten.Count), new("old_count", forgotten.OldCount),
                new("not_kept_count", forgotten.NotKeptCount),
            ]),
        UncollectedObjectsAlert { Objects: var objects } => new(
            LogEvents.UncollectedObjects, nameof(LogEvents.UncollectedObjects), "⚠️ NOT COLLECTED", $": {UncollectedText.Format(objects)}",
            [
                new("object", objects.Name), new("count", objects.Count), new("oldest_seconds", objects.OldestAge.TotalSeconds),
                new("examples", objects.Examples.Count == 0 ? null : string.Join(", ", objects.Examples)),
            ]),
        LeakAlert { Assessment: var leak } alarm => new(
            LogEvents.Leak, nameof(LogEvents.Leak), "⚠️ MEMORY LEAK", $": {(alarm.IsWorse ? "faster, " : string.Empty)}{LeakText.Format(leak)}",
            [
                new("leak_memory", leak.Track.ToString()), new("leak_is_worse", alarm.IsWorse),
                new("leak_bytes_per_hour", leak.BytesPerHour?.Value), new("leak_bytes_per_hour_low", leak.BytesPerHour?.Low),
                new("leak_bytes_per_hour_high", leak.BytesPerHour?.High), new("leak_grown_bytes", leak.GrownBytes),
                new("leak_seconds", leak.GrowingFor.TotalSeconds), new("leak_operation", leak.Operation),
                new("leak_bytes_per_operation", leak.BytesPerOperation?.Value), new("leak_limit_seconds", leak.TimeToLimit?.Soonest.TotalSeconds),
                new("leak_limit_latest_seconds", leak.TimeToLimit?.Latest?.TotalSeconds),
            ]),
        CustomAlert custom => new(LogEvents.OtherAlert, nameof(LogEvents.OtherAlert), string.Empty, custom.Message, custom.Values),
        _ => new(LogEvents.OtherAlert, nameof(LogEvents.OtherAlert), string.Empty, alert.ToString() ?? alert.Kind, []),
    };

    /// <summary>An alert about one operation. Its context comes last, because a long line is cut off.</summary>
    private static AlertForm OfOperation(
        OperationAlert alert, int eventId, string eventName, string headline, string details,
        params ReadOnlySpan<KeyValuePair<string, object?>> values)
    {
        var context = alert.Context.Text;
        var message = $"{headline}: {alert.Operation}, {details}";
        return new(
            eventId,
            eventName,
            headline,
            SafeText.Context(context.Length == 0 ? message : $"{message} | {context}")[headline.Length..],
            [
                new("operation", alert.Operation), new("operation_id", alert.OperationId),
                new("context", context.Length == 0 ? null : context), .. values, .. alert.Context.Values,
            ]);
    }

    private static string Title(ZoneAlert alert)
    {
        var (symbol, name) = alert.Zone switch
        {
            MemoryZone.Imminent => ("❌", "LIMIT IMMINENT"),
            MemoryZone.Critical => ("🔴", "CRITICAL"),
            MemoryZone.Elevated => ("⚠️", "ELEVATED"),
            _ => ("✅", "HEALTHY"),
        };
        var isBack = !alert.IsEntered && alert.Zone != MemoryZone.Healthy;
        return $"{symbol} MEMORY {(isBack ? $"BACK TO {name}" : name)}";
    }

    private static string Pace(ZoneAlert alert) =>
        alert.TimeToLimit is { } time ? $", {TimeToLimitText.AtThisPace(time)}" : string.Empty;

    private static string Symptom(ThrashingAlert alert) => alert.PressureFullPercent is { } pressure
        ? $"all tasks waited for memory {MemoryText.Percent(pressure / 100)} of the last 10 s"
        : $"{MemoryText.Megabytes(alert.RefaultedBytes)} of files had to be read again within 10 s";

    private static string Growth(OperationGrowthAlert alert)
    {
        var allocated = alert.AllocatedBytes is { } bytes ? $", allocated {MemoryText.Megabytes(bytes)}" : string.Empty;
        return $"{MemoryText.Change(alert.ResidentChangeBytes)} in {MemoryText.Duration(alert.Duration)}{allocated}";
    }

    private static string Excess(BudgetAlert alert)
    {
        var excess = alert.Part == BudgetPart.Allocated
            ? $"allocated {MemoryText.Megabytes(alert.Bytes)}"
            : $"memory {MemoryText.Change(alert.Bytes)}";
        return $"{excess} / {MemoryText.Limit(alert.BudgetBytes)} after {MemoryText.Duration(alert.Age)}";
    }

    private static string Freed(SwingAlert alert) => alert.IsCollected ? "between collections" : "and is freed without a collection";

    private static string Times(ThrottlingAlert alert) => alert.Container.HighEvents is { } events ? Text($", {events} times so far") : string.Empty;

    private static string OutOfMemory(OutOfMemoryAlert alert)
    {
        var count = alert.Count == 1 ? "an OutOfMemoryException was thrown" : Text($"{alert.Count} OutOfMemoryExceptions were thrown");
        var heap = alert.Heap.LimitBytes is null ? MemoryText.Megabytes(alert.Heap.UsedBytes) : UsageText.Used(alert.Heap);
        var process = alert.Usage.Source is LimitSource.Container or LimitSource.Setting
            ? UsageText.Used(alert.Usage)
            : MemoryText.Megabytes(alert.Usage.UsedBytes);
        return $"{count}; the heap had {heap}, the process {process}{Reason(alert)}";
    }

    private static string Forgotten(ForgottenOperationsAlert alert)
    {
        var count = alert.OldCount > 0 ? Text($"{alert.OldCount:N0} operations in flight for over 10 min") : Text($"{alert.Count:N0} operations in flight");
        var notKept = alert.NotKeptCount > 0 ? Text($" ({alert.NotKeptCount:N0} more are only counted)") : string.Empty;
        return $"{alert.Operation}: {count}: is a Dispose missing?{notKept}";
    }

    private static string Reason(OutOfMemoryAlert alert)
    {
        if (alert.NeverFits)
        {
            return ": the array was larger than any array may be, so no amount of memory is enough";
        }

        if (alert.Heap.Fraction is not < 0.5)
        {
            return string.Empty;
        }

        return alert.UnusedBytes >= alert.Heap.LimitBytes / 4
            ? $": the GC held {MemoryText.Megabytes(alert.UnusedBytes)} more that large objects cannot use"
            : $": one allocation was larger than the {MemoryText.Megabytes(alert.Heap.AvailableBytes)} left";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
