namespace MemoryWatch.Tests.Support;

/// <summary>Counts how often it was trimmed, from any thread.</summary>
internal sealed class FakeNativeHeap
{
    private int _trims;

    public int Trims => Volatile.Read(ref _trims);

    public Action? OnTrim { get; init; }

    public void Trim()
    {
        Interlocked.Increment(ref _trims);
        OnTrim?.Invoke();
    }
}
