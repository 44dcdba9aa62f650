using System.Globalization;

namespace MemoryWatch.Tool.Machine;

/// <summary>A report in words.</summary>
internal static class MachineText
{
    private const int NameWidth = 14;

    public static IEnumerable<string> Lines(MachineReport report) =>
    [
        .. Governing(report), .. Cgroup(report.Cgroup), .. Machine(report), .. Gaps(report), .. Files(report.Files),
    ];

    /// <summary>The sizes of a level, such as <c>limit 512 MB, used 120.0 MB, usage 150.0 MB</c>.</summary>
    public static string Level(MachineReport.LevelPart level)
    {
        var limit = level.IsLimitUnknown ? "limit unreadable" : level.LimitBytes is { } bytes ? $"limit {MemoryText.Limit(bytes)}" : "no limit";
        var inherited = level.InheritedLimitBytes is { } above && above != level.LimitBytes ? $", limit from above {MemoryText.Limit(above)}" : string.Empty;
        var high = level.HighBytes is { } throttled ? $", memory.high {MemoryText.Limit(throttled)}" : string.Empty;
        var used = level.UsageBytes is null && level.UsedBytes is null ? ", no usage" :
            $", used {MemoryText.Bound(level.Precision)}{MemoryText.Megabytes(level.UsedBytes)}, usage {MemoryText.Megabytes(level.UsageBytes)}";
        return $"{limit}{inherited}{high}{used}{(level.Governs ? "  <- governs" : string.Empty)}";
    }

    public static string State(RecordedState state) => state switch
    {
        RecordedState.Read => "read",
        RecordedState.Missing => "missing",
        RecordedState.Hidden => "no permission for its folder",
        RecordedState.NotPermitted => "no permission",
        RecordedState.Failed => "cannot be read",
        _ => "folder",
    };

    private static IEnumerable<string> Governing(MachineReport report)
    {
        var governing = report.Governing;
        yield return Line("Governs", governing.Reason);
        yield return Line("Used", governing.UsedBytes is null ? "unknown" : Used(governing));
        yield return Line("Zone", $"{governing.Zone} by the default thresholds");
    }

    private static string Used(MachineReport.GoverningPart governing)
    {
        var what = governing.Source switch
        {
            LimitSource.Machine => "of the whole machine",
            LimitSource.Setting => "by this process",
            _ => governing.Precision switch
            {
                UsagePrecision.AtMost => "by the container, file cache included",
                UsagePrecision.AtLeast => "by this process alone",
                _ => "by the container, without file cache",
            },
        };
        var fraction = governing.LimitBytes is > 0 ? governing.UsedBytes / (double)governing.LimitBytes : null;
        return $"{MemoryText.Bound(governing.Precision)}{MemoryText.Megabytes(governing.UsedBytes)} ({MemoryText.Percent(fraction)}), {what}";
    }

    private static IEnumerable<string> Cgroup(MachineReport.CgroupPart cgroup)
    {
        yield return string.Empty;
        yield return Line("Cgroup", cgroup.Version is null ? "none found" : Text(
            $"version {cgroup.Version}, {(cgroup.IsOwn == true ? "the process's own" : "the uppermost visible one: the process's own is not visible")}"));
        foreach (var level in cgroup.Levels)
        {
            yield return Line(string.Empty, level.Path);
            yield return Line(string.Empty, "  " + Level(level));
        }

        foreach (var mount in cgroup.Mounts)
        {
            yield return Line("Mount", Text($"version {mount.Version}, {mount.Root} at {mount.MountPoint}{(mount.IsUsed ? ", used" : mount.IsVisible ? ", not used" : ", hidden by another mount")}"));
        }

        if (cgroup.Version is null)
        {
            yield break;
        }

        yield return Line("Group swap", $"{MemoryText.Megabytes(cgroup.SwapUsedBytes)} used, limit {(cgroup.SwapLimitBytes is { } limit ? MemoryText.Limit(limit) : "none or unknown")}");
        yield return Line("In the group", $"{Count(cgroup.OtherProcesses)} other processes, {Count(cgroup.OomKills)} OOM kills, pressure {Pressure(cgroup.PressureSome, cgroup.PressureFull)}");
    }

    private static IEnumerable<string> Machine(MachineReport report)
    {
        var (memory, system, gc) = (report.Memory, report.System, report.Gc);
        yield return string.Empty;
        yield return Line("Machine", $"{MemoryText.Limit(memory.TotalBytes)}, {MemoryText.Megabytes(memory.AvailableBytes)} available, {Count(memory.OomKills)} OOM kills since its start");
        yield return Line("Swap", memory.SwapTotalBytes == 0 ? "none" : $"{MemoryText.Megabytes(memory.SwapFreeBytes)} of {MemoryText.Limit(memory.SwapTotalBytes)} free");
        yield return Line("Pressure", Pressure(memory.PressureSome, memory.PressureFull));
        yield return Line("Huge pages", $"transparent: {memory.TransparentHugePages ?? "unknown"}, reserved: {Count(memory.HugePages)}");
        yield return Line("GC limit", gc.HeapLimitBytes is null ? "unknown" :
            $"{MemoryText.Limit(gc.HeapLimitBytes)}, {(gc.IsEnforced ? "enforced by the GC" : "physical memory: the GC enforces no limit")}");
        yield return Line("C library", CLibrary(system));
        yield return Line("Kernel", Text($"{system.Kernel ?? "unknown"}, pages of {system.PageSizeBytes} bytes, {Count(system.Processors)} processors"));
        yield return Line("Kernel log", system.KernelLogKills is { } kills ? Text($"readable, {kills} OOM kills in it")
            : system.Processors is null ? "unknown" : "not readable: OOM kills are confirmed by counts alone");
    }

    private static string CLibrary(MachineReport.SystemPart system) => system switch
    {
        { CLibrary: null } => "unknown",
        { AreArenasLimited: true } => $"{system.CLibrary}, the number of arenas is limited",
        { AreArenasLimited: false } => $"{system.CLibrary}, the number of arenas is not limited (MALLOC_ARENA_MAX)",
        _ => $"{system.CLibrary}, no arenas",
    };

    private static IEnumerable<string> Gaps(MachineReport report) =>
        report.Gaps.Count == 0 ? [] : [string.Empty, .. report.Gaps.Select(gap => Line("Not read", gap))];

    private static IEnumerable<string> Files(IReadOnlyList<MachineReport.FilePart> files)
    {
        yield return string.Empty;
        yield return "Files";
        foreach (var file in files.Where(file => file.State != RecordedState.Folder))
        {
            yield return $"  {file.Path}: {(file.State == RecordedState.Read ? Text($"{file.Bytes} bytes") : State(file.State))}";
        }
    }

    private static string Pressure(double? some, double? full) => some is null
        ? "not known"
        : string.Create(CultureInfo.InvariantCulture, $"{some:0.00}% some, {(full is { } all ? string.Create(CultureInfo.InvariantCulture, $"{all:0.00}%") : "n/a")} full");

    private static string Count(long? count) => MemoryText.Count(count);

    private static string Line(string name, string text) => name.PadRight(NameWidth) + text;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
