namespace MemoryWatch.Tests.Support;

/// <summary>Waits for what must happen soon; how long is only a backstop that a sound test never reaches.</summary>
internal static class Deadline
{
    public static readonly TimeSpan Backstop = TimeSpan.FromSeconds(30);

    public static void Until(Func<bool> condition, string what) => SpinWait.SpinUntil(condition, Backstop).Should().BeTrue(what);

    /// <summary>The same for what takes microseconds and happens thousands of times: it yields and never sleeps, which takes a millisecond.</summary>
    public static void UntilSoon(Func<bool> condition, string what)
    {
        for (var start = TimeProvider.System.GetTimestamp(); !condition(); Thread.Yield())
        {
            TimeProvider.System.GetElapsedTime(start).Should().BeLessThan(Backstop, what);
        }
    }

    /// <summary>Waits for a gate to open.</summary>
    public static void Until(ManualResetEventSlim gate, string what) => gate.Wait(Backstop).Should().BeTrue(what);
}
