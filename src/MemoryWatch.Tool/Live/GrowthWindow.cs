namespace MemoryWatch.Tool.Live;

/// <summary>Keeps sizes by name for some time, and finds what grew most within it.</summary>
internal sealed class GrowthWindow(TimeProvider time, TimeSpan length)
{
    private const int MostKept = 64;

    // A page here and there is no growth.
    private const long Least = 256 * 1024;

    private readonly Queue<(long At, IReadOnlyDictionary<string, long> Sizes)> _kept = [];
    private IReadOnlyDictionary<string, long>? _now;

    public bool HasReadings => _now is not null;

    /// <summary>The time over which growth is known; zero with one reading.</summary>
    public TimeSpan Length { get; private set; }

    public void Add(IReadOnlyDictionary<string, long> sizes)
    {
        var now = time.GetTimestamp();
        while (_kept.Count > 0 && (_kept.Count >= MostKept || time.GetElapsedTime(_kept.Peek().At, now) > length))
        {
            _kept.Dequeue();
        }

        _kept.Enqueue((now, sizes));
        _now = sizes;
        Length = time.GetElapsedTime(_kept.Peek().At, now);
    }

    /// <summary>What grew most, the most first.</summary>
    public IReadOnlyList<Growth> Top(int count) => _now is not { } now ? [] :
    [
        .. now.Select(size => new Growth(size.Key, size.Value - _kept.Peek().Sizes.GetValueOrDefault(size.Key), size.Value))
            .Where(static growth => growth.Bytes >= Least).OrderByDescending(static growth => growth.Bytes).Take(count),
    ];
}
