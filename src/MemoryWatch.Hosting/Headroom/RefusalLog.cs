using MemoryWatch.Tell;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Hosting;

/// <summary>
/// Logs what the limiter refuses, at most once a minute. The application's logger may throw, and this may be a timer's thread, where that would end
/// the process; then the line is lost. Thread-safe.
/// </summary>
internal sealed class RefusalLog(ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly object _lock = new();
    private long? _loggedAt;
    private long _count;

    /// <summary>Counts a refusal, logged or not.</summary>
    public void Count() => Interlocked.Increment(ref _count);

    /// <summary>Whether a refusal may be logged now; then the next one may be only after a minute.</summary>
    public bool IsDue()
    {
        lock (_lock)
        {
            if (_loggedAt is { } logged && time.GetElapsedTime(logged) < Every)
            {
                return false;
            }

            _loggedAt = time.GetTimestamp();
            return true;
        }
    }

    public void Refused(string reason, int open, long leasedMegabytes)
    {
        try
        {
            HeadroomLog.Refused(logger, reason, Interlocked.Exchange(ref _count, 0), open, leasedMegabytes);
        }
        catch (Exception)
        {
            // As in the summary.
        }
    }

    public void Stopped(string reason)
    {
        try
        {
            HeadroomLog.Stopped(logger, reason);
        }
        catch (Exception)
        {
            // As in the summary.
        }
    }
}
