namespace DownloaderBot.Downloads;

/// <summary>The running and the waiting downloads: one job per user, premium users before free users, then in order of arrival.</summary>
internal sealed class DownloadQueue(BotOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, DownloadJob> _jobs = [];
    private readonly HashSet<DownloadJob> _running = [];
    private readonly PriorityQueue<DownloadJob, (int Tier, long Arrival)> _waiting = new();
    private long _arrivals;
    private bool _held;
    private bool _closed;

    public int Waiting { get { lock (_lock) { return _waiting.Count; } } }

    public int Running { get { lock (_lock) { return _running.Count; } } }

    /// <summary>Adds a job. If a place is free, the job counts as running and the caller starts it.</summary>
    public EnqueueResult Add(DownloadJob job)
    {
        lock (_lock)
        {
            if (_held || _closed)
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

            Enqueue(job);
            return new(EnqueueStatus.Waiting, PositionOf(job));
        }
    }

    /// <summary>
    /// Removes a job that ran; the returned job takes its place and the caller starts it. The next job of its batch goes to the end of the queue.
    /// Because a waiting job leaves in turn, no more jobs wait than before.
    /// </summary>
    public DownloadJob? Finish(DownloadJob job)
    {
        lock (_lock)
        {
            _running.Remove(job);
            _jobs.Remove(job.UserId);
            if (!_closed && job.MakeFollowing() is { } following)
            {
                Enqueue(following);
            }

            if (_held || !_waiting.TryDequeue(out var next, out _))
            {
                return null;
            }

            _running.Add(next);
            return next;
        }
    }

    /// <summary>Removes a waiting job; returns <see langword="false"/> if it does not wait.</summary>
    public bool TryWithdraw(DownloadJob job)
    {
        lock (_lock)
        {
            return _waiting.Remove(job, out _, out _) && _jobs.Remove(job.UserId);
        }
    }

    /// <summary>Returns all users who wait or download.</summary>
    public long[] Users()
    {
        lock (_lock)
        {
            return [.. _jobs.Keys];
        }
    }

    public DownloadJob? Find(long userId)
    {
        lock (_lock)
        {
            return _jobs.GetValueOrDefault(userId);
        }
    }

    /// <summary>The number of users before this user, plus one; 0 if the user does not wait.</summary>
    public int Position(long userId)
    {
        lock (_lock)
        {
            return _jobs.TryGetValue(userId, out var job) && !_running.Contains(job) ? PositionOf(job) : 0;
        }
    }

    /// <summary>Accepts no more jobs, and starts none of those that wait. Those that run go on.</summary>
    public void Hold()
    {
        lock (_lock)
        {
            _held = true;
        }
    }

    /// <summary>Accepts no more jobs and empties the queue; returns the waiting and the running jobs.</summary>
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

    private void Enqueue(DownloadJob job)
    {
        _jobs.Add(job.UserId, job);
        _waiting.Enqueue(job, (job.IsPremium ? 0 : 1, ++_arrivals));
    }

    private int PositionOf(DownloadJob job)
    {
        var own = _waiting.UnorderedItems.First(item => item.Element == job).Priority;
        return _waiting.UnorderedItems.Count(item => item.Priority.CompareTo(own) <= 0);
    }
}

internal enum EnqueueStatus
{
    Started,
    Waiting,
    AlreadyThere,
    Full,
    Closed,
}

/// <summary>The result of adding a job; the position, from 1, is that of a waiting job.</summary>
internal readonly record struct EnqueueResult(EnqueueStatus Status, int Position = 0);
