using System.Runtime.ExceptionServices;

namespace MemoryWatch.Read;

/// <summary>
/// Notes each <see cref="OutOfMemoryException"/> at the moment when it is thrown, before any handler catches it. It allocates nothing and waits for
/// nothing, because there may be no memory and the runtime may end the process right after.
/// </summary>
internal sealed class OutOfMemoryProbe : IDisposable
{
    /// <summary>How the runtime's message begins if an array would be longer than any array may be.</summary>
    private const string TooLong = "Array dimensions exceeded";

    // An exception that passes several async methods is thrown again in each of them.
    private const int Remembered = 16;

    [ThreadStatic]
    private static bool _isNoting;

    private readonly WeakReference<Exception>[] _seen = new WeakReference<Exception>[Remembered];
    private readonly Func<long?> _readResident;
    private readonly TimeProvider _time;
    private readonly Action<long> _onThrown;
    private long _place;
    private long _count;
    private long _ticks;
    private long _resident;
    private long _occupied;
    private bool _neverFits;
    private OutOfMemoryEvent? _last;

    /// <param name="readResident">The quick reading of resident memory; any thread may call it, and it allocates nothing.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onThrown">Receives the number of exceptions so far; it must neither allocate nor wait.</param>
    public OutOfMemoryProbe(Func<long?> readResident, TimeProvider time, Action<long> onThrown)
    {
        (_readResident, _time, _onThrown) = (readResident, time, onThrown);
        for (var i = 0; i < Remembered; i++)
        {
            _seen[i] = new(null!);
        }

        AppDomain.CurrentDomain.FirstChanceException += OnFirstChance;
    }

    /// <summary>The last exception; <see langword="null"/> if there was none. For one caller at a time.</summary>
    public OutOfMemoryEvent? Last()
    {
        var count = Interlocked.Read(ref _count);
        if (count != (_last?.Count ?? 0))
        {
            var resident = Interlocked.Read(ref _resident);
            _last = new(
                count,
                new DateTimeOffset(Interlocked.Read(ref _ticks), TimeSpan.Zero),
                resident > 0 ? resident : null,
                Interlocked.Read(ref _occupied),
                Volatile.Read(ref _neverFits));
        }

        return _last;
    }

    public void Dispose() => AppDomain.CurrentDomain.FirstChanceException -= OnFirstChance;

    private void OnFirstChance(object? sender, FirstChanceExceptionEventArgs args)
    {
        // If there is no memory for this handler either, that raises another OutOfMemoryException; the flag stops the recursion.
        if (args.Exception.GetType() != typeof(OutOfMemoryException) || _isNoting)
        {
            return;
        }

        _isNoting = true;
        try
        {
            Note(args.Exception);
        }
        catch (Exception)
        {
            // Nothing more can be done; the original exception continues.
        }

        _isNoting = false;
    }

    private void Note(Exception exception)
    {
        foreach (var seen in _seen)
        {
            if (seen.TryGetTarget(out var other) && ReferenceEquals(other, exception))
            {
                return;
            }
        }

        _seen[Interlocked.Increment(ref _place) % Remembered].SetTarget(exception);
        Interlocked.Exchange(ref _ticks, _time.GetUtcNow().UtcTicks);
        Interlocked.Exchange(ref _resident, _readResident() ?? 0);
        Interlocked.Exchange(ref _occupied, GC.GetTotalMemory(forceFullCollection: false));
        Volatile.Write(ref _neverFits, exception.Message.StartsWith(TooLong, StringComparison.Ordinal));
        _onThrown(Interlocked.Increment(ref _count));
    }
}
