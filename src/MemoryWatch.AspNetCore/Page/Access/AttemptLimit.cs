namespace MemoryWatch.AspNetCore.Page.Access;

/// <summary>
/// Limits attempts to enter the key, for all clients together: 20 at once, then one every 3 seconds. It takes the same memory however many try.
/// </summary>
internal sealed class AttemptLimit(TimeProvider time)
{
    public const int Most = 20;

    public static readonly TimeSpan Refill = TimeSpan.FromSeconds(3);

    private readonly object _lock = new();
    private double _left = Most;
    private long _since = time.GetTimestamp();

    /// <summary>Takes one attempt, if there is one.</summary>
    public bool TryTake()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _left = Math.Min(Most, _left + (time.GetElapsedTime(_since, now) / Refill));
            _since = now;
            if (_left < 1)
            {
                return false;
            }

            _left--;
            return true;
        }
    }
}
