using System.Text;
using MemoryWatch.Files;
using MemoryWatch.Judge;
using MemoryWatch.Read;
using MemoryWatch.Tell;

namespace MemoryWatch.Tool.Machine;

/// <summary>Reads a machine as the watch would, and reports each step. The report is always made from a recording, so that it can be repeated.</summary>
internal static class MachineReader
{
    private const int LongestText = 16 * 1024;

    /// <summary>Reads the machine once, and keeps what was read.</summary>
    /// <param name="files">Reads.</param>
    /// <param name="root">The folder that stands for <c>/</c>; empty for this machine.</param>
    /// <param name="facts">What is not in files.</param>
    /// <param name="time">The clock.</param>
    public static Recording Record(IFiles files, string root, MachineFacts facts, TimeProvider time)
    {
        var recorder = new RecordingFiles(files, root);
        _ = Read(new LinuxSource { Root = root, Files = recorder, PageSize = facts.PageSize }, facts, [], time);
        return new(facts, recorder.Files);
    }

    /// <summary>Reports what was recorded.</summary>
    public static MachineReport Report(Recording recording, TimeProvider time) =>
        Read(new LinuxSource { Files = new ReplayedFiles(recording), PageSize = recording.Facts.PageSize }, recording.Facts, recording.Files, time);

    private static MachineReport Read(LinuxSource source, MachineFacts facts, IReadOnlyList<RecordedFile> files, TimeProvider time)
    {
        using var reader = new SourceReader(source, facts.ToManaged(), facts.MachineLoadBytes);
        var snapshot = Snapshots.Of(reader.Read(), time.GetUtcNow(), limit: null);
        var levels = reader.ReadLevels();
        return new()
        {
            System = ReadSystem(source, facts),
            Governing = Govern(snapshot, levels),
            Cgroup = ReadCgroup(source, reader, snapshot, levels),
            Memory = ReadMemory(source, snapshot),
            Gc = new(facts.HeapLimitBytes, facts.IsHeapLimitEnforced),
            Gaps = snapshot.Gaps == ReadingGaps.None ? [] : ReadingGapsText.Describe(snapshot.Gaps, snapshot).Split(". "),
            Files = [.. files.Select(file => new MachineReport.FilePart(file.Path, file.State, file.Content.Length))],
        };
    }

    private static MachineReport.SystemPart ReadSystem(LinuxSource source, MachineFacts facts) => new(
        Text(Read(source, "/proc/sys/kernel/osrelease")), facts.PageSize, facts.Processors, facts.CLibrary,
        facts.CLibrary == "musl" ? null : facts.AreArenasLimited, facts.KernelLogKills);

    private static MachineReport.GoverningPart Govern(MemorySnapshot snapshot, IReadOnlyList<LevelReading> levels)
    {
        var usage = snapshot.Usage;
        var zone = Zones.Next(default, snapshot, new MemoryWatchOptions().ToSettings().Judging).Zone;
        return new(
            usage.Source, usage.LimitBytes, usage.UsedBytes, usage.LeastUsedBytes, usage.Precision, zone, LimitReason.Describe(snapshot, levels));
    }

    private static MachineReport.CgroupPart ReadCgroup(
        LinuxSource source, SourceReader reader, MemorySnapshot snapshot, IReadOnlyList<LevelReading> levels)
    {
        var container = snapshot.Container;
        return new(
            reader.Location?.Version,
            reader.Location?.IsExact,
            ReadMounts(source, reader.Location),
            [.. levels.Select(level => Describe(level, snapshot))],
            container.OtherProcesses,
            container.OomKills,
            container.SwapUsedBytes,
            container.SwapLimitBytes,
            container.PressureSome,
            container.PressureFull);
    }

    private static MachineReport.LevelPart Describe(LevelReading level, MemorySnapshot snapshot)
    {
        var governing = snapshot.Usage.Source == LimitSource.Throttling ? snapshot.Container.HighPath : snapshot.Container.Path;
        return new(
            level.Path, level.LimitBytes, level.IsLimitUnknown, level.Usage.InheritedLimitBytes, level.HighBytes, level.Usage.UsageBytes,
            level.Usage.Used.Bytes, level.Usage.Used.Precision,
            snapshot.Usage.Source is LimitSource.Container or LimitSource.Throttling && level.Path == governing);
    }

    private static MachineReport.MountPart[] ReadMounts(LinuxSource source, CgroupLocation? location)
    {
        try
        {
            var mounts = CgroupMount.All(source.Files.ReadAll(source.ResolveMountInfo()));
            return
            [
                .. from mount in mounts.Select((mount, index) => (Value: mount, IsVisible: MountVisibility.IsVisible(index, mounts)))
                   where mount.Value.Version is not null
                   select new MachineReport.MountPart(
                       mount.Value.Version!.Value, mount.Value.Root, mount.Value.MountPoint, mount.IsVisible,
                       mount.IsVisible && mount.Value.Version == location?.Version && mount.Value.MountPoint == location?.MountPoint),
            ];
        }
        catch (Exception)
        {
            // The list of files says so.
            return [];
        }
    }

    private static MachineReport.MemoryPart ReadMemory(LinuxSource source, MemorySnapshot snapshot)
    {
        var memInfo = Read(source, "/proc/meminfo");
        var pressure = Read(source, "/proc/pressure/memory");
        return new(
            snapshot.Process.ResidentBytes,
            snapshot.Machine.TotalBytes,
            snapshot.Machine.AvailableBytes,
            snapshot.Machine.OomKills,
            KernelText.Kilobytes(memInfo, "SwapTotal"u8),
            KernelText.Kilobytes(memInfo, "SwapFree"u8),
            Chosen(Text(Read(source, "/sys/kernel/mm/transparent_hugepage/enabled"))),
            KernelText.Line(memInfo, "HugePages_Total"u8) is { IsEmpty: false } line ? KernelText.Number([.. line, (byte)'\n']) : null,
            PressureText.Average10(pressure, "some"u8),
            PressureText.Average10(pressure, "full"u8));
    }

    private static ReadOnlySpan<byte> Read(LinuxSource source, string path)
    {
        using var file = source.File(path);
        return file.Read(new byte[LongestText]);
    }

    private static string? Text(ReadOnlySpan<byte> text) =>
        KernelText.TryTakeLine(ref text, out var line) && !line.IsEmpty ? SafeText.Name(Encoding.UTF8.GetString(line)) : null;

    /// <summary>The word in brackets of <c>always [madvise] never</c>.</summary>
    private static string? Chosen(string? modes)
    {
        var (start, end) = (modes?.IndexOf('[', StringComparison.Ordinal) ?? -1, modes?.IndexOf(']', StringComparison.Ordinal) ?? -1);
        return start >= 0 && end > start ? modes![(start + 1)..end] : null;
    }
}
