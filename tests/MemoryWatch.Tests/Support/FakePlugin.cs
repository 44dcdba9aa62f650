using MemoryWatch.Guard;

namespace MemoryWatch.Tests.Support;

/// <summary>A plug-in that does what a test says and counts how often it is called.</summary>
internal sealed class FakePlugin(string name, Action? invoke = null) : GuardedPlugin("Test", name)
{
    private int _calls;

    /// <summary>May be replaced at any time.</summary>
    public Action? OnInvoke { get; set; } = invoke;

    public int Calls => Volatile.Read(ref _calls);

    protected override void Invoke()
    {
        Interlocked.Increment(ref _calls);
        OnInvoke?.Invoke();
    }
}
