using MemoryWatch.Tests.Support;
using MemoryWatch.Track;

namespace MemoryWatch.Tests.Track;

/// <summary>The list of threads that run operations: who is in it, and that it stays small.</summary>
public sealed class FlowThreadsTests
{
    [Fact]
    public void Ten_thousand_threads_one_after_the_other_take_few_places()
    {
        var threads = new FlowThreads();

        for (var i = 0; i < 10_000; i++)
        {
            var thread = new Thread(() => threads.AddCurrent());
            thread.Start();
            thread.Join();
        }

        threads.Count.Should().BeLessThan(100);
    }

    [Fact]
    public void Threads_that_live_keep_their_places()
    {
        var threads = new FlowThreads();
        var living = Enumerable.Range(0, 200).Select(i => new FlowThread(i + 1, null, null)).ToArray();

        Array.ForEach(living, threads.Add);

        Stays(threads).Select(s => s.Thread).Should().Equal(living);
    }

    [Fact]
    public void A_thread_that_ended_within_an_operation_is_not_alive()
    {
        FlowThread? ended = null;
        var thread = new Thread(() => ended = new(1, Thread.CurrentThread, null));
        thread.Start();
        thread.Join();

        ended!.IsAlive.Should().BeFalse();
        new FlowThread(1, Thread.CurrentThread, null).IsAlive.Should().BeTrue();
    }

    [Fact]
    public void A_thread_is_known_with_the_operation_whose_flow_it_runs()
    {
        var bench = new OperationsBench();
        using var outer = bench.Track("Outer");
        var before = Here();
        using (var inner = bench.Track("Inner"))
        {
            Here().Should().BeSameAs(inner);
        }

        before.Should().BeSameAs(outer);
        Here().Should().BeSameAs(outer);
    }

    [Fact]
    public async Task A_block_entered_for_another_operation_is_known_as_its()
    {
        var bench = new OperationsBench();
        var other = await Task.Run(() => bench.Track("Other"));
        using (other.Enter())
        {
            Here().Should().BeSameAs(other);
        }

        Here().Should().BeNull();
    }

    [Fact]
    public void A_dedicated_thread_started_within_an_operation_runs_it()
    {
        var bench = new OperationsBench();
        Operation? found = null;
        using var scope = bench.Track("Export");

        var thread = new Thread(() => found = Here());
        thread.Start();
        thread.Join();

        found.Should().BeSameAs(scope);
    }

    private static List<FlowStay> Stays(FlowThreads threads)
    {
        var stays = new List<FlowStay>();
        threads.CopyTo(stays);
        return stays;
    }

    /// <summary>What the list knows of the current thread.</summary>
    private static Operation? Here()
    {
        var own = MemoryWatch.Files.Libc.GetThreadId();
        return Stays(OperationFlows.Threads).Single(s => s.Thread.KernelId == own && s.Thread.IsAlive).Operation;
    }
}
