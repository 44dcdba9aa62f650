using MemoryWatch.Read;

namespace MemoryWatch.Track;

/// <summary>
/// Knows which operations had the processor: keeps the times of the threads that run operations at the readings of the history, as
/// <c>OperationHistory</c> keeps their amounts. Used by the watch thread only; allocates nothing while the same threads run operations.
/// </summary>
/// <remarks>
/// <code>
/// reading        hop          tick               now     Between two readings it is known exactly what the thread did. Around a hop it is not:
///    │------------│-------------│------------------│     of what it did between the reading and the tick, at most the time until the hop was
///                 └ the operation is on the thread ┘     before it. Only what is certain counts.
/// </code>
/// The kernel counts no time for a thread that waits, so an operation that waits is not accused. If the kernel does not count, nobody is.
/// </remarks>
/// <param name="times">Reads the times; <see langword="null"/> if the system does not report them.</param>
/// <param name="threads">The threads that run operations.</param>
/// <param name="milliseconds">The clock of the threads' hops.</param>
/// <param name="nearest">Returns the operation itself or the nearest enclosing one that belongs to this watch.</param>
internal sealed class ProcessorHistory(
    IThreadTimes? times, FlowThreads threads, Func<long> milliseconds, Func<Operation, Operation?> nearest)
{
    /// <summary>Number of readings kept; of an older one, the oldest kept serves.</summary>
    public const int Length = 32;

    /// <summary>Maximum number of threads that are read at one tick, those that have not hopped for the longest time first.</summary>
    public const int MostThreads = 64;

    private const long RuntimeIntervalMilliseconds = 1000;

    // While the process gets less memory than this, nobody asks which thread got it, so it is not worth reading a file for each.
    private const long LeastTouchedBytes = 256 << 10;

    private readonly Dictionary<FlowThread, ThreadSeries> _series = [];
    private readonly List<FlowStay> _stays = [];
    private readonly List<FlowThread> _gone = [];
    private readonly Reading[] _at = new Reading[Length];
    private readonly RuntimeThreads? _runtime = times is null ? null : new(times);
    private long _ticks;
    private long _runtimeFoundAt;
    private long? _touched;
    private bool _isTouchedDue;
    private bool _isCut;

    /// <summary>Keeps the times for a reading of the history. Call it at every tick.</summary>
    /// <param name="number">Number of the last reading of the history.</param>
    /// <param name="isKept">Whether this tick's reading was kept under that number.</param>
    public void Keep(long number, bool isKept)
    {
        if (times is null || _runtime is null || number <= 0)
        {
            return;
        }

        var now = milliseconds();
        if (_ticks++ == 0)
        {
            FindRuntime(_runtime, now);
        }

        var touched = times.ReadProcessTouched();
        _isTouchedDue = touched is not null && !(touched - _touched < LeastTouchedBytes);
        Select();
        foreach (var stay in _stays)
        {
            Keep(stay, number, isKept, now);
        }

        if (_isTouchedDue)
        {
            _touched = touched;
            _runtime.SumTouched();
        }

        if (isKept)
        {
            _at[number % Length] = new(number, now, times.ReadProcess(), _runtime.Sum(), touched, _runtime.Touched);
        }

        Forget();
    }

    /// <summary>Who had the processor since that reading, up to now. Reads some files and allocates: call it only to explain growth.</summary>
    /// <param name="number">Number of the reading at which the growth began.</param>
    /// <param name="grownBytes">What resident memory without mapped files has grown by since.</param>
    public ProcessorWindow Since(long number, long grownBytes = 0)
    {
        if (times is null || _runtime is null)
        {
            return ProcessorWindow.Unknown;
        }

        var now = milliseconds();
        if (now - _runtimeFoundAt >= RuntimeIntervalMilliseconds)
        {
            FindRuntime(_runtime, now);
        }

        if (Find(number) is not { } begin)
        {
            return ProcessorWindow.Unknown;
        }

        Select();
        var judge = new RunJudge(now - begin.Milliseconds);
        var inside = 0L;
        var all = times.ReadProcessTouched() - begin.Touched;
        var touched = !_isCut && NewMemory.IsCovered(all, grownBytes) ? all - (_runtime.SumTouched() - begin.RuntimeTouched) : null;
        foreach (var (thread, operation, entered, hops) in _stays)
        {
            // A thread may have hopped while this one found the threads of the runtime.
            var since = Math.Min(entered, now);
            if (times.Read(thread.KernelId) is not { } time)
            {
                judge.Add(operation is null ? null : nearest(operation), now - since, null, null);
                touched = operation is null ? touched : null;
                continue;
            }

            var series = Series(thread);
            var point = new ThreadSeries.Point(now, time, touched is null ? null : times.ReadTouched(thread.KernelId));
            series.HasHopped(hops, now);
            if (operation is not null || series.HoppedAt > begin.Milliseconds)
            {
                var use = series.Since(begin.Milliseconds, point);
                inside += use.ProcessorAtMost;
                touched -= use.TouchedAtMost;
            }

            if (operation is not null && nearest(operation) is { } own)
            {
                judge.Add(own, now - since, series.Since(Math.Max(since, begin.Milliseconds), point), () => times.IsRunning(thread.KernelId));
            }
        }

        var outside = times.ReadProcess() - begin.Process - (_runtime.Sum() - begin.Runtime) - inside;
        var window = judge.Judge(
            outside is { } known ? Math.Max(0, known) : null,
            touched is { } bytes ? new NewMemory(grownBytes, Math.Max(0, bytes)) : null);

        // An operation whose thread was not read may have run as well as a thread outside of operations.
        return _isCut && !window.Ran.Any() ? ProcessorWindow.Unknown : window;
    }

    private void FindRuntime(RuntimeThreads runtime, long now)
    {
        _runtimeFoundAt = now;
        var gone = runtime.Find();
        foreach (ref var reading in _at.AsSpan())
        {
            reading = reading with { Runtime = reading.Runtime - gone };
        }
    }

    private Reading? Find(long number)
    {
        Reading? found = null;
        foreach (var reading in _at)
        {
            if (reading.Number >= Math.Max(1, number) && !(found?.Number <= reading.Number))
            {
                found = reading;
            }
        }

        return found;
    }

    /// <summary>Selects the living threads, those in operations first, and of these the ones that have not hopped for the longest time.</summary>
    private void Select()
    {
        _stays.Clear();
        threads.CopyTo(_stays);
        _stays.RemoveAll(static stay => stay.Thread.KernelId <= 0);
        if (_stays.Count > MostThreads)
        {
            _stays.Sort(static (a, b) => (a.Operation is null, a.Since).CompareTo((b.Operation is null, b.Since)));
        }

        // Whether a thread lives costs more than the rest, so only those that come first are asked.
        var (count, i) = (0, 0);
        for (; i < _stays.Count && count < MostThreads; i++)
        {
            if (_stays[i].Thread.IsAlive)
            {
                _stays[count++] = _stays[i];
            }
        }

        // Those in operations come first.
        _isCut = i < _stays.Count && _stays[i].Operation is not null;
        _stays.RemoveRange(count, _stays.Count - count);
    }

    private void Keep(in FlowStay stay, long number, bool isKept, long now)
    {
        var series = Series(stay.Thread);
        series.SelectedAt = _ticks;
        if (!series.HasHopped(stay.Hops, now) && stay.Operation is null)
        {
            // Outside of operations since before its last reading: what it does meanwhile is not of interest.
            series.Repeat(number, isKept);
        }
        else if (times!.Read(stay.Thread.KernelId) is { } time)
        {
            var touched = _isTouchedDue || series.LastTouched is null ? times.ReadTouched(stay.Thread.KernelId) : series.LastTouched;
            series.Set(number, isKept, new(now, time, touched));
        }
    }

    private ThreadSeries Series(FlowThread thread)
    {
        if (!_series.TryGetValue(thread, out var series))
        {
            var begin = thread.ProcessorBefore is { } before
                ? new ThreadSeries.Point(thread.Added, new(before, 0), thread.FaultsBefore * Environment.SystemPageSize)
                : (ThreadSeries.Point?)null;
            _series[thread] = series = new(begin);
        }

        return series;
    }

    private void Forget()
    {
        if (_series.Count <= MostThreads)
        {
            return;
        }

        foreach (var (thread, series) in _series)
        {
            if (series.SelectedAt != _ticks)
            {
                _gone.Add(thread);
            }
        }

        _gone.ForEach(thread => _series.Remove(thread));
        _gone.Clear();
    }

    /// <summary>A reading of the history: processor times in nanoseconds, and bytes of new memory touched so far.</summary>
    private readonly record struct Reading(
        long Number, long Milliseconds, long? Process, long Runtime, long? Touched, long RuntimeTouched);
}
