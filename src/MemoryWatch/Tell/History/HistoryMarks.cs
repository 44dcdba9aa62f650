namespace MemoryWatch.Tell;

/// <summary>
/// The last events, in a fixed number of places. If there is none left, the oldest event of the kind with most events goes, so that frequent reliefs
/// push out no restart. One thread writes.
/// </summary>
internal sealed class HistoryMarks
{
    public const int Most = 48;
    public const int MostTextBytes = 112;
    public const int MostCauseBytes = 144;
    public const int MostOperations = 3;

    private readonly Place[] _places = new Place[Most];
    private readonly long[] _operations = new long[Most * MostOperations];
    private readonly HistoryTexts _texts = new(Most, MostTextBytes);
    private readonly HistoryTexts _causes = new(Most, MostCauseBytes);
    private int _count;

    public void Add(MemoryHistoryMark mark)
    {
        var place = _count < Most ? _count++ : FindVictim();
        _places[place] = new()
        {
            Ticks = mark.Time.UtcTicks,
            Kind = (byte)mark.Kind,
            Zone = (sbyte)(mark.Zone is { } zone ? (int)zone : -1),
            Severity = (sbyte)(mark.Severity is { } severity ? (int)severity : -1),
            Verdict = (sbyte)(mark.Verdict is { } verdict ? (int)verdict : -1),
        };
        _texts.Put(place, mark.Text);
        _causes.Put(place, mark.Cause);
        for (var i = 0; i < MostOperations; i++)
        {
            _operations[place * MostOperations + i] = i < mark.CauseOperations.Count ? mark.CauseOperations[i] : 0;
        }
    }

    /// <summary>The last start or restart within a time, in ticks; <see langword="null"/> if there was none.</summary>
    public MemoryHistoryMark? StartWithin(long from, long to)
    {
        var found = -1;
        for (var i = 0; i < _count; i++)
        {
            if (IsStart(_places[i].Kind) && _places[i].Ticks >= from && _places[i].Ticks < to && (found < 0 || _places[i].Ticks >= _places[found].Ticks))
            {
                found = i;
            }
        }

        return found < 0 ? null : Read(found);
    }

    /// <summary>Copies the events since a time, the oldest first.</summary>
    public List<MemoryHistoryMark> Since(long ticks)
    {
        var marks = new List<MemoryHistoryMark>();
        for (var i = 0; i < Math.Min(_count, Most); i++)
        {
            if (_places[i].Ticks >= ticks)
            {
                marks.Add(Read(i));
            }
        }

        marks.Sort(static (a, b) => a.Time.CompareTo(b.Time));
        return marks;
    }

    public void MoveBack(long from, long by)
    {
        for (var i = 0; i < _count; i++)
        {
            _places[i].Ticks -= _places[i].Ticks >= from ? by : 0;
        }
    }

    private static bool IsStart(byte kind) => (MemoryHistoryMarkKind)kind is MemoryHistoryMarkKind.Start or MemoryHistoryMarkKind.Restart;

    private int FindVictim()
    {
        Span<int> counts = stackalloc int[byte.MaxValue + 1];
        counts.Clear();
        var most = 0;
        foreach (var place in _places)
        {
            counts[place.Kind]++;
            most = Math.Max(most, counts[place.Kind]);
        }

        var victim = -1;
        for (var i = 0; i < Most; i++)
        {
            if (counts[_places[i].Kind] == most && (victim < 0 || _places[i].Ticks < _places[victim].Ticks))
            {
                victim = i;
            }
        }

        return victim;
    }

    private MemoryHistoryMark Read(int place)
    {
        var (mark, cause) = (_places[place], _causes[place]);
        var operations = new List<long>();
        foreach (var id in _operations.AsSpan(place * MostOperations, MostOperations))
        {
            if (id != 0)
            {
                operations.Add(id);
            }
        }

        return new()
        {
            Time = new(Math.Max(0, mark.Ticks), TimeSpan.Zero),
            Kind = (MemoryHistoryMarkKind)mark.Kind,
            Zone = mark.Zone < 0 ? null : (MemoryZone)mark.Zone,
            Severity = mark.Severity < 0 ? null : (AlertSeverity)mark.Severity,
            Verdict = mark.Verdict < 0 ? null : (RunVerdict)mark.Verdict,
            Text = _texts[place],
            Cause = cause.Length == 0 ? null : cause,
            CauseOperations = operations,
        };
    }

    private struct Place
    {
        public long Ticks;
        public byte Kind;
        public sbyte Zone;
        public sbyte Severity;
        public sbyte Verdict;
    }
}
