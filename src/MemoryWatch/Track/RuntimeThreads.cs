using MemoryWatch.Read;

namespace MemoryWatch.Track;

/// <summary>
/// Adds up the processor time of the watch's thread and of the runtime's threads, which allocate nothing for the application. Used by the watch
/// thread only.
/// </summary>
internal sealed class RuntimeThreads(IThreadTimes times)
{
    private List<(int Id, long Processor, long Touched)> _threads = [];

    /// <summary>
    /// Bytes of new memory that they have touched, as of the last <see cref="SumTouched"/>; what those touched that have ended is included.
    /// </summary>
    public long Touched { get; private set; }

    /// <summary>Their processor time in nanoseconds. A thread that has ended counts with its last known time. Allocates nothing.</summary>
    public long Sum()
    {
        var sum = 0L;
        for (var i = 0; i < _threads.Count; i++)
        {
            var (id, last, touched) = _threads[i];
            _threads[i] = (id, times.Read(id)?.Processor ?? last, touched);
            sum += _threads[i].Processor;
        }

        return sum;
    }

    /// <summary>Adds up what they have touched. Allocates nothing.</summary>
    public long SumTouched()
    {
        for (var i = 0; i < _threads.Count; i++)
        {
            var (id, processor, last) = _threads[i];
            var touched = times.ReadTouched(id) ?? last;
            Touched += touched - last;
            _threads[i] = (id, processor, touched);
        }

        return Touched;
    }

    /// <summary>
    /// Finds the threads that exist now. One that is new counts as if all of its time were recent: the JIT compiler's threads live for some seconds.
    /// </summary>
    /// <returns>The time of those that have ended, which the sum no longer contains.</returns>
    public long Find()
    {
        Sum();
        var now = times.FindRuntimeThreads();
        var gone = _threads.Where(t => !now.Contains(t.Id)).Sum(static t => t.Processor);
        _threads = [.. now.Select(id => _threads.Find(t => t.Id == id) is { Id: > 0 } known ? known : (id, 0, 0))];
        return gone;
    }
}
