namespace MemoryWatch.Guard;

/// <summary>Is told when a plug-in starts or stops misbehaving: once each, not at every call.</summary>
internal interface IPluginListener
{
    /// <param name="plugin">What failed.</param>
    /// <param name="error">What it threw, or <see langword="null"/> where it did not answer in time.</param>
    /// <param name="rest">How long it is left alone.</param>
    void OnFault(GuardedPlugin plugin, Exception? error, TimeSpan rest);

    void OnRecovery(GuardedPlugin plugin);

    /// <summary>So many calls never returned that no thread is spent on plug-ins until one does.</summary>
    void OnExhausted();
}
