namespace DownloaderBot.Tests.Telegram.Sessions;

/// <summary>
/// Charges an async flow with what is allocated on the threads that it runs on, by the same means as a watch can: each time a
/// flow comes to a thread or leaves it, the thread's count is read.
/// </summary>
internal sealed class FlowMeter
{
    [ThreadStatic]
    private static long _countBefore;

    private readonly AsyncLocal<Charge?> _flow = new(Switch);

    /// <summary>Bytes that a flow allocated from start to end.</summary>
    public async Task<long> MeasureAsync(Func<Task> work)
    {
        var charge = new Charge();
        await Task.Run(async () =>
        {
            _flow.Value = charge;
            await work();
            _flow.Value = null;
        });
        return charge.Bytes;
    }

    private static void Switch(AsyncLocalValueChangedArgs<Charge?> change)
    {
        var count = GC.GetAllocatedBytesForCurrentThread();
        if (change.PreviousValue is { } charge)
        {
            Interlocked.Add(ref charge.Bytes, count - _countBefore);
        }

        _countBefore = count;
    }

    private sealed class Charge
    {
        public long Bytes;
    }
}
