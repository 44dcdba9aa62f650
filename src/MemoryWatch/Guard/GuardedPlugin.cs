namespace MemoryWatch.Guard;

/// <summary>
/// A user's plug-in, with the history of its failures. A <see cref="PluginRunner"/> calls it and never lets it stop or delay the watch.
/// </summary>
/// <remarks>
/// In each round, the calling thread runs <see cref="Prepare"/> and <see cref="Settle"/>; in between, a helper thread runs <see cref="Enter"/> and
/// <see cref="Call"/>. An abandoned call may return at any later time. Until it returns, the plug-in is not called again, so another round never
/// reads what the abandoned call writes.
/// </remarks>
internal abstract class GuardedPlugin(string kind, string name)
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(10);

    private volatile bool _inCall;
    private volatile bool _returned;
    private Exception? _error;
    private Backoff _faults;
    private DateTimeOffset _restsUntil = DateTimeOffset.MinValue;

    /// <summary>Kind of the plug-in, such as <c>Metric</c>.</summary>
    public string Kind { get; } = kind;

    /// <summary>Name of the plug-in; safe to print.</summary>
    public string Name { get; } = name;

    /// <summary>Whether a call is under way, abandoned or not.</summary>
    protected bool IsInCall => _inCall;

    /// <summary>Whether the plug-in takes part in this round.</summary>
    public bool IsDue { get; private set; }

    /// <summary>Whether the plug-in answered in the last round, so that its results may be read.</summary>
    public bool Answered { get; private set; }

    /// <summary>The exception of the last round; <see langword="null"/> if the plug-in did not throw or did not return.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Whether the plug-in can be called: no call is under way, and it does not rest after a fault.</summary>
    public bool IsReady(DateTimeOffset now) => !_inCall && now >= _restsUntil;

    /// <summary>Begins a round.</summary>
    public void Prepare(DateTimeOffset now)
    {
        Answered = false;
        IsDue = IsReady(now);
        if (IsDue)
        {
            (_error, _returned) = (null, false);
        }
    }

    /// <summary>Leaves the plug-in out of this round without counting a failure.</summary>
    public void Skip() => IsDue = false;

    /// <summary>Marks the call as under way; <see cref="Call"/> must follow.</summary>
    public void Enter() => _inCall = true;

    /// <summary>Calls the user's code; on a helper thread, after <see cref="Enter"/>.</summary>
    public void Call()
    {
        try
        {
            Invoke();
        }
        catch (Exception exception)
        {
            // A plug-in may throw anything; Settle handles it when the round ends.
            _error = exception;
        }
        finally
        {
            _returned = true;
            _inCall = false;
        }
    }

    /// <summary>Ends the round: notes whether the plug-in answered, and lets it rest if it did not.</summary>
    public void Settle(DateTimeOffset now, bool abandoned, IPluginListener listener)
    {
        if (!IsDue)
        {
            return;
        }

        IsDue = false;
        Error = abandoned ? null : _error;
        Answered = !abandoned && _returned && Error is null;
        if (Answered)
        {
            if (_faults.IsFailing)
            {
                _faults.Succeeded();
                listener.OnRecovery(this);
            }

            return;
        }

        var isFirst = !_faults.IsFailing;
        _faults.Failed();
        var rest = _faults.Pause(FirstRest, LongestRest);
        _restsUntil = now + rest;
        if (isFirst)
        {
            listener.OnFault(this, Error, rest);
        }
    }

    /// <summary>The user's code. It may throw or hang.</summary>
    protected abstract void Invoke();
}
