using DownloaderBot.Logging;
using MemoryWatch;

namespace DownloaderBot.Sessions;

/// <summary>
/// The connected sessions, one per user and at most <see cref="BotOptions.MaxSessions"/>. To free a place, the manager disconnects the least
/// recently used idle session; its user stays logged in and is connected again when needed.
/// </summary>
internal sealed class SessionManager(
    IUserSessionFactory factory, IMemoryWatch watch, BotOptions options, ILogger<SessionManager> logger) : IHostedService
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, SessionSlot> _slots = [];
    private TaskCompletionSource _freed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _uses;
    private int _connected;

    /// <summary>Number of sessions connected now.</summary>
    public int Count => Volatile.Read(ref _connected);

    /// <summary>Returns the user's session and connects it if needed; waits while every session is in use.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="cancel">Cancels waiting and connecting.</param>
    /// <param name="report">Called with whether the user has a place: once before a wait, and once before connecting. It must not throw.</param>
    public async Task<SessionLease> AcquireAsync(long userId, CancellationToken cancel, Func<bool, Task>? report = null)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var freed = Volatile.Read(ref _freed).Task;
            if (await TryAcquireAsync(tracks: true, userId, report, cancel) is { } lease)
            {
                return lease;
            }

            if (isFirst && report is not null)
            {
                await report(false);
            }

            await freed.WaitAsync(cancel);
        }
    }

    /// <summary>
    /// As <see cref="AcquireAsync"/>, but returns <see langword="null"/> at once if every session is in use. Connecting is part of the caller's
    /// operation.
    /// </summary>
    public Task<SessionLease?> TryAcquireAsync(long userId, CancellationToken cancel) =>
        TryAcquireAsync(tracks: false, userId, report: null, cancel);

    /// <summary>
    /// Disconnects a user. Returns <see langword="false"/> if the session is in use, <see langword="true"/> also if there is none.
    /// </summary>
    public async Task<bool> TryDisconnectAsync(long userId)
    {
        SessionSlot? slot;
        lock (_lock)
        {
            if (!_slots.TryGetValue(userId, out slot))
            {
                return true;
            }

            if (slot.Uses > 0)
            {
                return false;
            }

            _slots.Remove(userId);
        }

        await DisconnectAsync(slot);
        SignalFreed();
        return true;
    }

    /// <summary>Disconnects the users whose sessions are not in use; returns their number. They are connected again when needed.</summary>
    public async Task<int> DisconnectIdleAsync()
    {
        var disconnected = await DisconnectAsync(static slot => slot.Uses == 0);
        SignalFreed();
        return disconnected;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Disconnects all users at the end, if that is possible in time.</summary>
    public async Task StopAsync(CancellationToken cancellationToken) =>
        await ((Task)DisconnectAsync(static slot => slot.Session.Task.IsCompletedSuccessfully)).WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task<int> DisconnectAsync(Func<SessionSlot, bool> which)
    {
        SessionSlot[] slots;
        lock (_lock)
        {
            slots = [.. _slots.Values.Where(which)];
            Array.ForEach(slots, slot => _slots.Remove(slot.UserId));
        }

        // In parallel: if the network is gone, each disconnect takes seconds, and a stop has ten in all.
        await Task.WhenAll(slots.Select(DisconnectAsync));
        return slots.Length;
    }

    private async Task<SessionLease?> TryAcquireAsync(bool tracks, long userId, Func<bool, Task>? report, CancellationToken cancel)
    {
        if (Reserve(userId, out var isNew, out var idle) is not { } slot)
        {
            return null;
        }

        try
        {
            if (idle is not null)
            {
                await DisconnectAsync(idle);
            }

            if (report is not null)
            {
                await report(true);
            }

            if (isNew)
            {
                await (tracks ? ConnectTrackedAsync(slot, cancel) : ConnectAsync(slot, cancel));
            }

            return new(await slot.Session.Task.WaitAsync(cancel), () => Release(slot));
        }
        catch
        {
            Release(slot);
            throw;
        }
    }

    /// <summary>Returns the user's slot, or a new one with the idle slot that it replaces; <see langword="null"/> if all are in use.</summary>
    private SessionSlot? Reserve(long userId, out bool isNew, out SessionSlot? idle)
    {
        lock (_lock)
        {
            idle = null;
            isNew = !_slots.TryGetValue(userId, out var slot);
            if (isNew)
            {
                if (_slots.Count >= options.MaxSessions)
                {
                    idle = _slots.Values.Where(s => s.Uses == 0).MinBy(s => s.LastUse);
                    if (idle is null)
                    {
                        return null;
                    }

                    _slots.Remove(idle.UserId);
                }

                _slots.Add(userId, slot = new(userId));
            }

            slot!.Uses++;
            slot.LastUse = ++_uses;
            return slot;
        }
    }

    private void Release(SessionSlot slot)
    {
        lock (_lock)
        {
            slot.Uses--;
        }

        SignalFreed();
    }

    /// <summary>Connects in a quiet operation: a large session is in the log, and a small one only in the totals.</summary>
    private async Task ConnectTrackedAsync(SessionSlot slot, CancellationToken cancel)
    {
        using var scope = watch.Track("Connect", $"User {slot.UserId}", OperationVerbosity.Quiet);
        try
        {
            await ConnectAsync(slot, cancel);
        }
        catch (Exception exception)
        {
            // What a platform says of a session may hold its key.
            scope.Fail(RedactedException.Of(exception));
            throw;
        }
    }

    private async Task ConnectAsync(SessionSlot slot, CancellationToken cancel)
    {
        try
        {
            slot.Session.SetResult(await factory.LogInAsync(slot.UserId, cancel));
        }
        catch (Exception exception)
        {
            lock (_lock)
            {
                _slots.Remove(slot.UserId);
            }

            slot.Session.SetException(exception);
            _ = slot.Session.Task.Exception;
            throw;
        }

        var total = Interlocked.Increment(ref _connected);
        watch.Mark("Session Created", $"User {slot.UserId} - Total sessions: {total}");
    }

    private async Task DisconnectAsync(SessionSlot slot)
    {
        var session = await slot.Session.Task;
        try
        {
            await session.DisposeAsync();
        }
        catch (Exception exception)
        {
            // The session is removed from the list either way; a connection that cannot close cleanly is not kept.
            logger.DisconnectFailed(slot.UserId, RedactedException.Of(exception));
        }

        var total = Interlocked.Decrement(ref _connected);
        watch.Mark("Session Disconnected", $"User {slot.UserId} - Total sessions: {total}");

        // From here on the session is garbage; if something keeps it, the log says so.
        watch.ExpectCollected(session, "UserSession", $"User {slot.UserId}");
    }

    private void SignalFreed() =>
        Interlocked.Exchange(ref _freed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}
