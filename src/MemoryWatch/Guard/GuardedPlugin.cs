namespace MemoryWatch.Guard;

/// <summary>
/// One thing that a user plugged in, with what the watch remembers of its behaviour. It is called by a
/// <see cref="PluginRunner"/>, which never lets it take the watch down or hold it up.
/// </summary>
/// <remarks>
/// A round is: <see cref="Prepare"/> and <see cref="Settle"/> on the thread that asks, <see cref="Enter"/> and
/// <see cref="Call"/> in between on a helper thread. A call that was abandoned may return any time later; until it does, the plug-in is not called
/// again, so what it writes is never read by another round.
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

    /// <summary>What it is, such as <c>Metric</c>.</summary>
    public string Kind { get; } = kind;

    /// <summary>What it is called; safe to print.</summary>
    public string Name { get; } = name;

    /// <summary>Whether a call, abandoned or not, is under way.</summary>
    protected bool IsInCall => _inCall;

    /// <summary>Whether it takes part in this round.</summary>
    public bool IsDue { get; private set; }

    /// <summary>Whether the last round brought an answer, so that its results may be read.</summary>
    public bool Answered { get; private set; }

    /// <summary>What it threw in the last round; nothing where it did not, or never returned.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Begins a round.</summary>
    public void Prepare(DateTimeOffset now)
    {
        Answered = false;
        IsDue = !_inCall && now >= _restsUntil;
        if (IsDue)
        {
            (_error, _returned) = (null, false);
        }
    }

    /// <summary>Leaves it out of this round through no fault of its own.</summary>
    public void Skip() => IsDue = false;

    /// <summary>Notes that <see cref="Call"/> comes next, come what may.</summary>
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
            // Whatever a plug-in throws is told to the listener when the round is settled.
            _error = exception;
        }
        finally
        {
            _returned = true;
            _inCall = false;
        }
    }

    /// <summary>Ends the round: notes whether it answered, and sends it to rest where it did not.</summary>
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
