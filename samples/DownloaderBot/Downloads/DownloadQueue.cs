namespace DownloaderBot.Downloads;

/// <summary>Who downloads and who waits: one job per user, premium before free, then first come first served.</summary>
internal sealed class DownloadQueue(BotOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, DownloadJob> _jobs = [];
    private readonly HashSet<DownloadJob> _running = [];
    private readonly PriorityQueue<DownloadJob, (int Tier, long Arrival)> _waiting = new();
    private long _arrivals;
    private bool _closed;

    public int Waiting { get { lock (_lock) { return _waiting.Count; } } }

    public int Running { get { lock (_lock) { return _running.Count; } } }

    /// <summary>Takes a job in; where a place is free it counts as running and the caller starts it.</summary>
    public EnqueueResult Add(DownloadJob job)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return new(EnqueueStatus.Closed);
            }

            if (_jobs.ContainsKey(job.UserId))
            {
                return new(EnqueueStatus.AlreadyThere);
            }

            if (_running.Count < options.MaxConcurrent)
            {
                _jobs.Add(job.UserId, job);
                _running.Add(job);
                return new(EnqueueStatus.Started);
            }

            if (_waiting.Count >= options.MaxQueue)
            {
                return new(EnqueueStatus.Full);
            }

            _jobs.Add(job.UserId, job);
            _waiting.Enqueue(job, (job.IsPremium ? 0 : 1, ++_arrivals));
            return new(EnqueueStatus.Waiting, PositionOf(job));
        }
    }

    /// <summary>Lets go of a job that ran; what is returned takes its place and the caller starts it.</summary>
    public DownloadJob? Finish(DownloadJob job)
    {
        lock (_lock)
        {
            _running.Remove(job);
            _jobs.Remove(job.UserId);
            if (!_waiting.TryDequeue(out var next, out _))
            {
                return null;
            }

            _running.Add(next);
            return next;
        }
    }

    /// <summary>Takes a job that waits out; false where it does not wait.</summary>
    public bool TryWithdraw(DownloadJob job)
    {
        lock (_lock)
        {
            return _waiting.Remove(job, out _, out _) && _jobs.Remove(job.UserId);
        }
    }

    public DownloadJob? Find(long userId)
    {
        lock (_lock)
        {
            return _jobs.GetValueOrDefault(userId);
        }
    }

    /// <summary>How many are before the user, plus one; 0 where the user does not wait.</summary>
    public int Position(long userId)
    {
        lock (_lock)
        {
            return _jobs.TryGetValue(userId, out var job) && !_running.Contains(job) ? PositionOf(job) : 0;
        }
    }

    /// <summary>Takes nothing more in and empties itself; returns the jobs that waited and those that run.</summary>
    public (DownloadJob[] Waited, DownloadJob[] Running) Close()
    {
        lock (_lock)
        {
            _closed = true;
            DownloadJob[] waited = [.. _waiting.UnorderedItems.Select(item => item.Element)];
            _waiting.Clear();
            foreach (var job in waited)
            {
                _jobs.Remove(job.UserId);
            }

            return (waited, [.. _running]);
        }
    }

    private int PositionOf(DownloadJob job)
    {
        var own = _waiting.UnorderedItems.First(item => item.Element == job).Priority;
        return _waiting.UnorderedItems.Count(item => item.Priority.CompareTo(own) <= 0);
    }
}
