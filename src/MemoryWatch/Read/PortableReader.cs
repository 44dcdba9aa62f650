using System.Diagnostics;

namespace MemoryWatch.Read;

/// <summary>Reads what the framework itself offers on any system. Tells no container and no split of resident memory.</summary>
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
    public long? ReadThreads() => Ask(static process => { process.Refresh(); return process.Threads.Count; });

    /// <inheritdoc/>
    public long? ReadOpenFiles() => Ask(static process => { process.Refresh(); return process.HandleCount; });

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private long? Ask(Func<Process, long> question)
    {
        try
        {
            // What a system does not tell, the framework gives as 0, which is never true of any of these numbers.
            return question(_process) is var answer and > 0 ? answer : null;
        }
        catch (Exception)
        {
            // Not supported here, not permitted, or the watch was stopped: the number is absent.
            return null;
        }
    }
}
