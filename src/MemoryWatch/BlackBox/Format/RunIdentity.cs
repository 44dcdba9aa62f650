using System.Buffers.Binary;
using System.Diagnostics;
using System.Reflection;
using MemoryWatch.Read;

namespace MemoryWatch.BlackBox.Format;

/// <summary>Who writes a black box, and what its memory group and machine looked like at the start.</summary>
internal sealed record RunIdentity
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    public required Guid RunId { get; init; }

    /// <summary>The machine's boot; all zero where the system does not tell.</summary>
    public Guid BootId { get; init; }

    public int ProcessId { get; init; }

    public DateTimeOffset ProcessStarted { get; init; }

    public DateTimeOffset Started { get; init; }

    public string MachineName { get; init; } = string.Empty;

    public string LibraryVersion { get; init; } = string.Empty;

    public MemoryGroup? Group { get; init; }

    public long? LimitBytes { get; init; }

    /// <summary>Kills in the group at the start.</summary>
    public long? GroupKills { get; init; }

    /// <summary>Kills on the machine at the start.</summary>
    public long? MachineKills { get; init; }

    /// <summary>What marks each record as one of this run.</summary>
    public uint Tag
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            RunId.TryWriteBytes(bytes);
            return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        }
    }

    /// <summary>This process, and what its first snapshot says.</summary>
    public static RunIdentity Of(MemorySnapshot first, MemoryGroup? group, TimeProvider time) => new()
    {
        Group = group,
        LimitBytes = first.Usage.LimitBytes,
        GroupKills = first.Container.OomKills,
        MachineKills = first.Machine.OomKills,
        RunId = Guid.NewGuid(),
        BootId = ReadBootId(),
        ProcessId = Environment.ProcessId,
        ProcessStarted = ReadProcessStart() ?? time.GetUtcNow(),
        Started = time.GetUtcNow(),
        MachineName = Environment.MachineName,
        LibraryVersion = typeof(RunIdentity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? string.Empty,
    };

    private static Guid ReadBootId()
    {
        try
        {
            return Guid.TryParse(File.ReadAllText(BootIdFile).Trim(), out var id) ? id : default;
        }
        catch (Exception)
        {
            // Not Linux, or hidden: without it no two runs are of one boot as far as can be told.
            return default;
        }
    }

    private static DateTimeOffset? ReadProcessStart()
    {
        try
        {
            using var process = Process.GetCurrentProcess();
            return process.StartTime;
        }
        catch (Exception)
        {
            // Not told here; the watch's own start has to do.
            return null;
        }
    }
}
