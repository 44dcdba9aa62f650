using System.Buffers.Binary;
using System.Reflection;
using System.Text;
using MemoryWatch.Files;
using MemoryWatch.Read;

namespace MemoryWatch.BlackBox.Format;

/// <summary>The run that writes a black box, with the state of its cgroup and machine at the start.</summary>
internal sealed record RunIdentity
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    public required Guid RunId { get; init; }

    /// <summary>Id of the machine's boot; all zero if the system does not report it.</summary>
    public Guid BootId { get; init; }

    public int ProcessId { get; init; }

    /// <summary>Whether the process id is the one that the kernel's log uses. In most containers it is another one.</summary>
    public bool IsLoggedProcessId { get; init; }

    public DateTimeOffset ProcessStarted { get; init; }

    public DateTimeOffset Started { get; init; }

    /// <summary>Time of the start since the machine's boot, which no setting of the clock changes; <see langword="null"/> if unknown.</summary>
    public TimeSpan? BootClock { get; init; }

    public string MachineName { get; init; } = string.Empty;

    public string LibraryVersion { get; init; } = string.Empty;

    public MemoryGroup? Group { get; init; }

    public long? LimitBytes { get; init; }

    /// <summary>The cgroup's OOM-kill count at the start.</summary>
    public long? GroupKills { get; init; }

    /// <summary>The machine's OOM-kill count at the start.</summary>
    public long? MachineKills { get; init; }

    /// <summary>The run tag in each record: the first 4 bytes of the run id.</summary>
    public uint Tag
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            RunId.TryWriteBytes(bytes);
            return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        }
    }

    /// <summary>Creates the identity of this process, with the values of its first snapshot.</summary>
    public static RunIdentity Of(MemorySnapshot first, MemoryGroup? group, IFiles files, TimeProvider time) => new()
    {
        Group = group,
        LimitBytes = first.Usage.LimitBytes,
        GroupKills = first.Container.OomKills,
        MachineKills = first.Machine.OomKills,
        RunId = Guid.NewGuid(),
        BootId = ReadBootId(files),
        ProcessId = Environment.ProcessId,
        IsLoggedProcessId = KernelLog.UsesOwnProcessId(files),
        BootClock = KernelLog.Clock(),
        ProcessStarted = ProcessStart.Read(files) ?? time.GetUtcNow(),
        Started = time.GetUtcNow(),
        MachineName = Environment.MachineName,
        LibraryVersion = typeof(RunIdentity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? string.Empty,
    };

    private static Guid ReadBootId(IFiles files)
    {
        try
        {
            return Guid.TryParse(Encoding.UTF8.GetString(files.ReadAll(BootIdFile)).Trim(), out var id) ? id : default;
        }
        catch (Exception)
        {
            // The system is not Linux or hides the file. Without a boot id, no two runs are known to share a boot.
            return default;
        }
    }
}
