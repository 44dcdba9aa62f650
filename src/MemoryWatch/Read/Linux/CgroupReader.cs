using System.Runtime.CompilerServices;
using System.Text;
using MemoryWatch.Guard;

namespace MemoryWatch.Read;

/// <summary>
/// Reads the memory of the container. It finds the process's cgroup and every level above it, again whenever the process is moved or the cgroup is
/// another one under the same path, and reports the level with the minimum headroom. For one caller at a time.
/// </summary>
internal sealed class CgroupReader(LinuxSource source) : IDisposable
{
    private const int LongestPause = 64;

    // A process id and its line feed: a list that was cut off lacks less than that to a whole page.
    private const int LongestLine = 16;

    private readonly KernelFile _membership = source.ProcessFile("cgroup");
    private byte[] _seenMembership = [];

    // From the process's own cgroup upward; empty if no cgroup was found.
    private CgroupLevel[] _levels = [];
    private ReadingGaps _gaps;

    // The paths of the process's own cgroup and its list of processes for the C library; empty if the cgroup cannot be identified.
    private byte[] _groupPath = [];
    private byte[] _processesPath = [];
    private Backoff _searches;
    private long _readingsToSkip;

    /// <summary>The process's own cgroup at the last reading; <see langword="null"/> if it has none that can be identified.</summary>
    public MemoryGroup? Group { get; private set; }

    /// <summary>The cgroup at the last reading; <see langword="null"/> if none was found.</summary>
    public CgroupLocation? Location { get; private set; }

    /// <summary>The levels at the last reading that are charged for the process, from its own cgroup upward.</summary>
    public IReadOnlyList<CgroupLevel> Levels => _levels;

    /// <param name="surroundings">What the numbers are compared with.</param>
    /// <param name="buffer">A buffer that holds the longest file.</param>
    /// <param name="gaps">The numbers that are missing.</param>
    public ContainerReading Read(in Surroundings surroundings, Span<byte> buffer, out ReadingGaps gaps)
    {
        var membership = _membership.Read(buffer);

        // If the file fails once while the process is alive, or its text makes no sense, the process is still where it was.
        var isKnown = CgroupMembership.IsWhole(membership) || membership.Length == buffer.Length;
        var isLost = !isKnown && surroundings.ResidentBytes is not null;
        if (!isLost && !membership.SequenceEqual(_seenMembership))
        {
            _seenMembership = membership.ToArray();
            Find();
        }
        else if (IsAnotherGroup() || (_searches.IsFailing && _readingsToSkip-- <= 0))
        {
            Find();
        }

        // A kernel without cgroups has no such file, or an empty one.
        var isUnseen = isLost && _seenMembership is [] && (!membership.IsEmpty || _membership.IsUnreadable);
        gaps = isUnseen ? ReadingGaps.Cgroup : _gaps;
        return _levels is [] ? default : ReadLevels(surroundings, buffer, ref gaps);
    }

    public void Dispose()
    {
        _membership.Dispose();
        CloseLevels();
    }

    // Runs once a second. Compiled again with a profile, it takes megabytes of the compiler's memory, which stay.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ContainerReading ReadLevels(in Surroundings surroundings, Span<byte> buffer, ref ReadingGaps gaps)
    {
        var own = ReadLevel(0, surroundings, buffer, ref gaps)!.Value;
        var (governing, throttling) = (0, 0);
        var (usage, high) = (own, own);
        var lowestLimit = own.LimitBytes;
        for (var i = 1; i < _levels.Length; i++)
        {
            if (ReadLevel(i, surroundings, buffer, ref gaps) is not { } candidate)
            {
                continue;
            }

            lowestLimit = candidate.LimitBytes is { } limit ? Math.Min(limit, lowestLimit ?? limit) : lowestLimit;
            if (candidate.LimitBytes is not null && candidate.IsTighterThan(usage))
            {
                (governing, usage) = (i, candidate);
            }

            if (candidate.HighBytes is not null && candidate.IsThrottledBefore(high))
            {
                (throttling, high) = (i, candidate);
            }
        }

        // A limit of a level above the mount has no separate file. How much of it other cgroups use is unknown.
        if (own.InheritedLimitBytes is { } inherited && inherited < (lowestLimit ?? long.MaxValue))
        {
            var hidden = own with { LimitBytes = inherited };
            if (hidden.IsTighterThan(usage))
            {
                (governing, usage) = (0, hidden);
            }
        }

        // The machine's root cgroup, or a cgroup without the memory controller, reports no memory.
        if (usage.LimitBytes is null && usage.UsageBytes is null && high.HighBytes is null)
        {
            return default;
        }

        gaps |= (usage.LimitBytes is null ? ReadingGaps.None : usage.Gaps) | (high.HighBytes is null ? ReadingGaps.None : high.Gaps);
        var reading = _levels[0].AddOwn(_levels[governing].Describe(usage, buffer), own, buffer) with
        {
            OtherProcesses = CountOthers(buffer),
            Group = Group is { } group ? (group.Device, group.Inode) : default,
        };
        return high.HighBytes is null ? reading : reading with
        {
            HighBytes = high.HighBytes,
            HighUsedBytes = high.Used.Bytes,
            HighPrecision = high.Used.Precision,
            HighEvents = _levels[throttling].ReadHighEvents(buffer),
            HighPath = _levels[throttling].Path,
        };
    }

    /// <summary>Reads the limits of a level, and its usage if it has one or is the process's own.</summary>
    private CgroupUsage? ReadLevel(int index, in Surroundings surroundings, Span<byte> buffer, ref ReadingGaps gaps)
    {
        var level = _levels[index];
        var (limit, high) = (level.ReadLimit(buffer), level.ReadHigh(buffer));
        gaps |= level.IsLimitUnknown ? ReadingGaps.ContainerLimit : ReadingGaps.None;
        return index == 0 || limit is not null || high is not null ? level.ReadUsage(limit, high, surroundings, buffer) : null;
    }

    /// <summary>
    /// The list of the processes of the process's own cgroup, one id a line; empty if it cannot be read. Version 1 keeps the list for a handle that is
    /// read again within a second, so the file is opened each time.
    /// </summary>
    /// <param name="buffer">A buffer for the list.</param>
    /// <param name="isWhole">Whether all are in it: it is not longer than what the kernel returns at once, some 600 processes.</param>
    public ReadOnlySpan<byte> ReadProcesses(Span<byte> buffer, out bool isWhole)
    {
        var list = _processesPath is [] ? default : source.Files.ReadOnce(_processesPath, buffer);
        isWhole = list.Length <= Math.Min(buffer.Length, Environment.SystemPageSize) - LongestLine;
        return list;
    }

    /// <summary>Counts the other processes of the process's own cgroup; <see langword="null"/> if not all of them are known.</summary>
    private int? CountOthers(Span<byte> buffer)
    {
        var list = ReadProcesses(buffer, out var isWhole);
        return list.IsEmpty || !isWhole ? null : Math.Max(0, list.Count((byte)'\n') - 1);
    }

    /// <summary>Whether the folder of the process's cgroup is another cgroup than at the last search. One that is gone is not another one.</summary>
    private bool IsAnotherGroup() =>
        _groupPath is not [] && source.Files.TryGetStatus(_groupPath, out var status) && Group?.Is(status) == false;

    private void Find()
    {
        CloseLevels();
        (Group, Location, _groupPath, _processesPath, _gaps) = (null, null, [], [], ReadingGaps.None);
        try
        {
            var mountInfo = source.Files.ReadAll(source.ResolveMountInfo());
            if (CgroupLocation.Find(_seenMembership, mountInfo, folder => source.Files.FolderExists(source.ResolveMounted(folder))) is { } location)
            {
                Open(location);
                Note(isComplete: Group is not null);
            }
            else
            {
                _gaps = NotFound();
                Note(isComplete: _gaps == ReadingGaps.None);
            }
        }
        catch (Exception)
        {
            // The mounts cannot be read, so there is no container until the next attempt. A process without a cgroup needs none.
            _gaps = NotFound();
            Note(isComplete: false);
        }
    }

    private ReadingGaps NotFound() => CgroupMembership.IsBelowRoot(_seenMembership) ? ReadingGaps.Cgroup : ReadingGaps.None;

    /// <summary>A search that did not find everything is repeated, because something may have failed only once.</summary>
    private void Note(bool isComplete)
    {
        if (isComplete)
        {
            _searches.Succeeded();
            return;
        }

        _searches.Failed();
        _readingsToSkip = _searches.Pause(1, LongestPause * 2) / 2;
    }

    private void Open(in CgroupLocation location)
    {
        var levels = new List<CgroupLevel>();
        foreach (var path in location.Folders())
        {
            if (location.Version == 1 && levels.Count > 0 && !CgroupV1Level.AccountsChildren(path, source))
            {
                // Neither this level nor those above it are charged for the process.
                break;
            }

            levels.Add(location.Version == 1 ? new CgroupV1Level(path, source) : new CgroupV2Level(path, source));
        }

        (_levels, Location) = ([.. levels], location);
        if (!location.IsExact)
        {
            _gaps = ReadingGaps.OwnCgroup;
            return;
        }

        var own = source.ResolveMounted(_levels[0].Path);
        Group = MemoryGroup.Identify(source.Files, _levels[0].Path, own);
        if (Group is not null)
        {
            _groupPath = Encoding.UTF8.GetBytes(own + '\0');
            _processesPath = Encoding.UTF8.GetBytes($"{own}/cgroup.procs\0");
        }
    }

    private void CloseLevels()
    {
        foreach (var level in _levels)
        {
            level.Dispose();
        }

        _levels = [];
    }
}
