using MemoryWatch.Read;

namespace MemoryWatch.Tool.Live;

/// <summary>
/// Keeps the counts of the last seconds, because a process that the kernel kills is still there for a moment after the count has risen.
/// </summary>
internal sealed class EndWatch(LinuxSource source, long id, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);

    private readonly TimeSpan? _startOfLog = KernelLog.Clock();
    private readonly Queue<(long At, long? Group, long? Machine, int? Others)> _last = [];
    private KillCounts? _counts;
    private MemoryZone _zone;

    public void Note(CgroupLocation? location, int? others, MemoryZone zone)
    {
        if (_counts is null || _counts.Location != location)
        {
            // Counts of one cgroup are not compared with those of another.
            _counts?.Dispose();
            _counts = new(source, location);
            _last.Clear();
        }

        _zone = zone;
        _last.Enqueue((time.GetTimestamp(), _counts.ReadGroup(), _counts.ReadMachine(), others));
        while (_last.Count > 2 && time.GetElapsedTime(_last.Peek().At) > Kept)
        {
            _last.Dequeue();
        }
    }

    /// <summary>Reads what is left to read after the end.</summary>
    public EndFacts End()
    {
        var before = _last.Count > 0 ? _last.Peek() : default;
        var others = _last.Count == 0 || _last.Any(one => one.Others is null) ? null : _last.Max(one => one.Others);
        return new(before.Group, _counts?.ReadGroup(), before.Machine, _counts?.ReadMachine(), others, IsInLog(), _zone);
    }

    public void Dispose() => _counts?.Dispose();

    private bool? IsInLog() =>
        source.Root.Length == 0 && _startOfLog is { } start && KernelLog.UsesOwnProcessId(source.Files) && KernelLog.Read(source.Files) is { } log
            ? log.Kills.Any(kill => kill.ProcessId == id && kill.Time >= start - TimeSpan.FromSeconds(1))
            : null;
}
