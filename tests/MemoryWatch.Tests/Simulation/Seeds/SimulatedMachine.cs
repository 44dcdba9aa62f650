using MemoryWatch.Read;

namespace MemoryWatch.Tests.Simulation.Seeds;

/// <summary>
/// A machine in memory that changes at random: limits, cgroups, counters, what can be read and what is a lie. What counts as used is decided by
/// the same code as for a real one.
/// </summary>
internal sealed class SimulatedMachine(Random random) : IMemoryReader
{
    private const long Megabyte = 1 << 20;
    private const long Total = 4096 * Megabyte;

    private readonly bool _hasContainer = random.Next(8) > 0;
    private readonly bool _hasPressure = random.Next(2) == 0;
    private long? _limit = 512 * Megabyte;
    private long? _high = random.Next(4) == 0 ? 400 * Megabyte : null;
    private bool _isHeapLimited = random.Next(3) == 0;
    private long _heapLimit = 200 * Megabyte;
    private long _anonymous = 60 * Megabyte;
    private long _file = 20 * Megabyte;
    private long _others = 10 * Megabyte;
    private long _cache = 40 * Megabyte;
    private long _heap = 20 * Megabyte;
    private long _live = 15 * Megabyte;
    private long _committed = 30 * Megabyte;
    private long _large = 5 * Megabyte;
    private long _allocated;
    private int _collections;
    private long _refaults = 1000;
    private long _highEvents;
    private long _kills;
    private double _pressure;
    private string _path = "/app";
    private ulong _inode = 42;
    private Unreadable _unreadable;

    [Flags]
    private enum Unreadable
    {
        None = 0,
        Resident = 1,
        Split = 1 << 1,
        Limit = 1 << 2,
        Usage = 1 << 3,
        Cache = 1 << 4,
        Container = 1 << 5,
        Machine = 1 << 6,
        WrappedUsage = 1 << 7,
        WrappedCache = 1 << 8,
        AvailableAboveTotal = 1 << 9,
        Refaults = 1 << 10,
        All = (1 << 11) - 1,
    }

    public MemoryGroup? Group => _hasContainer ? new(_path, 29, _inode) : null;

    private long ResidentBytes => _anonymous + _file;

    /// <summary>Something changes.</summary>
    public void Change()
    {
        Grow();
        switch (random.Next(40))
        {
            case 0:
                _limit = random.Next(5) == 0 ? null : random.NextInt64(64, 2048) * Megabyte;
                break;
            case 1:
                _high = random.Next(2) == 0 ? null : random.NextInt64(64, 1024) * Megabyte;
                break;
            case 2:
                // Made again under the same path: its counters start anew.
                (_inode, _refaults, _highEvents, _kills) = (_inode + 1, random.NextInt64(1_000_000_000), random.Next(1000), 0);
                break;
            case 3:
                (_path, _inode, _refaults) = ($"/app{random.Next(3)}", _inode + 1, random.NextInt64(1_000_000_000));
                break;
            case 4:
                _refaults = random.Next(2) == 0 ? random.Next(1000) : _refaults + random.NextInt64(1 << 20);
                break;
            case 5:
                _unreadable = (Unreadable)(random.Next() & random.Next() & (int)Unreadable.All);
                break;
            case 6 or 7:
                _unreadable = Unreadable.None;
                break;
            case 8:
                _pressure = random.NextDouble() * 40;
                break;
            case 9:
                (_highEvents, _kills) = (random.Next(2) == 0 ? 0 : _highEvents + random.Next(1000), random.Next(3) == 0 ? 0 : _kills + 1);
                break;
            case 10:
                (_isHeapLimited, _heapLimit) = (!_isHeapLimited, random.NextInt64(32, 512) * Megabyte);
                break;
            default:
                break;
        }
    }

    public long? ReadResidentBytes() => Is(Unreadable.Resident) ? null : ResidentBytes;

    public MemoryReading Read()
    {
        var resident = ReadResidentBytes();
        var isSplit = !Is(Unreadable.Split | Unreadable.Resident);
        var machine = Is(Unreadable.Machine) ? default : new MachineReading
        {
            TotalBytes = Total,
            AvailableBytes = Is(Unreadable.AvailableAboveTotal) ? null : Math.Max(0, Total - ResidentBytes - _others),
            OomKills = _kills,
        };
        return new()
        {
            Process = new()
            {
                ResidentBytes = resident,
                VirtualBytes = ResidentBytes * 4,
                AnonymousBytes = isSplit ? _anonymous : null,
                FileBackedBytes = isSplit ? _file : null,
                SharedBytes = isSplit ? 0 : null,
            },
            Managed = ReadManaged(),
            Container = ReadContainer(resident, machine.TotalBytes),
            Machine = machine,
            Gaps = _unreadable == Unreadable.None ? ReadingGaps.None : ReadingGaps.ContainerUsage,
        };
    }

    public KernelLog? ReadKernelLog() => null;

    public long? ReadThreads() => 8;

    public long? ReadOpenFiles() => 15;

    public void Dispose()
    {
    }

    private bool Is(Unreadable parts) => (_unreadable & parts) != Unreadable.None;

    private void Grow()
    {
        var step = random.Next(12) switch
        {
            0 => random.NextInt64(-150, 200),
            1 => random.NextInt64(-40, 60),
            _ => random.NextInt64(-3, 5),
        };
        _anonymous = Math.Clamp(_anonymous + (step * Megabyte), 10 * Megabyte, 2000 * Megabyte);
        _file = Math.Clamp(_file + (random.NextInt64(-3, 4) * Megabyte), 0, 200 * Megabyte);
        _others = Math.Clamp(_others + (random.NextInt64(-5, 6) * Megabyte), 0, 300 * Megabyte);
        _cache = Math.Clamp(_cache + (random.NextInt64(-20, 21) * Megabyte), 0, 400 * Megabyte);
        _refaults += random.Next(500);
        _allocated += random.NextInt64(30) * Megabyte;
        _heap = Math.Clamp(_heap + (random.NextInt64(-2, 15) * Megabyte), Megabyte, _anonymous);
        if (random.Next(3) > 0)
        {
            return;
        }

        // Between collections, what is known of the last one is stale.
        _collections++;
        _heap = (long)(_heap * (0.2 + (random.NextDouble() * 0.8)));
        (_live, _committed) = ((long)(_heap * random.NextDouble()), _heap + (random.NextInt64(150) * Megabyte));
        _large = (long)(_live * random.NextDouble());
    }

    private ManagedReading ReadManaged() => new()
    {
        HeapBytes = _heap,
        LiveBytes = _live,
        CommittedBytes = _committed,
        FragmentedBytes = 0,
        HeapLimitBytes = _isHeapLimited ? _heapLimit : Total,
        IsHeapLimitEnforced = _isHeapLimited,
        SmallObjectBytes = _live - _large,
        LargeObjectBytes = _large,
        LargeObjectBytesBefore = _large,
        TotalAllocatedBytes = _allocated,
        Generation0Collections = _collections,
    };

    private ContainerReading ReadContainer(long? resident, long? total)
    {
        if (!_hasContainer || Is(Unreadable.Container))
        {
            return default;
        }

        var surroundings = new Surroundings(resident, total, default);
        var limit = Is(Unreadable.Limit) ? null : _limit;
        var usage = UsedMemory.PlausibleUsage(
            Is(Unreadable.Usage) ? null : Is(Unreadable.WrappedUsage) ? long.MaxValue - 1000 : _anonymous + _file + _others + _cache, limit ?? _high, surroundings);
        long? cache = Is(Unreadable.Cache) ? null : Is(Unreadable.WrappedCache) ? long.MaxValue - 1000 : _file + _cache;
        var used = UsedMemory.OfCgroup(
            usage, UsedMemory.PlausibleCache(usage, cache, cache is null ? null : 0, 0), (limit ?? _high) is not null, resident);
        return new()
        {
            Version = 2,
            Path = _path,
            LimitBytes = limit,
            UsageBytes = usage,
            UsedBytes = used.Bytes,
            UsedPrecision = used.Precision,
            HighBytes = _high,
            HighUsedBytes = _high is null ? null : used.Bytes,
            HighPrecision = used.Precision,
            HighEvents = _high is null ? null : _highEvents,
            HighPath = _high is null ? null : _path,
            FileRefaults = Is(Unreadable.Refaults) ? null : _refaults,
            OomKills = _kills,
            OtherProcesses = random.Next(3),
            PressureFull = _hasPressure ? _pressure : null,
            PressureSome = _hasPressure ? _pressure : null,
            Group = (29, _inode),
        };
    }
}
