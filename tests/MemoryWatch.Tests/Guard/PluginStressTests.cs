using System.Diagnostics;
using MemoryWatch.Guard;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Guard;

public sealed class PluginStressTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(4);
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingPluginListener _listener = new();
    private readonly StuckThreads _stuck = new();

    [Fact]
    public async Task Calls_that_come_back_while_they_are_given_up_are_never_lost_and_never_deadlock()
    {
        using var one = new PluginRunner(_listener, _stuck, _time, Limit / 4);
        using var two = new PluginRunner(_listener, _stuck, _time, Limit / 4);
        var running = 0;
        var overlaps = 0;

        await Task.WhenAll(Rounds(one, 1), Rounds(two, 2)).WaitAsync(Deadline.Backstop);

        overlaps.Should().Be(0, "a plug-in is never called while an earlier call of it is under way");
        Deadline.Until(() => Volatile.Read(ref running) == 0 && !_stuck.IsFull, "every call returns and its thread is counted off");

        Task Rounds(PluginRunner runner, int seed) => Task.Factory.StartNew(
            () =>
            {
                var random = new Random(seed);
                var inside = new int[3];
                FakePlugin[] plugins = [.. Enumerable.Range(0, 3).Select(i => new FakePlugin($"{seed}.{i}"))];
                for (var i = 0; i < plugins.Length; i++)
                {
                    var index = i;
                    plugins[i].OnInvoke = () =>
                    {
                        Interlocked.Increment(ref running);
                        Interlocked.Add(ref overlaps, Interlocked.Exchange(ref inside[index], 1));
                        Spin(Limit / 4 * (random.NextDouble() + 0.3));
                        Volatile.Write(ref inside[index], 0);
                        Interlocked.Decrement(ref running);
                    };
                }

                for (var round = 0; round < 400; round++)
                {
                    runner.Run(plugins);
                    _time.Advance(TimeSpan.FromHours(1));
                }
            },
            TaskCreationOptions.LongRunning);
    }

    [Fact]
    public void The_steady_state_allocates_nothing_on_either_thread()
    {
        using var runner = new PluginRunner(_listener, _stuck, _time, Deadline.Backstop);
        long helperBytes = 0;
        var helper = new FakePlugin("P", () => helperBytes = GC.GetAllocatedBytesForCurrentThread());
        FakePlugin[] plugins = [new("A"), helper, new("B")];
        Rounds(50);
        var (helperBefore, callerBefore) = (helperBytes, GC.GetAllocatedBytesForCurrentThread());

        Rounds(1000);

        (GC.GetAllocatedBytesForCurrentThread() - callerBefore).Should().Be(0);
        (helperBytes - helperBefore).Should().Be(0);

        void Rounds(int count)
        {
            for (var i = 0; i < count; i++)
            {
                runner.Run(plugins);
            }
        }
    }

    private static void Spin(TimeSpan duration)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            Thread.SpinWait(20);
        }
    }
}
