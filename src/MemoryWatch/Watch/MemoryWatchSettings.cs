using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.Watch;

/// <summary>Defines each setting: its name, how it is read from text, and the values that it allows.</summary>
internal static class MemoryWatchSettings
{
    private const string ThresholdForm = "an amount such as 400MB of at least 1 MB, or a percentage of the limit such as 78%";

    private const long SmallestLimit = 16 << 20;

    private static readonly Setting[] All =
    [
        Flag("Enabled", o => o.Enabled, (o, v) => o.Enabled = v),
        new("Limit", "an amount of at least 16 MB, such as 512MB, or empty for none", o => o.Limit, LimitOrNone,
            o => o.Limit is { } limit && limit.Bytes < SmallestLimit ? limit.ToString() : null),
        Span("Interval", "0.1 s to 1 min", 0.1, 60, false, o => o.Interval, (o, v) => o.Interval = v),
        Threshold("ElevatedThreshold", o => o.ElevatedThreshold, (o, v) => o.ElevatedThreshold = v),
        Threshold("HighThreshold", o => o.HighThreshold, (o, v) => o.HighThreshold = v),
        Threshold("CriticalThreshold", o => o.CriticalThreshold, (o, v) => o.CriticalThreshold = v),
        Threshold("ImminentThreshold", o => o.ImminentThreshold, (o, v) => o.ImminentThreshold = v),
        Threshold("SpikeThreshold", o => o.SpikeThreshold, (o, v) => o.SpikeThreshold = v),
        Span("SpikeWindow", "5 s to 10 min", 5, 600, false, o => o.SpikeWindow, (o, v) => o.SpikeWindow = v),
        Span("PeriodicInterval", "1 s to 1 day, or 0 for never", 1, 86_400, true, o => o.PeriodicInterval, (o, v) => o.PeriodicInterval = v),
        Span("GcReportInterval", "1 s to 1 day, or 0 for never", 1, 86_400, true, o => o.GcReportInterval, (o, v) => o.GcReportInterval = v),
        Flag("EnableCollectionWhenHigh", o => o.EnableCollectionWhenHigh, (o, v) => o.EnableCollectionWhenHigh = v),
        Flag("EnableAllocationTracking", o => o.EnableAllocationTracking, (o, v) => o.EnableAllocationTracking = v) with { NeedsRestart = true },
        Span("LongOperationAge", "1 s to 1 day, or 0 for never", 1, 86_400, true, o => o.LongOperationAge, (o, v) => o.LongOperationAge = v),
        Span("CollectionCooldown", "1 s to 1 h", 1, 3_600, false, o => o.CollectionCooldown, (o, v) => o.CollectionCooldown = v),
        Span("PeriodicCollectionInterval", "10 s to 1 day, or 0 for never", 10, 86_400, true,
            o => o.PeriodicCollectionInterval, (o, v) => o.PeriodicCollectionInterval = v),
        Span("LeakCollectionInterval", "10 s to 1 day, or 0 for never", 10, 86_400, true,
            o => o.LeakCollectionInterval, (o, v) => o.LeakCollectionInterval = v),
        Flag("Relief:ObserveOnly", o => o.Relief.ObserveOnly, (o, v) => o.Relief.ObserveOnly = v),
        OptionalThreshold("Relief:Target", o => o.Relief.Target, (o, v) => o.Relief.Target = v),
        Flag("Relief:TrimNativeHeap", o => o.Relief.TrimNativeHeap, (o, v) => o.Relief.TrimNativeHeap = v),
        FilePath("BlackBox:Path", o => o.BlackBox.Path, (o, v) => o.BlackBox.Path = v),
        new("BlackBox:Size", "an amount from 64 KB to 16 MB", o => o.BlackBox.Size,
            (o, text) => MemorySize.TryParse(text, out var size) && Assign(() => o.BlackBox.Size = size),
            o => o.BlackBox.Size.Bytes is < BoxFormat.SmallestSize or > BoxFormat.LargestSize ? o.BlackBox.Size.ToString() : null) { NeedsRestart = true },
        new("BlackBox:KeptFiles", "a number from 1 to 20", o => o.BlackBox.KeptFiles,
            (o, text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var files) && Assign(() => o.BlackBox.KeptFiles = files),
            o => o.BlackBox.KeptFiles is < 1 or > 20 ? o.BlackBox.KeptFiles.ToString(CultureInfo.InvariantCulture) : null) { NeedsRestart = true },
        .. HeadroomSettings.All,
        .. CancelFattestSettings.All,
        Flag("Restart:Enabled", o => o.Restart.Enabled, (o, v) => o.Restart.Enabled = v),
        Zone("Restart:From", o => o.Restart.From, (o, v) => o.Restart.From = v),
        Span("Restart:DrainTimeout", "0 s to 10 min", 0, 600, true, o => o.Restart.DrainTimeout, (o, v) => o.Restart.DrainTimeout = v),
        Span("Restart:StopTimeout", "1 s to 10 min", 1, 600, false, o => o.Restart.StopTimeout, (o, v) => o.Restart.StopTimeout = v),
        Number("Restart:ExitCode", 1, 255, o => o.Restart.ExitCode, (o, v) => o.Restart.ExitCode = v),
        Number("Restart:MostPerDay", 1, RestartLedger.Most, o => o.Restart.MostPerDay, (o, v) => o.Restart.MostPerDay = v),
        Span("Restart:MinimumUptime", "0 s to 1 day", 0, 86_400, true, o => o.Restart.MinimumUptime, (o, v) => o.Restart.MinimumUptime = v),
        new("Restart:Background", "names with commas between them, or empty for none", o => string.Join(", ", o.Restart.Background),
            (o, text) => Assign(() => o.Restart.Background = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)), _ => null),
        Flag("HeapLimit:Enabled", o => o.HeapLimit.Enabled, (o, v) => o.HeapLimit.Enabled = v),
        Threshold("HeapLimit:Reserve", o => o.HeapLimit.Reserve, (o, v) => o.HeapLimit.Reserve = v),
        FilePath("TerminationLogPath", o => o.TerminationLogPath, (o, v) => o.TerminationLogPath = v),
    ];

    internal delegate bool Parser(MemoryWatchOptions options, string text);

    public static bool TrySet(MemoryWatchOptions options, string name, string? value, [NotNullWhen(false)] out string? problem)
    {
        if (BudgetSettings.IsOne(name))
        {
            problem = BudgetSettings.TrySet(options, name, value);
            return problem is null;
        }

        var setting = Find(name);
        problem = setting is null
            ? $"{Full(name)} is not a setting. There are: {string.Join(", ", Array.ConvertAll(All, s => s.Name))}."
            : setting.TryParse(options, value?.Trim() ?? string.Empty) ? null : Problem(setting, value);
        return problem is null;
    }

    public static IEnumerable<string> Check(MemoryWatchOptions options)
    {
        var refused = Array.FindAll(All, s => s.Refused(options) is not null);
        return
        [
            .. Array.ConvertAll(refused, s => Problem(s, Shown(s, options))),
            .. CheckLimit(options), .. CheckOrder(options), .. CheckTarget(options), .. BudgetSettings.Check(options.Budgets),
        ];
    }

    /// <summary>Returns all settings with their values, from which <see cref="Change"/> finds what has changed.</summary>
    public static Dictionary<string, object?> Read(MemoryWatchOptions options)
    {
        var values = All.ToDictionary(setting => setting.Name, setting => setting.Get(options), StringComparer.OrdinalIgnoreCase);
        foreach (var (operation, budget) in options.Budgets)
        {
            values[BudgetSettings.Prefix + operation] = budget;
        }

        return values;
    }

    /// <param name="inForce">The values in force; the method updates those that need no restart.</param>
    /// <param name="now">The requested values.</param>
    public static SettingChange[] Change(Dictionary<string, object?> inForce, Dictionary<string, object?> now)
    {
        var names = now.Keys.Concat(inForce.Keys).Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(name => !Equals(inForce.GetValueOrDefault(name), now.GetValueOrDefault(name)));
        SettingChange[] changes = [.. names.Select(name => new SettingChange(name, !NeedsRestart(name)))];
        foreach (var change in changes.Where(change => change.IsInForce))
        {
            inForce[change.Name] = now.GetValueOrDefault(change.Name);
        }

        return changes;
    }

    /// <summary>
    /// Checks that no threshold is above the limit, where it could never be reached. The default of a spike may be above a very small limit.
    /// </summary>
    private static IEnumerable<string> CheckLimit(MemoryWatchOptions options)
    {
        if (options.Limit is not { } limit || limit.Bytes < SmallestLimit)
        {
            return [];
        }

        var standard = new MemoryWatchOptions();
        return from setting in All
               where setting.Get(options) is MemoryThreshold threshold && IsAbove(threshold, limit.Bytes) && !setting.Get(standard)!.Equals(threshold)
               select $"{Full(setting.Name)} is '{Typed(setting, options)}'; it must be at most the limit, which is '{Typed(Find("Limit")!, options)}'.";
    }

    private static bool IsAbove(MemoryThreshold threshold, long? limit) => !threshold.IsRelative && threshold.Resolve(null) > limit;

    /// <summary>Checks that the zones are in ascending order. An amount and a part can be compared only if the limit is set too.</summary>
    private static IEnumerable<string> CheckOrder(MemoryWatchOptions options)
    {
        (string Name, MemoryThreshold Threshold)[] ordered =
        [
            ("ElevatedThreshold", options.ElevatedThreshold),
            ("CriticalThreshold", options.CriticalThreshold),
            ("ImminentThreshold", options.ImminentThreshold),
        ];
        for (var i = 1; i < ordered.Length; i++)
        {
            var (lower, upper) = (ordered[i - 1], ordered[i]);
            var limit = options.Limit?.Bytes
                ?? (lower.Threshold.IsRelative && upper.Threshold.IsRelative ? 1L << 40 : null);
            if (IsAbove(lower.Threshold, options.Limit?.Bytes) || IsAbove(upper.Threshold, options.Limit?.Bytes))
            {
                // That is refused already, and the order means nothing then.
                continue;
            }

            if (lower.Threshold.Resolve(limit) is { } low && upper.Threshold.Resolve(limit) is { } high && low >= high)
            {
                yield return $"{Full(upper.Name)} is '{upper.Threshold}'; it must be more than {lower.Name}, which is '{lower.Threshold}'.";
            }
        }
    }

    /// <summary>Checks that relief ends no higher than it begins, if the two can be compared.</summary>
    private static IEnumerable<string> CheckTarget(MemoryWatchOptions options)
    {
        var high = options.HighThreshold;
        if (options.Relief.Target is not { } target)
        {
            yield break;
        }

        var limit = options.Limit?.Bytes ?? (target.IsRelative && high.IsRelative ? 1L << 40 : null);
        if (target.Resolve(limit) > high.Resolve(limit))
        {
            yield return $"{Full("Relief:Target")} is '{target}'; it must be at most HighThreshold, which is '{high}'.";
        }
    }

    private static Setting? Find(string name) => Array.Find(All, s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns a value as it was typed, if it came as text and has not been changed since.</summary>
    private static string? Typed(Setting setting, MemoryWatchOptions options) =>
        options.Typed.TryGetValue(setting.Name, out var typed) && new MemoryWatchOptions() is var again
            && setting.TryParse(again, typed.Trim()) && Equals(setting.Get(again), setting.Get(options))
            ? SafeText.Name(typed)
            : setting.Get(options)?.ToString();

    private static bool NeedsRestart(string name) => Array.Exists(All, setting => setting.NeedsRestart && setting.Name == name);

    /// <summary>Returns a refused value: as it was typed, if it came as text.</summary>
    private static string? Shown(Setting setting, MemoryWatchOptions options)
    {
        var value = setting.Refused(options);
        return options.Typed.TryGetValue(setting.Name, out var typed) && new MemoryWatchOptions() is var again
            && setting.TryParse(again, typed.Trim()) && setting.Refused(again) == value
            ? typed
            : value;
    }

    private static string Problem(Setting setting, string? value)
    {
        var unit = setting.IsSize && decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            ? " The value has no unit, so it was read as bytes."
            : string.Empty;
        return $"{Full(setting.Name)} is '{SafeText.Name(value)}'; it must be {setting.Allowed}.{unit}";
    }

    private static string Full(string name) => $"{MemoryWatchOptions.SectionName}:{SafeText.Name(name)}";

    private static Setting Threshold(
        string name, Func<MemoryWatchOptions, MemoryThreshold> get, Action<MemoryWatchOptions, MemoryThreshold> set) =>
        new(
            name,
            ThresholdForm,
            options => get(options),
            (options, text) =>
            {
                var read = MemoryThreshold.TryParse(text, out var value);
                if (read)
                {
                    set(options, value);
                }

                return read;
            },
            options => get(options) is { IsRelative: false } amount && amount.Resolve(null) < 1 << 20 ? amount.ToString() : null);

    internal static Setting OptionalThreshold(
        string name, Func<MemoryWatchOptions, MemoryThreshold?> get, Action<MemoryWatchOptions, MemoryThreshold?> set) =>
        new(
            name,
            ThresholdForm + ", or empty for none",
            options => get(options),
            (options, text) =>
            {
                var read = MemoryThreshold.TryParse(text, out var value);
                return (read || text.Length == 0) && Assign(() => set(options, read ? value : default(MemoryThreshold?)));
            },
            options => get(options) is { IsRelative: false } amount && amount.Resolve(null) < 1 << 20 ? amount.ToString() : null);

    internal static Setting Span(
        string name, string allowed, double fromSeconds, double toSeconds, bool mayBeOff,
        Func<MemoryWatchOptions, TimeSpan> get, Action<MemoryWatchOptions, TimeSpan> set) =>
        new(
            name,
            $"a time such as 00:05:00, 5min or 300s, from {allowed}",
            options => get(options),
            (options, text) =>
            {
                var read = Duration.TryParse(text, out var value);
                if (read)
                {
                    set(options, value);
                }

                return read;
            },
            options => get(options) is var value && ((mayBeOff && value == TimeSpan.Zero)
                || (value.TotalSeconds >= fromSeconds && value.TotalSeconds <= toSeconds))
                ? null
                : MemoryText.Interval(get(options)));

    /// <summary>Checks only that the text is a file's path. Whether the file can be created is known only when it is opened.</summary>
    private static Setting FilePath(string name, Func<MemoryWatchOptions, string?> get, Action<MemoryWatchOptions, string?> set) =>
        new(
            name,
            "a file's path, or empty for none",
            options => get(options),
            (options, text) => Assign(() => set(options, text)),
            options => get(options) is { Length: > 0 } path && (path.Contains('\0', StringComparison.Ordinal) || Path.EndsInDirectorySeparator(path))
                ? path
                : null)
        {
            NeedsRestart = true,
        };

    internal static Setting Flag(string name, Func<MemoryWatchOptions, bool> get, Action<MemoryWatchOptions, bool> set) =>
        new(
            name,
            "true or false",
            options => get(options),
            (options, text) => bool.TryParse(text, out var value) && Assign(() => set(options, value)),
            _ => null);

    private static Setting Zone(string name, Func<MemoryWatchOptions, MemoryZone> get, Action<MemoryWatchOptions, MemoryZone> set) =>
        new(
            name,
            "Elevated, Critical or Imminent",
            options => get(options),
            (options, text) => !int.TryParse(text, out _) && Enum.TryParse<MemoryZone>(text, ignoreCase: true, out var zone) && Assign(() => set(options, zone)),
            options => get(options) is MemoryZone.Elevated or MemoryZone.Critical or MemoryZone.Imminent ? null : get(options).ToString());

    private static Setting Number(
        string name, int from, int to, Func<MemoryWatchOptions, int> get, Action<MemoryWatchOptions, int> set) =>
        new(
            name,
            string.Create(CultureInfo.InvariantCulture, $"a number from {from} to {to}"),
            options => get(options),
            (options, text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Assign(() => set(options, number)),
            options => get(options) is var number && (number < from || number > to) ? number.ToString(CultureInfo.InvariantCulture) : null);

    // Empty clears a value that an earlier configuration source set: an image's environment cannot unset a setting in a file.
    private static bool LimitOrNone(MemoryWatchOptions options, string text)
    {
        var read = MemorySize.TryParse(text, out var value);
        options.Limit = read ? value : text.Length == 0 ? null : options.Limit;
        return read || text.Length == 0;
    }

    internal static bool Assign(Action assign)
    {
        assign();
        return true;
    }

    // Refused returns the value as text if it is out of range, null if it is allowed.
    internal sealed record Setting(
        string Name, string Allowed, Func<MemoryWatchOptions, object?> Get, Parser TryParse, Func<MemoryWatchOptions, string?> Refused)
    {
        /// <summary>Whether a new value takes effect only after a restart.</summary>
        public bool NeedsRestart { get; init; }

        public bool IsSize => Get(new()) is MemorySize or MemoryThreshold || Name is "Limit" or "Relief:Target" or "Headroom:Ceiling";
    }
}
