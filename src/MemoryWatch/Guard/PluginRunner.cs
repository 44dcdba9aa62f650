using System.Diagnostics.CodeAnalysis;

namespace MemoryWatch.Guard;

/// <summary>
/// Calls plug-ins on a helper thread, so that none of them can stop or delay the watch. If a call takes too long, the helper thread is abandoned
/// with it. Used by one caller at a time.
/// </summary>
internal sealed class PluginRunner(IPluginListener listener, StuckThreads stuck, TimeProvider time, TimeSpan limit) : IDisposable
{
    private PluginThread? _thread;
    private volatile bool _disposed;

    /// <summary>Whether a call is under way, so that tests can wait for its end.</summary>
    public bool IsWorking => _thread?.HasFinished() == false;

    /// <summary>
    /// Calls each plug-in that is due and waits for it, for at most the time limit each. Afterward each plug-in shows whether it has answered.
    /// </summary>
    public void Run(GuardedPlugin[] plugins)
    {
        var now = time.GetUtcNow();

        // Each pass of the loop ends at the end of the list or after a plug-in that hung.
        for (var first = Prepare(plugins, now) ? 0 : plugins.Length; first < plugins.Length;)
        {
            var end = plugins.Length;
            var hung = -1;
            if (!TryGetThread(out var thread) || !thread.TryBegin(plugins, first))
            {
                Skip(plugins, first);
            }
            else if (!thread.Finish(limit))
            {
                hung = thread.Index;
                end = hung + 1;
                GiveUpThread();
            }

            for (; first < end; first++)
            {
                plugins[first].Settle(now, first == hung, listener);
            }
        }
    }

    /// <summary>Starts calling one plug-in without waiting for it; <see cref="TryEnd"/> ends the round.</summary>
    /// <returns>Whether the call was started; <see langword="false"/> if the plug-in is not due or no helper thread is available.</returns>
    public bool TryBegin(GuardedPlugin[] plugin)
    {
        if (!Prepare(plugin, time.GetUtcNow()))
        {
            return false;
        }

        if (TryGetThread(out var thread) && thread.TryBegin(plugin, 0))
        {
            return true;
        }

        Skip(plugin, 0);
        return false;
    }

    /// <summary>Ends the round that <see cref="TryBegin"/> started, if the call has returned.</summary>
    /// <param name="plugin">The plug-in that was started.</param>
    /// <param name="giveUp">Whether to end the round even if the call has not returned.</param>
    /// <returns>Whether the round has ended.</returns>
    public bool TryEnd(GuardedPlugin[] plugin, bool giveUp)
    {
        var abandoned = false;
        if (_thread is { } thread && !thread.HasFinished())
        {
            if (!giveUp)
            {
                return false;
            }

            abandoned = thread.TryAbandon();
            if (abandoned)
            {
                GiveUpThread();
            }
        }

        plugin[0].Settle(time.GetUtcNow(), abandoned, listener);
        return true;
    }

    /// <summary>Ends the helper thread; it still finishes a round under way.</summary>
    public void Dispose()
    {
        _disposed = true;
        _thread?.Stop();
    }

    private static bool Prepare(GuardedPlugin[] plugins, DateTimeOffset now)
    {
        var anyDue = false;
        foreach (var plugin in plugins)
        {
            plugin.Prepare(now);
            anyDue |= plugin.IsDue;
        }

        return anyDue;
    }

    private static void Skip(GuardedPlugin[] plugins, int first)
    {
        for (var i = first; i < plugins.Length; i++)
        {
            plugins[i].Skip();
        }
    }

    private bool TryGetThread([NotNullWhen(true)] out PluginThread? thread)
    {
        thread = _disposed ? null : _thread;
        if (thread is not null)
        {
            return true;
        }

        if (_disposed)
        {
            return false;
        }

        if (stuck.IsFull)
        {
            if (stuck.TryReport())
            {
                listener.OnExhausted();
            }

            return false;
        }

        thread = _thread = new PluginThread(stuck.Remove);
        return true;
    }

    private void GiveUpThread()
    {
        stuck.Add();
        _thread = null;
    }
}
