namespace MemoryWatch.Tell;

/// <summary>
/// Operations that have ended, in a fixed number of places. If there is none left, the operation goes that matters least: the less it allocated and
/// the longer ago it ended, so the last operations are all there and the large ones stay for long. One thread writes.
/// </summary>
internal sealed class HistorySpans
{
    public const int Most = 70;
    public const int MostContextBytes = 40;

    private const int Unknown = int.MinValue;

    // An operation that allocated nothing counts as this much, and one that has just ended as this old.
    private const double LeastKilobytes = 64;
    private static readonly double LeastAge = TimeSpan.FromSeconds(10).Ticks;

    private readonly Place[] _places = new Place[Most];
    private readonly HistoryTexts _contexts = new(Most, MostContextBytes);
    private int _count;

    public void Add(OperationSpan span, long endTicks) => Put(
        new()
        {
            Id = span.OperationId,
            Parent = span.ParentId,
            Name = span.Name,
            Start = span.Start.UtcTicks,
            End = endTicks,
            Allocated = Kilobytes(span.AllocatedBytes),
            Change = Kilobytes(span.ChangeBytes),
            Outcome = (byte)span.Outcome,
            IsOfPreviousRun = span.IsOfPreviousRun,
        },
        span.Context.Text);

    /// <summary>Adds an operation by the entry of its end. Allocates nothing.</summary>
    public void Add(in JournalEntry ended) => Put(
        new()
        {
            Id = ended.OperationId,
            Parent = ended.ParentId,
            Name = ended.Name,
            Start = ended.Time.UtcTicks - (ended.Duration ?? default).Ticks,
            End = ended.Time.UtcTicks,
            Allocated = Kilobytes(ended.Allocation?.AllocatedBytes),
            Change = Kilobytes(ended.ChangeBytes),
            Outcome = (byte)ended.Outcome,
        },
        ended.Context.Text);

    /// <summary>Copies the operations that had not ended at a time.</summary>
    public List<OperationSpan> Since(long ticks)
    {
        var spans = new List<OperationSpan>();
        for (var i = 0; i < Math.Min(_count, Most); i++)
        {
            if (_places[i].End >= ticks)
            {
                spans.Add(Read(i));
            }
        }

        return spans;
    }

    public void MoveBack(long from, long by)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_places[i].End >= from)
            {
                _places[i].Start -= by;
                _places[i].End -= by;
            }
        }
    }

    private void Put(in Place place, string context)
    {
        var at = _count < Most ? _count++ : FindVictim(place.End);
        _places[at] = place;
        _contexts.Put(at, context);
    }

    private int FindVictim(long now)
    {
        var (victim, least) = (0, double.MaxValue);
        for (var i = 0; i < Most; i++)
        {
            var weight = (LeastKilobytes + Math.Max(0, _places[i].Allocated)) / (LeastAge + Math.Max(0, now - _places[i].End));
            if (weight < least)
            {
                (victim, least) = (i, weight);
            }
        }

        return victim;
    }

    private OperationSpan Read(int index)
    {
        var place = _places[index];
        return new()
        {
            OperationId = place.Id,
            ParentId = place.Parent,
            Name = place.Name ?? string.Empty,
            Context = new OperationContext(_contexts[index]),
            Start = new(Math.Max(0, place.Start), TimeSpan.Zero),
            End = new(Math.Max(0, place.End), TimeSpan.Zero),
            Outcome = (OperationOutcome)place.Outcome,
            IsOfPreviousRun = place.IsOfPreviousRun,
            AllocatedBytes = Bytes(place.Allocated),
            ChangeBytes = Bytes(place.Change),
        };
    }

    private static int Kilobytes(long? bytes) => bytes is { } known ? (int)Math.Clamp(known / 1024, -int.MaxValue, int.MaxValue) : Unknown;

    private static long? Bytes(int kilobytes) => kilobytes == Unknown ? null : kilobytes * 1024L;

    private struct Place
    {
        public string? Name;
        public long Id;
        public long Parent;
        public long Start;
        public long End;
        public int Allocated;
        public int Change;
        public byte Outcome;
        public bool IsOfPreviousRun;
    }
}
