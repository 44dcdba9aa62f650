namespace MemoryWatch.Guard;

/// <summary>Is called once when a plug-in starts to fail and once when it recovers, not at every call.</summary>
internal interface IPluginListener
{
    /// <param name="plugin">The plug-in that failed.</param>
    /// <param name="error">The exception that it threw, or <see langword="null"/> if it did not answer in time.</param>
    /// <param name="rest">How long it is not called.</param>
    void OnFault(GuardedPlugin plugin, Exception? error, TimeSpan rest);

    void OnRecovery(GuardedPlugin plugin);

    /// <summary>Is called when so many calls have not returned that no new helper thread is started until one of them does.</summary>
    void OnExhausted();
}
