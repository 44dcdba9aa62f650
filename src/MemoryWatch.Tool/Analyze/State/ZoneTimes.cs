namespace MemoryWatch.Tool.Analyze;

/// <summary>How long memory was in each zone, by the lines that the library writes when the zone changes.</summary>
internal sealed class ZoneTimes
{
    private readonly TimeSpan[] _in = new TimeSpan[4];
    private readonly long[] _entered = new long[4];
    private MemoryZone? _zone;
    private TimeSpan _since;
    private TimeSpan _unknown;

    public MemoryZone? Zone => _zone;

    /// <param name="now">Time of the first line.</param>
    /// <param name="isStart">Whether it is that of the start: a process whose memory is not healthy has a separate line that says so.</param>
    public ZoneTimes(TimeSpan now, bool isStart) => (_since, _zone) = (now, isStart ? MemoryZone.Healthy : null);

    public void Enter(MemoryZone zone, TimeSpan now)
    {
        Pass(now);
        _entered[(int)zone]++;
        _zone = zone;
    }

    public (IReadOnlyList<ZoneReport> Zones, double UnknownSeconds) Report(TimeSpan now, bool hasTimes)
    {
        Pass(now);
        var zones = Enum.GetValues<MemoryZone>()
            .Where(zone => _entered[(int)zone] > 0 || _in[(int)zone] > TimeSpan.Zero)
            .Select(zone => new ZoneReport(zone, hasTimes ? _in[(int)zone].TotalSeconds : null, _entered[(int)zone]))
            .ToArray();
        return (zones, _unknown.TotalSeconds);
    }

    private void Pass(TimeSpan now)
    {
        var passed = now - _since;
        if (_zone is { } zone)
            _in[(int)zone] += passed;
        else
            _unknown += passed;
        _since = now;
    }
}
