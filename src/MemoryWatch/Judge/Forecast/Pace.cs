namespace MemoryWatch.Judge;

/// <summary>The growth of one usage over the last seconds, from readings that are at least one second apart.</summary>
internal sealed class Pace
{
    // A shorter time would not do: memory grows in steps, and between two of them early ticks would see no growth.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    // Three periods make a pace that steps do not change, and two such paces an interval.
    private const int PeriodsOfPace = 3;
    private const int LeastPaces = 2;
    private const int Kept = 12;

    // One reading with at least this part of the growth is a jump, not a climb.
    private const double PartOfJump = 0.5;

    // A pace below this part of the present one belongs to the time before the climb.
    private const double PartOfPresent = 0.5;

    private readonly (double Bytes, TimeSpan At)[] _readings = new (double, TimeSpan)[Kept];
    private int _count;

    /// <summary>
    /// Adds a reading and returns the pace over the last one to two periods in bytes per second. Until a second reading is old enough, the first
    /// one serves, because a burst may come within the first second.
    /// </summary>
    public double Add(TimeSpan now, long bytes)
    {
        if (_count == 0 || now - _readings[_count - 1].At >= Period)
        {
            if (_count == Kept)
            {
                _readings.AsSpan(1).CopyTo(_readings);
                _count--;
            }

            _readings[_count++] = (bytes, now);
        }

        var from = _readings[Math.Max(0, _count - 2)];
        return now > from.At ? (bytes - from.Bytes) / (now - from.At).TotalSeconds : 0;
    }

    /// <summary>
    /// The present pace in bytes per second, and between which paces it varied since the climb began. It is <see langword="null"/> if memory does
    /// not climb, or has done so for less than three readings.
    /// </summary>
    /// <param name="grown">What memory grew by meanwhile, in bytes.</param>
    public Estimate? Climb(out double grown)
    {
        double present = 0, low = double.MaxValue, high = 0;
        var (paces, first) = (0, 0);
        for (var end = _count - 1; end >= PeriodsOfPace && _readings[_count - 1].At - _readings[end].At <= Window; end--)
        {
            var (from, to) = (_readings[end - PeriodsOfPace], _readings[end]);
            var pace = (to.Bytes - from.Bytes) / (to.At - from.At).TotalSeconds;
            present = paces == 0 ? pace : present;
            if (pace <= 0 || pace < present * PartOfPresent)
            {
                break;
            }

            (low, high, first) = (Math.Min(low, pace), Math.Max(high, pace), end - PeriodsOfPace);
            paces++;
        }

        grown = _readings[Math.Max(0, _count - 1)].Bytes - _readings[first].Bytes;
        return paces >= LeastPaces && LargestRise(first) < grown * PartOfJump ? new(present, low, high) : null;
    }

    private double LargestRise(int first)
    {
        var largest = 0d;
        for (var i = first + 1; i < _count; i++)
        {
            largest = Math.Max(largest, _readings[i].Bytes - _readings[i - 1].Bytes);
        }

        return largest;
    }
}
