using System.Runtime.InteropServices;
using MemoryWatch.Files;
using MemoryWatch.Read;

namespace MemoryWatch.Tool.Machine;

/// <summary>What the runtime and the system know of a machine beside files; <see langword="null"/> if it is unknown, as for a folder of files.</summary>
internal sealed record MachineFacts
{
    /// <summary>Size of a page in bytes.</summary>
    public int PageSize { get; init; } = Environment.SystemPageSize;

    /// <summary>Number of processors that the runtime uses.</summary>
    public int? Processors { get; init; }

    /// <summary>The C library: <c>glibc</c> or <c>musl</c>.</summary>
    public string? CLibrary { get; init; }

    /// <summary>Whether the number of glibc's arenas is limited where the command runs.</summary>
    public bool? AreArenasLimited { get; init; }

    /// <summary>The limit of the GC, in bytes.</summary>
    public long? HeapLimitBytes { get; init; }

    /// <summary>Whether the GC enforces it.</summary>
    public bool IsHeapLimitEnforced { get; init; }

    /// <summary>Memory in use on the machine at the last GC, in bytes.</summary>
    public long? MachineLoadBytes { get; init; }

    /// <summary>Number of OOM kills in the kernel's log; <see langword="null"/> if the log cannot be read.</summary>
    public int? KernelLogKills { get; init; }

    /// <summary>The heap as the readers take it.</summary>
    internal ManagedReading ToManaged() => new() { HeapLimitBytes = HeapLimitBytes, IsHeapLimitEnforced = IsHeapLimitEnforced };

    /// <summary>The facts of this machine.</summary>
    public static MachineFacts Here(TimeProvider time)
    {
        var managed = new ManagedReader(time);
        var reading = managed.Read();
        return new()
        {
            Processors = Environment.ProcessorCount,
            CLibrary = RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "musl" : "glibc",
            AreArenasLimited = ArenaSetting.IsLimited(Environment.GetEnvironmentVariable),
            HeapLimitBytes = reading.HeapLimitBytes,
            IsHeapLimitEnforced = reading.IsHeapLimitEnforced,
            MachineLoadBytes = managed.MachineLoadBytes,
            KernelLogKills = KernelLog.Read(DiskFiles.Instance)?.Kills.Count,
        };
    }
}
