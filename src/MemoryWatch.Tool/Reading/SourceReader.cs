using MemoryWatch.Read;

namespace MemoryWatch.Tool;

/// <summary>
/// Reads the memory of any process by the readers of the library: what the watch inside it would read, without its .NET heap. For one caller at a
/// time.
/// </summary>
/// <param name="source">Where the process and its machine are read.</param>
/// <param name="managed">What is known of a .NET heap; it stands in for a machine's memory that cannot be read.</param>
/// <param name="load">Memory in use on the machine at the last GC; <see langword="null"/> if unknown.</param>
internal sealed class SourceReader(LinuxSource source, ManagedReading managed = default, long? load = null) : IDisposable
{
    // Holds the longest files, a memory.stat of some 2 KB or a vmstat of some 8 KB, with space for growth.
    private const int BufferSize = 16 * 1024;

    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly LinuxProcessReader _process = new(source);
    private readonly CgroupReader _container = new(source);
    private readonly LinuxMachineReader _machine = new(source);

    /// <summary>The process's cgroup at the last reading; <see langword="null"/> if none was found.</summary>
    public CgroupLocation? Location => _container.Location;

    /// <summary>What the numbers of a level were compared with at the last reading.</summary>
    public Surroundings Surroundings { get; private set; }

    public MemoryReading Read()
    {
        // The machine first: what is above its memory is implausible.
        var machine = _machine.Read(managed, load, _buffer, out var kernel, out var machineGaps);
        var process = _process.Read(machine.TotalBytes, _buffer, out var processGaps);
        Surroundings = new(process.ResidentBytes, machine.TotalBytes, kernel);
        return new()
        {
            Process = process,
            Managed = managed,
            Container = _container.Read(Surroundings, _buffer, out var containerGaps),
            Machine = machine,
            Gaps = processGaps | containerGaps | machineGaps,
        };
    }

    /// <summary>The levels of the process's cgroup as they are now, from its own upward.</summary>
    public IReadOnlyList<LevelReading> ReadLevels()
    {
        var levels = new List<LevelReading>();
        foreach (var level in _container.Levels)
        {
            var (limit, high) = (level.ReadLimit(_buffer), level.ReadHigh(_buffer));
            levels.Add(new(level.Path, limit, level.IsLimitUnknown, high, level.ReadUsage(limit, high, Surroundings, _buffer)));
        }

        return levels;
    }

    /// <inheritdoc cref="CgroupReader.ReadProcesses"/>
    public ReadOnlySpan<byte> ReadProcesses(Span<byte> buffer, out bool isWhole) => _container.ReadProcesses(buffer, out isWhole);

    public void Dispose()
    {
        _process.Dispose();
        _container.Dispose();
        _machine.Dispose();
    }
}
