using System.Threading.Channels;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Track;

/// <summary>What operations are charged with, by real allocations on real threads.</summary>
public sealed class AllocationTests
{
    private readonly OperationsBench _bench = new();

    [Fact]
    public async Task Sixty_four_flows_at_once_are_each_charged_with_their_own()
    {
        const int Flows = 64;
        using var together = new SemaphoreSlim(0);
        var all = Enumerable.Range(1, Flows).Select(i => Task.Run(() => Flow(i))).ToArray();
        together.Release(Flows);
        await Task.WhenAll(all).WaitAsync(Deadline.Backstop);

        for (var i = 1; i <= Flows; i++)
        {
            var name = $"{i}";
            ShouldBe(() => Ended(name).AllocatedBytes, i);
        }

        _bench.Entries.Count(e => e.Kind == JournalEntryKind.Ended).Should().Be(Flows);

        async Task Flow(int megabytes)
        {
            using var scope = _bench.Track($"{megabytes}");
            await together.WaitAsync();
            for (var i = 0; i < megabytes; i++)
            {
                Allocate.Megabytes(1);
                await Hop(i);
            }
        }

        // By turns: to the pool's queue, to another worker, to a timer's callback, without the caller's context.
        static async Task Hop(int i)
        {
            switch (i % 4)
            {
                case 0: await Task.Yield(); break;
                case 1: await Task.Run(static () => { }); break;
                case 2: await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System); break;
                default: await Task.Run(static () => Task.Yield()).ConfigureAwait(false); break;
            }
        }
    }

    [Fact]
    public async Task An_operation_is_charged_with_those_inside_of_it_and_tells_its_own()
    {
        OperationScope inner;
        using (var outer = _bench.Track("Outer"))
        {
            Allocate.Megabytes(3);
            await Task.Yield();
            using (inner = _bench.Track("Inner"))
            {
                await Task.Run(() => Allocate.Megabytes(5));
            }

            Allocate.Megabytes(2);
        }

        ShouldBe(() => Ended("Inner").AllocatedBytes, 5);
        ShouldBe(() => Ended("Inner").SelfAllocatedBytes, 5);
        ShouldBe(() => Ended("Outer").AllocatedBytes, 10);
        ShouldBe(() => Ended("Outer").SelfAllocatedBytes, 5);
    }

    [Fact]
    public async Task Work_that_fans_out_is_charged_to_the_operation_that_started_it()
    {
        using (_bench.Track("Parallel"))
        {
            await Parallel.ForAsync(0, 20, async (i, _) =>
            {
                Allocate.Megabytes(1);
                await Task.Yield();
                Allocate.Megabytes(1);
            });
            Parallel.For(0, 10, static i => Allocate.Megabytes(1));
            await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Allocate.Megabytes(1))));
        }

        ShouldBe(() => Ended("Parallel").AllocatedBytes, 60);
    }

    [Fact]
    public void A_thread_of_its_own_works_for_the_operation_that_started_it()
    {
        using (_bench.Track("Threads"))
        {
            var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() => Allocate.Megabytes(2))).ToList();
            threads.ForEach(t => t.Start());
            threads.ForEach(t => t.Join(Deadline.Backstop).Should().BeTrue());
        }

        ShouldBe(() => Ended("Threads").AllocatedBytes, 8);
    }

    [Fact]
    public void What_is_computed_without_waiting_is_counted_at_the_end_and_when_the_flow_itself_asks()
    {
        using (var scope = _bench.Track("Compute"))
        {
            Allocate.Megabytes(4);
            ShouldBe(() => scope.Allocation.AllocatedBytes, 4);
            ShouldBe(() => _bench.Find(scope).Allocation.AllocatedBytes, 4);
            Allocate.Megabytes(4);
        }

        ShouldBe(() => Ended("Compute").AllocatedBytes, 8);
    }

    [Fact]
    public async Task While_another_flow_computes_without_waiting_it_is_charged_with_what_it_had_at_least()
    {
        using var allocated = new SemaphoreSlim(0);
        using var goOn = new ManualResetEventSlim();
        OperationScope? scope = null;
        var flow = Task.Run(() =>
        {
            using (scope = _bench.Track("Compute"))
            {
                Allocate.Megabytes(4);
                allocated.Release();
                goOn.Wait(Deadline.Backstop).Should().BeTrue();
            }
        });

        await allocated.WaitAsync(Deadline.Backstop);
        _bench.Find(scope!).Allocation.AllocatedBytes.Should().BeLessThan(Mb(4));
        goOn.Set();
        await flow;
        ShouldBe(() => Ended("Compute").AllocatedBytes, 4);
    }

    [Fact]
    public async Task A_flow_that_outlives_its_operation_is_counted_after_the_end()
    {
        using var ended = new SemaphoreSlim(0);
        Task late;
        using (_bench.Track("Short"))
        {
            late = Task.Run(async () =>
            {
                Allocate.Megabytes(1);
                await ended.WaitAsync();
                Allocate.Megabytes(6);
            });

            // Looked at from no flow of the operation's, as looking allocates too.
            Task counted;
            using (ExecutionContext.SuppressFlow())
            {
                counted = Task.Run(() => Deadline.Until(
                    () => _bench.InFlight.Single().Allocation.AllocatedBytes >= Mb(1), "its first part was counted when it waited"));
            }

            await counted;
        }

        ended.Release();
        await late.WaitAsync(Deadline.Backstop);

        ShouldBe(() => Ended("Short").AllocatedBytes, 1);
        Deadline.Until(() => Totals("Short").AfterEndBytes >= Mb(6), "the rest came after the end");
        ShouldBe(() => Totals("Short").AfterEndBytes!.Value, 6);
        ShouldBe(() => Totals("Short").AllocatedTotalBytes!.Value, 1);
    }

    [Fact]
    public async Task What_outlives_an_operation_still_counts_for_those_around_it()
    {
        using var ended = new SemaphoreSlim(0);
        using (_bench.Track("Outer"))
        {
            Task late;
            using (_bench.Track("Inner"))
            {
                late = Task.Run(async () =>
                {
                    await ended.WaitAsync();

                    // What a thread allocates counts before the end if it resumed the flow before it, as one that was delayed here would have.
                    await Task.Yield();
                    Allocate.Megabytes(6);
                });
            }

            ended.Release();
            await late.WaitAsync(Deadline.Backstop);
            Deadline.Until(() => Totals("Inner").AfterEndBytes >= Mb(6), "it came after the end");
        }

        Ended("Inner").AllocatedBytes.Should().BeLessThan(Mb(1));
        ShouldBe(() => Ended("Outer").AllocatedBytes, 6);
        Ended("Outer").SelfAllocatedBytes.Should().BeLessThan(Mb(1));
    }

    [Fact]
    public async Task A_suppressed_flow_is_nobodys()
    {
        using (_bench.Track("Suppressed"))
        {
            Task task;
            using (ExecutionContext.SuppressFlow())
            {
                task = Task.Run(() => Allocate.Megabytes(7));
            }

            await task;
        }

        Ended("Suppressed").AllocatedBytes.Should().BeLessThan(Mb(1));
    }

    [Fact]
    public async Task A_channel_charges_its_consumer_unless_that_enters_the_operation_it_works_for()
    {
        var channel = Channel.CreateUnbounded<OperationScope>();
        var consuming = Task.Run(async () =>
        {
            using var consumer = _bench.Track("Consumer");
            await foreach (var scope in channel.Reader.ReadAllAsync())
            {
                Allocate.Megabytes(1);
                using (scope.Enter())
                {
                    Allocate.Megabytes(4);
                    await Task.Yield();
                    Allocate.Megabytes(4);
                }
            }
        });

        OperationScope[] scopes = [OnAnotherFlow(() => _bench.Track("First")), OnAnotherFlow(() => _bench.Track("Second"))];
        Array.ForEach(scopes, scope => channel.Writer.TryWrite(scope).Should().BeTrue());
        channel.Writer.Complete();
        await consuming.WaitAsync(Deadline.Backstop);
        Array.ForEach(scopes, scope => scope.Dispose());

        ShouldBe(() => Ended("First").SelfAllocatedBytes, 8);
        ShouldBe(() => Ended("Second").AllocatedBytes, 8);
        ShouldBe(() => Ended("Consumer").SelfAllocatedBytes, 2);
    }

    [Fact]
    public void A_block_that_was_entered_ends_once_and_only_where_it_was_entered()
    {
        using var own = _bench.Track("Own");
        var elsewhere = OnAnotherFlow(() => _bench.Track("Elsewhere"));
        var block = elsewhere.Enter();
        OnAnotherFlow(() =>
        {
            block.Dispose();
            return 0;
        });
        _bench.Find(_bench.Track("Inside of it")).ParentId.Should().Be(elsewhere.Id);
        block.Dispose();
    }

    [Fact]
    public void After_a_block_the_flow_works_for_what_it_worked_for_before()
    {
        using var own = _bench.Track("Own");
        var elsewhere = OnAnotherFlow(() => _bench.Track("Elsewhere"));
        var block = elsewhere.Enter();
        block.Dispose();
        block.Dispose();

        _bench.Find(_bench.Track("Next")).ParentId.Should().Be(own.Id);
    }

    [Fact]
    public void Entering_what_has_ended_or_is_nothing_changes_nothing()
    {
        using var own = _bench.Track("Own");
        var ended = OnAnotherFlow(() => _bench.Track("Ended"));
        ended.Dispose();

        using (ended.Enter())
        using (OperationScope.None.Enter())
        {
            _bench.Find(_bench.Track("Next")).ParentId.Should().Be(own.Id);
        }
    }

    [Fact]
    public void What_is_charged_is_told_beside_what_was_measured()
    {
        using (_bench.Track("Outer"))
        using (var scope = _bench.Track("Download"))
        {
            scope.Charge(Mb(20));
            scope.Charge(Mb(5));
            scope.Dispose();
            scope.Charge(Mb(100));
        }

        Ended("Download").ChargedBytes.Should().Be(Mb(25));
        Ended("Download").AllocatedBytes.Should().BeLessThan(Mb(1));
        Ended("Outer").ChargedBytes.Should().Be(Mb(25));
        Totals("Download").ChargedTotalBytes.Should().Be(Mb(25));
    }

    [Fact]
    public void Nothing_less_than_nothing_can_be_charged()
    {
        using var scope = _bench.Track("Download");

        scope.Invoking(s => s.Charge(-1)).Should().Throw<ArgumentOutOfRangeException>();
        OperationScope.None.Charge(1);
        OperationScope.None.Allocation.ChargedBytes.Should().Be(0);
    }

    [Fact]
    public void Switched_off_it_tells_nothing()
    {
        var bench = new OperationsBench(isMetered: false);
        using (var scope = bench.Track("Download"))
        {
            Allocate.Megabytes(2);
            scope.Allocation.AllocatedBytes.Should().Be(0);
        }

        bench.Entries.Last().Allocation.Should().BeNull();
        bench.TotalsByName.Single().Should().Match<OperationTotals>(t => t.Count == 1 && t.AllocatedTotalBytes == null && t.AfterEndBytes == null);
    }

    [Fact]
    public void Operations_of_two_watches_may_lie_in_each_other()
    {
        var other = new OperationsBench();
        using (_bench.Track("Outer"))
        using (other.Track("Other's"))
        using (var inner = _bench.Track("Inner"))
        {
            Allocate.Megabytes(3);
            _bench.Find(inner).ParentId.Should().Be(_bench.InFlight[0].OperationId);
            other.InFlight.Single().ParentId.Should().Be(0);
        }

        ShouldBe(() => Ended("Outer").AllocatedBytes, 3);
        ShouldBe(() => other.Entries.Last().Allocation!.Value.AllocatedBytes, 3);
    }

    private static T OnAnotherFlow<T>(Func<T> function) => Task.Run(function).GetAwaiter().GetResult();

    private static long Mb(long megabytes) => megabytes << 20;

    // A thread that was held up where it left its flow hands in its part when it can, even after the end.
    private static void ShouldBe(Func<long> bytes, int megabytes)
    {
        SpinWait.SpinUntil(() => bytes() >= Mb(megabytes), Deadline.Backstop);
        bytes().Should().BeCloseTo(Mb(megabytes), (ulong)Mb(megabytes) / 100);
    }

    private OperationAllocation Ended(string name) =>
        _bench.Entries.Single(e => e.Kind == JournalEntryKind.Ended && e.Name == name).Allocation!.Value;

    private OperationTotals Totals(string name) => _bench.TotalsByName.Single(t => t.Name == name);
}
