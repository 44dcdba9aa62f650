namespace MemoryWatch.Read;

/// <summary>
/// Reads the memory of the container. It finds the process's cgroup and every level above it, again whenever the process is moved, and reports the
/// level with the minimum headroom. For one caller at a time.
/// </summary>
internal sealed class CgroupReader(LinuxSource source) : IDisposable
{
    private readonly KernelFile _membership = source.ProcessFile("cgroup");
    private byte[] _seenMembership = [];

    // From the process's own cgroup upward; empty if no cgroup was found.
    private CgroupLevel[] _levels = [];

    /// <summary>The process's own cgroup when it was last searched for; <see langword="null"/> if it has none that can be identified.</summary>
    public MemoryGroup? Group { get; private set; }

    public ContainerReading Read(Span<byte> buffer)
    {
        var membership = _membership.Read(buffer);
        if (!membership.SequenceEqual(_seenMembership))
        {
            _seenMembership = membership.ToArray();
            Find();
        }

        return _levels is [] ? default : ReadLevels(buffer);
    }

    public void Dispose()
    {
        _membership.Dispose();
        CloseLevels();
    }

    private ContainerReading ReadLevels(Span<byte> buffer)
    {
        var own = _levels[0].ReadUsage(_levels[0].ReadLimit(buffer), buffer);
        var governing = 0;
        var usage = own;
        var lowestLimit = own.LimitBytes;
        for (var i = 1; i < _levels.Length; i++)
        {
            if (_levels[i].ReadLimit(buffer) is not { } limit)
            {
                continue;
            }

            lowestLimit = Math.Min(limit, lowestLimit ?? limit);
            var candidate = _levels[i].ReadUsage(limit, buffer);
            if (candidate.IsTighterThan(usage))
            {
                (governing, usage) = (i, candidate);
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
        return usage.LimitBytes is null && usage.UsageBytes is null
            ? default
            : _levels[0].AddOwn(_levels[governing].Describe(usage, buffer), own, buffer);
    }

    private void Find()
    {
        CloseLevels();
        Group = null;
        try
        {
            var mountInfo = File.ReadAllBytes(source.Resolve($"{source.ProcessFolder}/mountinfo"));
            if (CgroupLocation.Find(_seenMembership, mountInfo, folder => Directory.Exists(source.Resolve(folder))) is { } location)
            {
                _levels = Array.ConvertAll(location.Folders(), folder => Open(location.Version, folder));
                Group = location.IsExact ? MemoryGroup.Identify(_levels[0].Path, source.Resolve(_levels[0].Path)) : null;
            }
        }
        catch (Exception)
        {
            // The mounts cannot be read, so there is no container; the next attempt follows when the process is moved.
        }
    }

    private CgroupLevel Open(int version, string path) => version == 1
        ? new CgroupV1Level(path, source.Resolve(path))
        : new CgroupV2Level(path, source.Resolve(path));

    private void CloseLevels()
    {
        foreach (var level in _levels)
        {
            level.Dispose();
        }

        _levels = [];
    }
}
