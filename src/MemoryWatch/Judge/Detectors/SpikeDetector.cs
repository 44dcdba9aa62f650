namespace MemoryWatch.Judge;

/// <summary>
/// Finds climbs: rises of <see cref="CountedMemory"/> by the threshold within the sliding window. Reports each as the start of the process, as a
/// spike, or as a swing, or not at all if it is known.
/// </summary>
/// <remarks>
/// <code>
/// young process ─► Starting ─ ends quietly ─► start        Calm ─ rise ─► Open ─ new high, or not healthy ─► spike (Told)
///                     └─ Elevated, too high, too long,                      ├─ stays up, higher than before ─► spike
///                        or by one operation ─► spike (Told)                └─ taken back ─► swing, if larger than the known one
/// </code>
/// A climb begins at the lowest value of the window. It ends when more than half of it was taken back, or when it made no new top worth a tenth of
/// the threshold for a quarter of the window. Three numbers remember what was reported: the highest top, the highest level at which a climb has
/// stayed, and the largest swing. They never fade. A top that is half a threshold above the highest is reported at once. A smaller one waits
/// until it is known whether it stays, so that the noise of a healthy load is no news, but a leak beneath it is. Outside of the healthy zone each
/// climb is a spike, at most one per window and height. The first reading is the baseline and never a climb.
/// </remarks>
/// <param name="time">The clock.</param>
/// <param name="processAge">Age of the process now; <see langword="null"/> if it is unknown, and then it has no start.</param>
/// <param name="largestOperationBytes">The most that a single operation has allocated so far.</param>
internal sealed class SpikeDetector(TimeProvider time, TimeSpan? processAge = null, Func<long>? largestOperationBytes = null) : IDetector
{
    /// <summary>
    /// A process younger than this at the first reading is starting, and a start that has climbed for longer is none.
    /// </summary>
    public static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(1);

    /// <summary>A start that climbs by more than this many thresholds is a spike.</summary>
    public const int HighestStart = 3;

    private readonly ForwardClock _clock = new(time);
    private readonly SlidingMinimum _floor = new();
    private readonly Climb _climb = new();
    private Phase _phase = Phase.New;
    private CountedMemory _last;
    private TimeSpan _window;
    private bool _hasFloor;

    private TimeSpan _beganAt;
    private TimeSpan _lastAt;
    private MemoryZone _firstZone;

    // The floor below the top of the start: one after it is no part of the rise.
    private long _startFloor;

    private long _highestTop;
    private long _highestLevel;
    private long _largestSwing;
    private TimeSpan? _toldAt;
    private bool _mayFall;

    private enum Phase
    {
        New,
        Starting,
        Calm,
        Open,
        Told,
    }

    /// <summary>Whether memory climbs, or has just climbed, without having been reported: as a start, or as far as what is known.</summary>
    public bool IsClimbingQuietly => _phase is Phase.Starting or Phase.Open;

    public MemoryAlert? Inspect(MemorySnapshot snapshot, JudgeSettings settings)
    {
        if (settings.Spike.Resolve(snapshot.Usage.LimitBytes) is not { } threshold || CountedMemory.Of(snapshot, _last) is not { } memory)
        {
            return null;
        }

        if (_window != settings.SpikeWindow)
        {
            // Slices of a different width cannot be compared.
            _floor.Clear();
            (_window, _hasFloor) = (settings.SpikeWindow, false);
        }

        // Ticks may be further apart than the window is long; then the last reading is the floor. Without any, even an earlier peak is no rise.
        var now = _clock.Read();
        var floor = !_hasFloor ? memory.PeakBytes : _floor.Lowest(now, _window) ?? _last.Bytes;
        var reading = new SpikeReading(
            now, memory.Bytes, memory.PeakBytes, floor, threshold, _window, snapshot.Zone, snapshot.Managed.Generation0Collections);
        _floor.Add(now, _window, memory.Bytes);
        var alert = _phase switch
        {
            Phase.New => Begin(reading),
            Phase.Starting => FollowStart(reading, snapshot.Usage.Source),
            Phase.Calm => Look(reading),
            _ => Follow(reading),
        };
        (_last, _lastAt, _hasFloor) = (memory, now, true);
        return alert;
    }

    private MemoryAlert? Begin(in SpikeReading reading)
    {
        (_beganAt, _firstZone, _startFloor) = (reading.Now, reading.Zone, reading.Bytes);
        _climb.Begin(reading.Bytes, reading.Bytes, reading);
        _phase = processAge + reading.Now < LongestStart ? Phase.Starting : Phase.Calm;
        return null;
    }

    private MemoryAlert? FollowStart(in SpikeReading reading, LimitSource source)
    {
        var before = _climb.Top;
        _climb.Follow(reading);
        _startFloor = _climb.Top > before ? reading.FloorBytes : Math.Max(_startFloor, reading.FloorBytes);
        var isQuiet = _climb.IsQuiet(reading, Shorter(reading.Window, LongestStart) / 4);

        // By the previous reading, because ticks may be as far apart as a start may take.
        var isLong = _lastAt - _beganAt >= LongestStart;
        var (floor, rise) = reading.PeakBytes - reading.FloorBytes is var now && now > _climb.Top - _startFloor
            ? (reading.FloorBytes, now)
            : (_startFloor, _climb.Top - _startFloor);
        if (rise >= reading.ThresholdBytes
            && (IsGrave(reading.Zone, source) || rise > HighestStart * reading.ThresholdBytes || (isLong && !isQuiet)
                || largestOperationBytes?.Invoke() >= rise / 2))
        {
            _climb.Begin(floor, floor + rise, reading);
            return Tell(reading);
        }

        if (!isQuiet && !isLong)
        {
            return null;
        }

        (_highestTop, _highestLevel) = (_climb.Top, _climb.Held);
        End(reading);
        return new StartAlert(_climb.Top, processAge!.Value + _climb.TopAt);
    }

    /// <summary>
    /// Whether the start has gone on to a zone that is not healthy. A machine that was short of memory before the start says nothing about it.
    /// </summary>
    private bool IsGrave(MemoryZone zone, LimitSource source) =>
        zone > MemoryZone.Healthy && (zone > _firstZone || source != LimitSource.Machine);

    private MemoryAlert? Look(in SpikeReading reading)
    {
        if (reading.PeakBytes - reading.FloorBytes >= reading.ThresholdBytes)
        {
            _climb.Begin(reading.FloorBytes, reading.PeakBytes, reading);
            (_phase, _mayFall) = (Phase.Open, false);
            return Follow(reading);
        }

        if (_mayFall && _climb.IsTakenBack(reading))
        {
            _mayFall = false;
            return TellSwing(reading);
        }

        return null;
    }

    private MemoryAlert? Follow(in SpikeReading reading)
    {
        _climb.Follow(reading);
        var wasTold = _phase == Phase.Told;
        if (wasTold)
        {
            _highestTop = Math.Max(_highestTop, _climb.Top);
        }

        var alert = !wasTold && IsNews(reading) ? Tell(reading) : null;
        wasTold |= alert is not null;
        if (_climb.IsTakenBack(reading))
        {
            End(reading);
            return wasTold ? alert : TellSwing(reading);
        }

        // The rise may also leave the window while small steps go on.
        if (!_climb.IsQuiet(reading, reading.Window / 4) && _climb.Top - reading.FloorBytes >= reading.ThresholdBytes)
        {
            return alert;
        }

        End(reading);
        return wasTold ? Stay(alert) : Settle(reading);
    }

    /// <summary>A top that is new, or any in a worse zone than healthy, but not the same one again within a window.</summary>
    private bool IsNews(in SpikeReading reading) =>
        _climb.Top > _highestTop + (reading.ThresholdBytes / 2)
        || (reading.Zone > MemoryZone.Healthy
            && (_climb.Top > _highestTop + reading.LeastStep || !(reading.Now - _toldAt < reading.Window)));

    /// <summary>A climb below the highest top has ended. It is news if it stayed higher than any before.</summary>
    private MemoryAlert? Settle(in SpikeReading reading)
    {
        if (_climb.HeldBytes < reading.ThresholdBytes)
        {
            return TellSwing(reading);
        }

        if (_climb.Held <= _highestLevel + reading.LeastStep)
        {
            _mayFall = true;
            return null;
        }

        var alert = Tell(reading);
        _phase = Phase.Calm;
        return Stay(alert);
    }

    private MemoryAlert? Stay(MemoryAlert? alert)
    {
        _highestLevel = Math.Max(_highestLevel, _climb.Held);
        return alert;
    }

    private SpikeAlert Tell(in SpikeReading reading)
    {
        (_phase, _toldAt, _highestTop) = (Phase.Told, reading.Now, Math.Max(_highestTop, _climb.Top));
        return new(_climb.Bytes, reading.Window, reading.ThresholdBytes);
    }

    private SwingAlert? TellSwing(in SpikeReading reading)
    {
        if (reading.Zone > MemoryZone.Healthy || _climb.Bytes <= _largestSwing + (_largestSwing / 4))
        {
            return null;
        }

        (_largestSwing, _highestTop) = (_climb.Bytes, Math.Max(_highestTop, _climb.Top));
        return new(_climb.Bytes, _climb.IsCollected(reading));
    }

    private void End(in SpikeReading reading)
    {
        _phase = Phase.Calm;
        _floor.Clear();
        _floor.Add(reading.Now, reading.Window, reading.Bytes);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
