namespace MemoryWatch.Survival.Client;

/// <summary>What the client saw: which jobs were accepted and when, and which were finished. It outlives the servers.</summary>
internal sealed class Tally(int jobs)
{
    private readonly Lock _lock = new();
    private readonly TimeSpan?[] _accepted = new TimeSpan?[jobs];
    private readonly bool[] _finished = new bool[jobs];
    private int _acceptedCount;
    private int _doneCount;
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when all jobs are accepted and finished.</summary>
    public Task All => _all.Task;

    public int Accepted => Volatile.Read(ref _acceptedCount);

    /// <summary>How many jobs were accepted, and are not finished.</summary>
    public int Open => Accepted - Volatile.Read(ref _doneCount);

    /// <summary>When the last job was accepted, from the start of the run.</summary>
    public TimeSpan LastAccepted => _accepted.Max() ?? TimeSpan.Zero;

    public int CountAcceptedBy(TimeSpan time)
    {
        lock (_lock)
        {
            return _accepted.Count(at => at <= time);
        }
    }

    public void Accept(int id, TimeSpan at)
    {
        lock (_lock)
        {
            if (_accepted[id] is null)
            {
                _accepted[id] = at;
                _acceptedCount++;
                _doneCount += _finished[id] ? 1 : 0;
                Check();
            }
        }
    }

    /// <summary>A job that was offered twice may be finished twice. The line of a fast one comes before the answer to its sender.</summary>
    public void Finish(int id)
    {
        lock (_lock)
        {
            if (!_finished[id])
            {
                _finished[id] = true;
                _doneCount += _accepted[id] is null ? 0 : 1;
                Check();
            }
        }
    }

    private void Check()
    {
        if (_doneCount == jobs)
        {
            _all.TrySetResult();
        }
    }
}
