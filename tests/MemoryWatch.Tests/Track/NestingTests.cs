using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Track;

public class NestingTests
{
    private readonly OperationsBench _bench = new();

    [Fact]
    public void An_operation_runs_inside_of_the_one_around_it_and_one_after_it_beside_it()
    {
        using var outer = _bench.Track("Outer");
        using (var inner = _bench.Track("Inner"))
        {
            ParentOf(inner).Should().Be(outer.Id);
        }

        using var next = _bench.Track("Next");
        ParentOf(outer).Should().Be(0);
        ParentOf(next).Should().Be(outer.Id);
    }

    [Fact]
    public async Task Nesting_goes_across_awaits_and_other_threads()
    {
        using var outer = _bench.Track("Outer");
        await Task.Yield();
        await Task.Run(async () =>
        {
            using var inner = _bench.Track("Inner");
            await Task.Yield();
            ParentOf(inner).Should().Be(outer.Id);
            await Task.Run(() =>
            {
                using var innermost = _bench.Track("Innermost");
                ParentOf(innermost).Should().Be(inner.Id);
            });
        });

        using var next = _bench.Track("Next");
        ParentOf(next).Should().Be(outer.Id);
    }

    [Fact]
    public async Task Flows_side_by_side_do_not_nest_in_each_other()
    {
        using var outer = _bench.Track("Outer");
        using var both = new Barrier(2);
        Task Flow(string name) => Task.Factory.StartNew(
            () =>
            {
                using var scope = _bench.Track(name);
                both.SignalAndWait();
                using var inner = _bench.Track(name + " inner");
                (ParentOf(scope), ParentOf(inner)).Should().Be((outer.Id, scope.Id));
                both.SignalAndWait();
            },
            TaskCreationOptions.LongRunning);

        await Task.WhenAll(Flow("A"), Flow("B")).WaitAsync(Deadline.Backstop);
    }

    [Fact]
    public async Task What_outlives_its_parent_starts_new_operations_inside_of_the_next_one_that_still_runs()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<long> loop;
        using var root = _bench.Track("Root");
        using (_bench.Track("Request"))
        {
            loop = Task.Run(async () =>
            {
                await ended.Task;
                using var later = _bench.Track("Later");
                return ParentOf(later);
            });
        }

        ended.SetResult();

        (await loop.WaitAsync(Deadline.Backstop)).Should().Be(root.Id);
    }

    [Fact]
    public async Task What_outlives_all_of_them_starts_operations_of_its_own()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<long> loop;
        using (_bench.Track("Root"))
        using (_bench.Track("Request"))
        {
            loop = Task.Run(async () =>
            {
                await ended.Task;
                using var later = _bench.Track("Later");
                return ParentOf(later);
            });
        }

        ended.SetResult();

        (await loop.WaitAsync(Deadline.Backstop)).Should().Be(0);
    }

    [Fact]
    public void Ending_out_of_order_leaves_the_one_that_still_runs_current()
    {
        var outer = _bench.Track("Outer");
        var inner = _bench.Track("Inner");
        outer.Dispose();
        using (var next = _bench.Track("Next"))
        {
            ParentOf(next).Should().Be(inner.Id);
        }

        inner.Dispose();
        using var last = _bench.Track("Last");
        ParentOf(last).Should().Be(0);
    }

    [Fact]
    public async Task Ending_on_another_flow_leaves_that_flows_own_operation_current()
    {
        using var outer = _bench.Track("Outer");
        var inner = _bench.Track("Inner");
        await Task.Run(() =>
        {
            using var own = _bench.Track("Own");
            inner.Dispose();
            using var next = _bench.Track("Next");
            ParentOf(next).Should().Be(own.Id);
        });

        // This flow was not told that the inner one has ended, and finds the one around it all the same.
        using var after = _bench.Track("After");
        ParentOf(after).Should().Be(outer.Id);
    }

    [Fact]
    public void Operations_that_hand_over_to_one_another_for_ever_do_not_pile_up()
    {
        var current = _bench.Track("0");
        for (var i = 1; i < 1000; i++)
        {
            var next = _bench.Track("Next");
            current.Dispose();
            current = next;
        }

        Depth(current).Should().BeLessThan(3);
        current.Dispose();
        _bench.InFlight.Should().BeEmpty();
    }

    private static int Depth(OperationScope scope)
    {
        var depth = 0;
        for (var at = scope.Inside().Parent; at is not null; at = at.Parent)
        {
            depth++;
        }

        return depth;
    }

    private long ParentOf(OperationScope scope) => _bench.Find(scope).ParentId;
}
