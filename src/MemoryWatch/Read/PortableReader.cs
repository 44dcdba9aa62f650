using System.Diagnostics;

namespace MemoryWatch.Read;

/// <summary>Reads the values that .NET itself offers on any system. Reports no container and no split of resident memory.</summary>
internal sealed class PortableReader(TimeProvider time) : IMemoryReader
{
    private readonly Process _process = Process.GetCurrentProcess();
    private readonly ManagedReader _managed = new(time);

    /// <inheritdoc/>
    public MemoryGroup? Group => null;

    /// <inheritdoc/>
    public long? ReadResidentBytes() => Ask(static _ => Environment.WorkingSet);

    /// <inheritdoc/>
    public MemoryReading Read()
    {
        var managed = _managed.Read();
        return new MemoryReading
        {
            Process = new ProcessReading
            {
                ResidentBytes = Ask(static process => { process.Refresh(); return process.WorkingSet64; }),
                VirtualBytes = Ask(static process => process.VirtualMemorySize64),
            },
            Managed = managed,
            Machine = new MachineReading
            {
                TotalBytes = managed.HeapLimitBytes,
                AvailableBytes = managed.HeapLimitBytes is { } total && _managed.MachineLoadBytes is { } load
                    ? Math.Max(0, total - load)
                    : null,
            },
        };
    }

    /// <inheritdoc/>
    public KernelLog? ReadKernelLog() => null;

    /// <inheritdoc/>
    public long? ReadThreads() => Ask(static process => { process.Refresh(); return process.Threads.Count; });

    /// <inheritdoc/>
    public long? ReadOpenFiles() => Ask(static process => { process.Refresh(); return process.HandleCount; });

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private long? Ask(Func<Process, long> question)
    {
        try
        {
            // .NET returns 0 for a value that the system does not report; none of these numbers is ever really 0.
            return question(_process) is var answer and > 0 ? answer : null;
        }
        catch (Exception)
        {
            // Not supported here, not permitted, or the watch was stopped: the number is null.
            return null;
        }
    }
}
