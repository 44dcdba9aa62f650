using System.Threading.RateLimiting;
using MemoryWatch.Hosting;
using MemoryWatch.Tell;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryWatch;

/// <summary>
/// Grants work only while there is memory for it. A permit is one MB (1024 x 1024 bytes): ask for what the work will need at most, hold the lease
/// while it runs, and dispose it at its end. A refused lease has a reason (<see cref="MetadataName.ReasonPhrase"/>) and, unless that would be in
/// vain, a time to try again (<see cref="MetadataName.RetryAfter"/>, at least 1 s). All members are thread-safe.
/// </summary>
/// <remarks>
/// <code>
/// room = ceiling - used memory, without what a GC can free - what open leases may still take
/// </code>
/// Used memory is the last regular reading of the watch plus what resident memory has grown by since. A lease is reserved at once, so a burst is
/// not granted twice on one reading. While memory grows, the reservation shrinks by the same amount: what a lease has taken does not count twice.
/// <para>
/// It refuses only what does not fit by a measurement. Memory that holds no live objects counts as room, and everything is granted while the watch
/// is disabled, has not read yet, knows no limit, or cannot read memory; <see cref="Basis"/> of the lease tells which.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// using var lease = await limiter.AcquireForAsync("Download", cancellationToken);
/// if (lease.IsAcquired)
/// {
///     using var scope = watch.Track("Download");
///     await DownloadAsync(userId);
/// }
/// </code>
/// </example>
public sealed class MemoryHeadroomLimiter : RateLimiter
{
    private const long Megabyte = 1 << 20;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    // While nobody waits, only to learn how much room there is at best.
    private static readonly TimeSpan LearnEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LearnFor = TimeSpan.FromMinutes(1);

    // Long enough for a GC and a step of the application to make room.
    private static readonly TimeSpan StarvedAfter = TimeSpan.FromSeconds(5);

    private readonly object _lock = new();
    private readonly HeadroomLedger _ledger = new();
    private readonly HeadroomQueue _queue = new();
    private readonly LeaseDurations _durations = new();
    private readonly LinkedList<HeadroomLease> _open = [];
    private readonly IMemoryWatch _watch;
    private readonly HeadroomGauge _gauge;
    private readonly OperationNeeds _needs;
    private readonly Func<MemoryWatchOptions> _options;
    private readonly TimeProvider _time;
    private readonly RefusalLog _log;
    private readonly Starvation _starvation;
    private readonly ITimer _timer;
    private string? _stopped;
    private bool _isDisposed;
    private long? _mostRoom;
    private long _measuredSince;
    private long _granted;
    private long _refused;
    private long _unmeasured;

    /// <summary>Creates a limiter. With a host, <c>AddHeadroomLimiter()</c> of the watch's builder does.</summary>
    /// <param name="watch">The watch that reads memory.</param>
    /// <param name="options">
    /// The settings: <see cref="MemoryWatchOptions.Headroom"/>, and the critical and the imminent threshold; the defaults apply if
    /// <see langword="null"/>.
    /// </param>
    /// <param name="timeProvider">The clock; the system's if <see langword="null"/>.</param>
    /// <param name="loggerFactory">Creates the logger; if <see langword="null"/>, nothing is logged.</param>
    /// <exception cref="ArgumentException">A setting is not allowed; the message contains its name, its value and the allowed values.</exception>
    public MemoryHeadroomLimiter(
        IMemoryWatch watch, MemoryWatchOptions? options = null, TimeProvider? timeProvider = null, ILoggerFactory? loggerFactory = null)
        : this(watch, Checked(options ?? new()), timeProvider, loggerFactory)
    {
    }

    internal MemoryHeadroomLimiter(
        IMemoryWatch watch, Func<MemoryWatchOptions> options, TimeProvider? timeProvider, ILoggerFactory? loggerFactory)
    {
        ArgumentNullException.ThrowIfNull(watch);
        _watch = watch;
        _time = timeProvider ?? TimeProvider.System;
        _options = options;
        _log = new((loggerFactory ?? NullLoggerFactory.Instance).CreateLogger(MemoryWatcher.LogCategory), _time);
        _starvation = new(_time);
        (_gauge, _needs) = (new(watch, options), new(watch, options, _time));
        _timer = _time.CreateTimer(static limiter => ((MemoryHeadroomLimiter)limiter!).Look(), this, LearnEvery, LearnEvery);
        watch.Draining.Register(() => StopGranting(HeadroomText.Draining));
    }

    /// <summary>The name under which a granted lease has its <see cref="HeadroomBasis"/>.</summary>
    public static MetadataName<HeadroomBasis> Basis { get; } = MetadataName.Create<HeadroomBasis>("HEADROOM_BASIS");

    /// <summary>Always <see langword="null"/>: memory is used also while nobody asks, so the limiter is never idle.</summary>
    public override TimeSpan? IdleDuration => null;

    /// <summary>
    /// Asks for what operations of a name usually need: the 95th percentile of what they allocated and were charged with, or the largest growth of
    /// memory during one of them, whichever is less. Until 20 of them have ended it is <see cref="HeadroomOptions.DefaultLease"/>. It is never more
    /// than the room that memory has had at best, so that such a request can always be granted one day.
    /// </summary>
    /// <param name="operation">The name that the operation is tracked with, such as <c>Download</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lease; dispose it when the work ends. Check <see cref="RateLimitLease.IsAcquired"/>.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The limiter was disposed.</exception>
    public ValueTask<RateLimitLease> AcquireForAsync(string operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return AcquireBytesAsync(NeedOf(operation), cancellationToken);
    }

    /// <summary>As <see cref="AcquireForAsync"/>, without waiting.</summary>
    /// <param name="operation">The name that the operation is tracked with, such as <c>Download</c>.</param>
    /// <returns>The lease; dispose it when the work ends. Check <see cref="RateLimitLease.IsAcquired"/>.</returns>
    /// <exception cref="ObjectDisposedException">The limiter was disposed.</exception>
    public RateLimitLease AttemptAcquireFor(string operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return AttemptAcquireBytes(NeedOf(operation));
    }

    /// <summary>
    /// Refuses all new work from now on, whatever room there is, also what waits already: before a restart, or while memory cannot be relieved.
    /// Open leases stay valid. A second call replaces the reason.
    /// </summary>
    /// <param name="reason">The reason, for the log and for those who are refused, such as <c>the service is about to restart</c>.</param>
    public void StopGranting(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        bool isNew;
        lock (_lock)
        {
            isNew = _stopped != reason;
            _stopped = reason;
        }

        if (isNew)
        {
            _log.Stopped(reason);
        }

        Look();
    }

    /// <summary>Ends what <see cref="StopGranting"/> began.</summary>
    public void ResumeGranting()
    {
        lock (_lock)
        {
            _stopped = null;
        }

        Look();
    }

    /// <summary>
    /// The current state; takes one quick reading of memory. A refusal of <see cref="RateLimiter.AttemptAcquire"/> counts even if the caller then
    /// waits.
    /// </summary>
    public override MemoryHeadroomStatistics GetStatistics()
    {
        lock (_lock)
        {
            var room = Measure();
            long? available = _stopped is not null ? 0 : room.Left is { } left ? Math.Max(0, left) : null;
            return new()
            {
                CurrentAvailablePermits = available is { } known ? known / Megabyte : int.MaxValue,
                CurrentQueuedCount = _queue.Bytes / Megabyte,
                TotalSuccessfulLeases = _granted,
                TotalFailedLeases = _refused,
                AvailableBytes = available,
                LeasedBytes = _ledger.Leased,
                ReservedBytes = _ledger.Reserved,
                OpenLeases = _open.Count,
                OldestLeaseAge = _open.First is { } oldest ? _time.GetElapsedTime(oldest.Value.Since) : null,
                QueuedRequests = _queue.Count,
                StarvedFor = _open.Count == 0 ? _starvation.Duration(room.Left) : null,
                UnmeasuredLeases = _unmeasured,
                StoppedReason = _stopped,
            };
        }
    }

    /// <summary>Takes back a lease; each lease calls it once.</summary>
    internal void GiveBack(HeadroomLease lease)
    {
        lock (_lock)
        {
            _open.Remove(lease.Place);
            _ledger.Close(lease.Bytes);
            _durations.Add(_time.GetElapsedTime(lease.Since));
        }

        Look();
    }

    private HeadroomLease AttemptAcquireBytes(long bytes)
    {
        // Not logged: who tries may wait next, as ASP.NET Core does.
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var room = Measure();
            return Answer(bytes, room) ?? Refuse(HeadroomText.Short(bytes, room.Left ?? 0));
        }
    }

    private ValueTask<RateLimitLease> AcquireBytesAsync(long bytes, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<RateLimitLease>(cancellationToken);
        }

        HeadroomLease? lease;
        HeadroomRequest? request = null;
        List<(HeadroomRequest Request, HeadroomLease Lease)> displaced = [];
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var (room, settings) = (Measure(), _options().Headroom);
            lease = Answer(bytes, room);
            if (lease is null && !MakeRoom(bytes, settings, displaced))
            {
                var hasQueue = bytes > 0 && settings.QueueLimit.Bytes > 0;
                lease = Refuse(hasQueue ? HeadroomText.QueueFull(bytes, settings.QueueLimit.Bytes) : HeadroomText.Short(bytes, room.Left ?? 0));
            }

            if (lease is null)
            {
                request = new(bytes, _time.GetTimestamp(), settings.QueueTimeout);
                _queue.Add(request);
                _timer.Change(LookEvery, LookEvery);
            }
        }

        Answer(displaced);
        return request is null ? new(Told(lease!)) : new(WaitAsync(request, cancellationToken));
    }

    /// <inheritdoc/>
    protected override RateLimitLease AttemptAcquireCore(int permitCount) => AttemptAcquireBytes(permitCount * Megabyte);

    /// <inheritdoc/>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        AcquireBytesAsync(permitCount * Megabyte, cancellationToken);

    /// <summary>Refuses what waits. Open leases may still be disposed.</summary>
    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        List<(HeadroomRequest Request, HeadroomLease Lease)> refused = [];
        lock (_lock)
        {
            _isDisposed = true;
            foreach (var request in _queue.All())
            {
                _queue.Remove(request);
                refused.Add((request, Refuse(HeadroomText.Disposed)));
            }
        }

        _timer.Dispose();
        Answer(refused);
    }

    private static Func<MemoryWatchOptions> Checked(MemoryWatchOptions options) => options.Validate() is { Count: > 0 } problems
        ? throw new ArgumentException(string.Join(' ', problems), nameof(options))
        : () => options;

    private async Task<RateLimitLease> WaitAsync(HeadroomRequest request, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.UnsafeRegister(
            (state, token) =>
            {
                bool wasWaiting;
                lock (_lock)
                {
                    wasWaiting = _queue.Remove((HeadroomRequest)state!);
                }

                if (wasWaiting)
                {
                    ((HeadroomRequest)state!).Cancel(token);

                    // It may have been the one that the others waited behind.
                    Look();
                }
            },
            request);
        return await request.Answered.ConfigureAwait(false);
    }

    /// <summary>Answers all that waits and can be answered now.</summary>
    private void Look()
    {
        List<(HeadroomRequest Request, HeadroomLease Lease)> answers = [];
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            var newestFirst = _options().Headroom.QueueNewestFirst;
            var room = Measure();
            while (_queue.Next(newestFirst) is { } request && (Refusal(request.Bytes, room) ?? Grant(request.Bytes, room)) is { } lease)
            {
                _queue.Remove(request);
                answers.Add((request, lease));
                room = Measure();
            }

            foreach (var request in _queue.All())
            {
                if (_time.GetElapsedTime(request.Since) >= request.TimeLimit)
                {
                    _queue.Remove(request);
                    answers.Add((request, Refuse(HeadroomText.TimedOut(request.Bytes, request.TimeLimit))));
                }
            }

            var every = _queue.Count == 0 ? LearnEvery : LookEvery;
            _timer.Change(every, every);
        }

        Answer(answers);
    }

    // Under the lock, as the following members.

    /// <summary>The answer to a new request; <see langword="null"/> if it has to wait.</summary>
    private HeadroomLease? Answer(long bytes, in Room room)
    {
        // Nobody overtakes those who wait, except for the newest if it goes first, and for who only asks whether there is room.
        var isNext = bytes == 0 || _queue.Count == 0 || _options().Headroom.QueueNewestFirst;
        return Refusal(bytes, room) ?? (isNext ? Grant(bytes, room) : null);
    }

    /// <summary>The refusal of a request for which waiting does not help; <see langword="null"/> if it may help.</summary>
    private HeadroomLease? Refusal(long bytes, in Room room)
    {
        if (_stopped is { } reason)
        {
            return Refuse(reason);
        }

        var most = Most(room);
        return room.Left is not null && bytes > most ? Refuse(HeadroomText.Never(bytes, most), isForever: true) : null;
    }

    /// <summary>Grants a request; <see langword="null"/> if it does not fit.</summary>
    private HeadroomLease? Grant(long bytes, in Room room)
    {
        if (room.Left < bytes)
        {
            if (_open.Count == 0)
            {
                _starvation.Begin(bytes);
            }

            _watch.ReportAdmission(isStarved: _open.Count == 0 && _starvation.Duration(room.Left) >= StarvedAfter);

            return null;
        }

        _starvation.End();
        if (room.Left is not null)
        {
            _watch.ReportAdmission(isStarved: false);
        }

        var basis = room.Left is null ? HeadroomBasis.Unmeasured
            : room.Left - room.Reclaimable < bytes ? HeadroomBasis.Reclaimable
            : HeadroomBasis.Measured;
        var lease = HeadroomLease.Granted(this, bytes, _time.GetTimestamp(), basis);
        _granted++;
        _unmeasured += basis == HeadroomBasis.Unmeasured ? 1 : 0;
        _open.AddLast(lease.Place);
        _ledger.Open(bytes);
        return lease;
    }

    /// <summary>What memory leaves at best: known only when it has been looked at for a while.</summary>
    private long Most(in Room room) =>
        _mostRoom is { } seen && _time.GetElapsedTime(_measuredSince) >= LearnFor ? Math.Max(Megabyte, seen) : room.Ceiling;

    private Room Measure()
    {
        var reading = _gauge.Read();
        if (reading.Room is not { } room)
        {
            return default;
        }

        _ledger.Observe(reading.Level);
        _measuredSince = _mostRoom is null ? _time.GetTimestamp() : _measuredSince;
        _mostRoom = Math.Max(_mostRoom ?? room, room);
        return new(room - _ledger.Reserved, reading.Reclaimable, reading.Ceiling);
    }

    /// <summary>Whether the queue takes the request; the oldest ones leave it for that if the newest goes first.</summary>
    private bool MakeRoom(long bytes, HeadroomOptions settings, List<(HeadroomRequest Request, HeadroomLease Lease)> displaced)
    {
        var limit = settings.QueueLimit.Bytes;
        if (bytes == 0 || bytes > limit)
        {
            return false;
        }

        while (_queue.Bytes + bytes > limit && settings.QueueNewestFirst && _queue.Oldest is { } oldest)
        {
            _queue.Remove(oldest);
            displaced.Add((oldest, Refuse(HeadroomText.Displaced(oldest.Bytes))));
        }

        return _queue.Bytes + bytes <= limit;
    }

    private HeadroomLease Refuse(string reason, bool isForever = false)
    {
        _refused++;
        _log.Count();
        return HeadroomLease.Refused(reason, isForever ? null : _durations.RetryAfter);
    }

    private long NeedOf(string operation)
    {
        var need = _needs.Of(operation);
        lock (_lock)
        {
            // An estimate is no reason to refuse for good.
            var room = Measure();
            return room.Left is null ? need : Math.Min(need, Most(room));
        }
    }

    private void Answer(List<(HeadroomRequest Request, HeadroomLease Lease)> answers)
    {
        foreach (var (request, lease) in answers)
        {
            request.Answer(lease);
            Told(lease);
        }
    }

    /// <summary>Logs a refusal; outside of the lock, because loggers are the application's.</summary>
    private HeadroomLease Told(HeadroomLease lease)
    {
        if (lease.Reason is { } reason && _log.IsDue())
        {
            int open;
            long leased;
            lock (_lock)
            {
                (open, leased) = (_open.Count, _ledger.Leased / Megabyte);
            }

            _log.Refused(reason, open, leased);
        }

        return lease;
    }

    /// <param name="Left">What can be granted now, in bytes; <see langword="null"/> if nothing is measured.</param>
    /// <param name="Reclaimable">The part of it that is there only after a GC.</param>
    /// <param name="Ceiling">The level up to which leases are granted.</param>
    private readonly record struct Room(long? Left, long Reclaimable, long Ceiling);
}
