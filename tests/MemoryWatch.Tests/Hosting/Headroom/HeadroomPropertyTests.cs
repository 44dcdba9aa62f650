using System.Threading.RateLimiting;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Hosting.Headroom;

/// <summary>Random work in a box, against what is known of it: who holds how much.</summary>
public sealed class HeadroomPropertyTests
{
    private const int Base = 100;
    private const int Ceiling = 500;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Leased_work_that_keeps_to_its_leases_never_exceeds_the_ceiling(int firstSeed)
    {
        for (var seed = firstSeed; seed < 200; seed += 4)
        {
            await RunAsync(seed, keepsAfterEnd: false);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task What_is_granted_never_exceeds_the_room_and_what_ended_work_gave_back(int firstSeed)
    {
        for (var seed = firstSeed; seed < 200; seed += 2)
        {
            await RunAsync(1000 + seed, keepsAfterEnd: true);
        }
    }

    [Fact]
    public async Task Threads_that_acquire_and_dispose_at_once_all_get_their_turn_and_leave_nothing_behind()
    {
        using var bench = HeadroomBench.Queueing("100GB");
        var (granted, most) = (0L, 0L);
        var workers = Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 500; i++)
            {
                using var cancellation = random.Next(10) == 0 ? new CancellationTokenSource() : null;
                var size = random.Next(1, 200);
                var asked = bench.Limiter.AcquireAsync(size, cancellation?.Token ?? default).AsTask();
                if (cancellation is not null)
                {
                    await cancellation.CancelAsync();
                }

                try
                {
                    using var lease = await asked;
                    lease.IsAcquired.Should().BeTrue();
                    InterlockedMax(ref most, Interlocked.Add(ref granted, size));
                    await Task.Yield();
                    Interlocked.Add(ref granted, -size);
                }
                catch (OperationCanceledException)
                {
                    // As asked for; what it got is not its any more.
                }
            }
        })).ToArray();

        await Task.WhenAll(workers).WaitAsync(Deadline.Backstop);

        most.Should().BeInRange(1, Ceiling - Base);
        bench.Limiter.GetStatistics().Should().Match<MemoryHeadroomStatistics>(
            s => s.OpenLeases == 0 && s.LeasedBytes == 0 && s.QueuedRequests == 0 && s.CurrentQueuedCount == 0);
    }

    private static async Task RunAsync(int seed, bool keepsAfterEnd)
    {
        var random = new Random(seed);
        using var bench = HeadroomBench.Queueing("100GB");
        bench.Options.Headroom.QueueTimeout = TimeSpan.FromMinutes(10);
        var (open, waiting) = (new List<Work>(), new Queue<(int Size, Task<RateLimitLease> Lease)>());
        var kept = 0;
        for (var step = 0; step < 300; step++)
        {
            switch (random.Next(keepsAfterEnd ? 6 : 5))
            {
                case 0 or 1:
                    var size = random.Next(1, 150);
                    waiting.Enqueue((size, bench.Ask(size)));
                    break;
                case 2 when open.Count > 0:
                    var grows = open[random.Next(open.Count)];
                    grows.Used += random.Next(0, grows.Size - grows.Used + 1);
                    break;
                case 3 when open.Count > 0 && !keepsAfterEnd:
                    var shrinks = open[random.Next(open.Count)];
                    shrinks.Used -= random.Next(0, shrinks.Used + 1);
                    break;
                case 4 when open.Count > 0:
                    var ends = open[random.Next(open.Count)];
                    open.Remove(ends);
                    kept += keepsAfterEnd ? ends.Used : 0;
                    Read(bench, open, kept);
                    ends.Lease.Dispose();
                    break;
                case 5:
                    kept -= random.Next(0, kept + 1);
                    break;
                default:
                    break;
            }

            Read(bench, open, kept);
            bench.Time.Advance(TimeSpan.FromMilliseconds(250));
            await TakeAsync(bench, waiting, open, $"seed {seed}, step {step}");
            (Base + open.Sum(w => w.Size)).Should().BeLessThanOrEqualTo(Ceiling, "seed {0}, step {1}: all that is open fits", seed, step);
        }

        // Nothing is lost: when all ends, all that waited gets its turn.
        while (open.Count > 0 || waiting.Count > 0)
        {
            open.ForEach(w => w.Lease.Dispose());
            open.Clear();
            Read(bench, open, 0);
            bench.Time.Advance(TimeSpan.FromMilliseconds(250));
            var before = waiting.Count;
            await TakeAsync(bench, waiting, open, $"seed {seed}");
            (waiting.Count < before || before == 0).Should().BeTrue("seed {0}: the oldest fits in an empty box", seed);
        }

        bench.Limiter.GetStatistics().Should().Match<MemoryHeadroomStatistics>(s => s.LeasedBytes == 0 && s.AvailableBytes == Bytes.Megabytes(Ceiling - Base));
    }

    /// <summary>Takes what was granted. The oldest must be among it: a lease that is not would be waited for in vain.</summary>
    private static async Task TakeAsync(HeadroomBench bench, Queue<(int Size, Task<RateLimitLease> Lease)> waiting, List<Work> open, string when)
    {
        for (var granted = waiting.Count - bench.Limiter.GetStatistics().QueuedRequests; granted > 0; granted--)
        {
            var (size, asked) = waiting.Dequeue();
            var lease = await asked.WaitAsync(Deadline.Backstop);
            lease.IsAcquired.Should().BeTrue("{0}: {1}", when, HeadroomBench.Reason(lease));
            open.Add(new(size, lease));
        }
    }

    private static void Read(HeadroomBench bench, List<Work> open, int kept) => bench.Memory.Used = Base + kept + open.Sum(w => w.Used);

    private static void InterlockedMax(ref long place, long value)
    {
        var seen = Volatile.Read(ref place);
        while (value > seen && Interlocked.CompareExchange(ref place, value, seen) is var before && before != seen)
        {
            seen = before;
        }
    }

    private sealed class Work(int size, RateLimitLease lease)
    {
        public int Size => size;

        public RateLimitLease Lease => lease;

        public int Used { get; set; }
    }
}
