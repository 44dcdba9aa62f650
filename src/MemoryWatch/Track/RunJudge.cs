namespace MemoryWatch.Track;

/// <summary>
/// Judges from the times of threads which operations ran and which waited, and from the memory that threads touched first which ones filled it. The
/// second is the better evidence: where it explains the growth, who only computed is not named.
/// </summary>
/// <param name="windowMilliseconds">The window, in milliseconds.</param>
internal sealed class RunJudge(long windowMilliseconds)
{
    // An operation that is on its thread for a shorter time attributed its allocations just before, and the kernel's numbers are too coarse for it.
    private const long ShortestMilliseconds = 20;

    // A thread that fills memory, with pauses in between, takes 2 to 5 % of a processor; one that spins before it waits in a lock, up to 2 %.
    private const double LeastShare = 0.01;
    private const double LeastOutsideShare = 0.02;

    // Whoever ran with pauses is named only if nobody else comes near.
    private const int ClearlyMore = 10;
    private const int ClearlyMoreThanOutside = 4;

    private readonly Dictionary<Operation, RunningOperation> _operations = [];

    /// <summary>Adds a thread that is in an operation now.</summary>
    /// <param name="operation">The operation; <see langword="null"/> is ignored.</param>
    /// <param name="milliseconds">Time since the thread's last hop.</param>
    /// <param name="use">What the thread did in that time, within the window; <see langword="null"/> if unknown.</param>
    /// <param name="isRunning">Asks whether the thread has the processor at this moment.</param>
    public void Add(Operation? operation, long milliseconds, ThreadUse? use, Func<bool?>? isRunning)
    {
        if (operation is null)
        {
            return;
        }

        var (state, processor) = (RunState.Unknown, 0L);
        if (use is { } known)
        {
            processor = known.ProcessorAtLeast;
            state = known.Length < ThreadUse.Nanoseconds(ShortestMilliseconds) ? RunState.Unknown
                : known.BusyAtLeast >= known.Length / 2
                    ? known.ProcessorAtLeast >= known.Length * LeastShare ? RunState.Ran : RunState.Unknown
                : known.BusyAtMost < known.Length / 2 ? RunState.Waited
                : isRunning?.Invoke() == true ? RunState.Ran
                : RunState.Unknown;
        }

        var added = new RunningOperation(operation, state, TimeSpan.FromMilliseconds(milliseconds), Time(processor))
        {
            TouchedAtLeast = use?.TouchedAtLeast,
            TouchedAtMost = use?.TouchedAtMost,
        };
        _operations[operation] = _operations.TryGetValue(operation, out var other) ? Join(other, added) : added;
    }

    /// <param name="outsideNanoseconds">Processor time of threads outside of operations; <see langword="null"/> if unknown.</param>
    /// <param name="memory">The new memory of the process; <see langword="null"/> if it is unknown who touched it.</param>
    public ProcessorWindow Judge(long? outsideNanoseconds, NewMemory? memory = null)
    {
        var all = _operations.Values.OrderBy(static o => o.Operation.Id).ToArray();
        var outside = outsideNanoseconds is { } known ? Time(known) : (TimeSpan?)null;
        if (memory is { } grown)
        {
            if (TryNameThoseThatTouched(all, grown))
            {
                return new(all, outside ?? TimeSpan.Zero, grown.IsMuchOutside);
            }

            // A thread that runs operations and other work in turn touched it. Then only those that may have are judged by the processor.
            all = Array.FindAll(all, o => grown.IsMuch(o.TouchedAtMost));
        }

        if (!Array.Exists(all, static o => o.State == RunState.Ran))
        {
            NameTheOneThatRanMost(all, outside);
        }

        if (memory is not null && !Array.Exists(all, static o => o.HasRun))
        {
            return ProcessorWindow.Unknown;
        }

        return new(all, outside, !(outside < TimeSpan.FromMilliseconds(windowMilliseconds * LeastOutsideShare)));
    }

    /// <returns>Whether it is known who touched most of the memory.</returns>
    private static bool TryNameThoseThatTouched(RunningOperation[] all, NewMemory memory)
    {
        var (named, bytes) = (new bool[all.Length], 0L);
        for (var i = 0; i < all.Length; i++)
        {
            // What a thread touched before its operation came to it is not the operation's, unless it also ran since.
            var touched = all[i].State == RunState.Ran ? all[i].TouchedAtMost : all[i].TouchedAtLeast;
            named[i] = memory.IsMuch(touched);
            bytes += named[i] ? touched ?? 0 : 0;
        }

        var isKnown = memory.IsMost(bytes);
        if (!isKnown && !memory.IsMostOutside)
        {
            return false;
        }

        for (var i = 0; i < all.Length; i++)
        {
            all[i] = all[i] with
            {
                State = isKnown && named[i] ? RunState.Touched : all[i].State == RunState.Ran ? RunState.Unknown : all[i].State,
            };
        }

        return true;
    }

    private void NameTheOneThatRanMost(RunningOperation[] all, TimeSpan? outside)
    {
        var (most, next) = (-1, TimeSpan.Zero);
        for (var i = 0; i < all.Length; i++)
        {
            if (most < 0 || all[i].Processor > all[most].Processor)
            {
                (most, next) = (i, most < 0 ? next : all[most].Processor);
            }
            else if (all[i].Processor > next)
            {
                next = all[i].Processor;
            }
        }

        if (most >= 0
            && Within(all[most]).TotalMilliseconds >= ShortestMilliseconds
            && all[most].Processor >= Within(all[most]) * LeastShare
            && all[most].Processor >= next * ClearlyMore
            && all[most].Processor >= outside * ClearlyMoreThanOutside)
        {
            all[most] = all[most] with { State = RunState.RanMost };
        }
    }

    /// <summary>For how long, within the window, the operation has been on its thread.</summary>
    private TimeSpan Within(in RunningOperation operation) =>
        operation.Since.TotalMilliseconds < windowMilliseconds ? operation.Since : TimeSpan.FromMilliseconds(windowMilliseconds);

    private static RunningOperation Join(in RunningOperation one, in RunningOperation other) => one with
    {
        State = one.State > other.State ? one.State : other.State,
        Since = one.State > other.State ? one.Since
            : other.State > one.State ? other.Since
            : one.Since > other.Since ? one.Since : other.Since,
        Processor = one.Processor + other.Processor,
        TouchedAtLeast = one.TouchedAtLeast + other.TouchedAtLeast,
        TouchedAtMost = one.TouchedAtMost + other.TouchedAtMost,
    };

    private static TimeSpan Time(long nanoseconds) => new(nanoseconds / TimeSpan.NanosecondsPerTick);
}
