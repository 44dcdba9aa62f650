namespace MemoryWatch.Tests.Simulation.Faults;

/// <summary>Counts all calls to an application's plug-ins, of which one throws or hangs: the n-th.</summary>
internal sealed class FailingCalls(int n, bool hangs) : IDisposable
{
    private readonly ManualResetEventSlim _gate = new();
    private int _calls;

    /// <summary>The call that failed; <see langword="null"/> if there were fewer than n.</summary>
    public string? Failed { get; private set; }

    /// <summary>Lets a call that hangs return; from now on no call fails.</summary>
    public void Release() => _gate.Set();

    public T Call<T>(string what, T answer, bool mayHang = true)
    {
        if (_gate.IsSet || Interlocked.Increment(ref _calls) != n)
        {
            return answer;
        }

        Failed = what;
        if (!hangs)
        {
            throw new InvalidOperationException($"{what} was failed by the test.");
        }

        if (mayHang)
        {
            _gate.Wait();
        }

        return answer;
    }

    // Not disposed of: a thread may still be leaving the gate.
    public void Dispose() => _gate.Set();
}
