using System.Globalization;

namespace MemoryWatch.Tell;

/// <summary>Explains what in the GC's configuration does not fit, and what to set instead.</summary>
internal static class GcAdvice
{
    private const string TooLittle = "which leaves too little for everything else";

    /// <returns>Each setting that is wrong, why, and the right value; empty if the configuration fits.</returns>
    public static string For(GcFit fit) => string.Join("; ", fit.Mismatches.Select(mismatch => For(mismatch, fit)));

    /// <summary>A setting as it was typed, such as <c>DOTNET_GCHeapHardLimit=0xC800000</c>.</summary>
    public static string Typed(in GcSetting setting) => setting.Place == GcSettingPlace.Environment
        ? Pair(setting)
        : $"{Pair(setting)} in runtimeconfig.json";

    private static string For(GcMismatch mismatch, GcFit fit)
    {
        var setting = mismatch.Setting is { } known ? Typed(known) : string.Empty;
        var memory = Memory(mismatch);
        return mismatch.Kind switch
        {
            GcMismatchKind.NotANumber => $"{setting} is not a {(IsVariable(mismatch) ? "hexadecimal " : string.Empty)}number, so it has no effect: {Instead(mismatch)}",
            GcMismatchKind.PartlyRead => $"of {setting} the runtime reads only the beginning: {Instead(mismatch)}",
            GcMismatchKind.NameNotRead => $"{setting} is not read by the runtime, because its name is {mismatch.Instead!.Value.Name}: {Set(mismatch)}",
            GcMismatchKind.LimitAboveMemory => $"{setting} {Means(mismatch)}, more than {memory}, so it limits nothing: {Instead(mismatch)}",
            GcMismatchKind.LimitHigh => $"{setting} {Means(mismatch)} of {memory}, {TooLittle}: {Instead(mismatch)}",
            GcMismatchKind.LimitSmall => $"{setting} {Means(mismatch)}, too little for most programs: {Instead(mismatch)}",
            GcMismatchKind.LimitUnseen when mismatch.Setting is not null =>
                $"{setting} lets the GC use {MemoryText.Limit(mismatch.Value)}, because the runtime does not see {memory}: {Instead(mismatch)} in its place",
            GcMismatchKind.LimitUnseen => $"the GC may use {MemoryText.Limit(mismatch.Value)} of {memory}, {TooLittle}: {Instead(mismatch)}",
            GcMismatchKind.LimitLow =>
                $"the GC may use {MemoryText.Limit(mismatch.Value)} of {memory}, so it runs out of memory with half of it free: {Instead(mismatch)}",
            GcMismatchKind.PercentIgnored =>
                $"{setting} {Means(mismatch)}, and the runtime ignores all but 1 % to 99 %, so the GC may use {MemoryText.Limit(fit.HeapLimitBytes)}: {Instead(mismatch)}",
            GcMismatchKind.PercentOverridden => $"{setting} has no effect, because {Typed(mismatch.By!.Value)} is set too and overrides it: remove one of them",
            GcMismatchKind.ServerIgnored =>
                $"{setting} has no effect, because server GC needs at least 2 cores and there is one: workstation GC is in use",
            GcMismatchKind.ServerByMistake => $"{setting} is read as a hexadecimal number that is not 0, which enables server GC: {Set(mismatch)}",
            GcMismatchKind.ServerNotTrue => $"{setting} has no effect, because the runtime expects true: {Set(mismatch)}",
            GcMismatchKind.ServerWasteful => Text(
                $"server GC{From(mismatch)} spends memory to win time on many cores, and here are {mismatch.Value} and {MemoryText.Limit(mismatch.Memory.Bytes)}: set DOTNET_gcServer=0, or DOTNET_gcServer=1 to keep it without this advice"),
            GcMismatchKind.ServerOnly => $"{setting} has no effect, because it is for server GC and workstation GC is in use: remove it, or set DOTNET_gcServer=1 too",
            GcMismatchKind.MoreHeapsThanCores =>
                $"{setting} {Means(mismatch)}, more than the {Text($"{fit.Cores}")} cores: {Set(mismatch)}",
            GcMismatchKind.ConserveOutOfRange => $"{setting} {Means(mismatch)}, and 0 to 9 are allowed: {Set(mismatch)}",
            GcMismatchKind.Gen0SizeAboveMemory => $"{setting} {Means(mismatch)}, more than {memory}: {Instead(mismatch)}",
            _ => setting,
        };
    }

    /// <summary>What the runtime reads. That a variable is hexadecimal is said unless it was typed so.</summary>
    private static string Means(GcMismatch mismatch)
    {
        var setting = mismatch.Setting!.Value;
        var value = setting.Knob switch
        {
            GcKnob.HeapLimitPercent when mismatch.Kind == GcMismatchKind.PercentIgnored => Text($"{mismatch.Value} %"),
            GcKnob.HeapCount => Text($"{mismatch.Value} heaps"),
            GcKnob.ConserveMemory => Text($"{mismatch.Value}"),
            _ => MemoryText.Limit(mismatch.Value),
        };
        return IsVariable(mismatch) && !setting.Typed.AsSpan().Trim().StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? $"is read as hexadecimal and means {value}"
            : $"means {value}";
    }

    private static string Instead(GcMismatch mismatch)
    {
        if (mismatch.Instead is not { } right)
        {
            return mismatch.Kind == GcMismatchKind.NotANumber ? "set a number of bytes such as 0x18000000 (384 MB), or remove it"
                : mismatch.Kind == GcMismatchKind.LimitSmall ? "set more, or remove it"
                : "set less, or remove it";
        }

        if (right.Knob == GcKnob.Server)
        {
            return Set(mismatch);
        }

        var meaning = right.Knob == GcKnob.HeapLimitPercent ? Text($"{mismatch.InsteadValue} %") : MemoryText.Limit(mismatch.InsteadValue);
        return mismatch.IsAsTyped && right.Knob != GcKnob.HeapLimitPercent
            ? Text($"if {mismatch.InsteadValue} bytes are meant ({meaning}), {Set(mismatch)}")
            : mismatch.IsAsTyped ? $"if {meaning} are meant, {Set(mismatch)}"
            : $"{Set(mismatch)} ({meaning})";
    }

    private static string Set(GcMismatch mismatch) => mismatch.Instead is { } right ? $"set {Typed(right)}" : string.Empty;

    private static string Memory(GcMismatch mismatch) => mismatch.Memory.Source switch
    {
        LimitSource.Container => $"the container's {MemoryText.Limit(mismatch.Memory.Bytes)}",
        LimitSource.Setting => $"the {MemoryText.Limit(mismatch.Memory.Bytes)} of the Limit setting",
        _ => $"the machine's {MemoryText.Limit(mismatch.Memory.Bytes)}",
    };

    private static string From(GcMismatch mismatch) => mismatch.Setting is { } setting
        ? $" ({Typed(setting)}, the default of web projects)"
        : string.Empty;

    private static bool IsVariable(GcMismatch mismatch) => mismatch.Setting is { Place: GcSettingPlace.Environment };

    private static string Pair(in GcSetting setting) => $"{SafeText.Name(setting.Name)}={SafeText.Name(setting.Typed)}";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
