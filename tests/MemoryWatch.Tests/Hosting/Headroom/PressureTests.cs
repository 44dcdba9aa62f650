using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Hosting.Headroom;

/// <summary>It refuses only what does not fit by a measurement, and says on what it granted the rest.</summary>
public sealed class PressureTests
{
    [Fact]
    public void An_idle_heap_full_of_garbage_is_no_pressure()
    {
        using var bench = new HeadroomBench();
        Heap(bench, resident: 495, live: 40, heap: 440, committed: 445);

        using var lease = bench.Limiter.AttemptAcquire(300);

        lease.IsAcquired.Should().BeTrue();
        HeadroomBench.Basis(lease).Should().Be(HeadroomBasis.Reclaimable);
    }

    [Fact]
    public void A_heap_full_of_live_objects_is()
    {
        using var bench = new HeadroomBench();
        Heap(bench, resident: 495, live: 430, heap: 440, committed: 445);

        bench.Limiter.AttemptAcquire(10).IsAcquired.Should().BeFalse();
    }

    [Fact]
    public void Native_memory_is()
    {
        using var bench = new HeadroomBench();
        Heap(bench, resident: 495, live: 10, heap: 12, committed: 20);

        bench.Limiter.AttemptAcquire(20).IsAcquired.Should().BeFalse();
    }

    [Fact]
    public void Garbage_is_room_only_beyond_what_the_GC_needs_to_work_with()
    {
        using var bench = new HeadroomBench();
        Heap(bench, resident: 300, live: 100, heap: 100, committed: 200);

        // Of 100 MB beyond the live objects, 25 stay.
        bench.Limiter.GetStatistics().AvailableBytes.Should().Be(Bytes.Megabytes(500 - 300 + 75));
    }

    [Fact]
    public void Committed_memory_that_was_never_used_is_no_room()
    {
        using var bench = new HeadroomBench();
        Heap(bench, resident: 480, live: 10, heap: 12, committed: 400, anonymous: 30);

        bench.Limiter.AttemptAcquire(50).IsAcquired.Should().BeFalse();
    }

    [Fact]
    public void Garbage_that_becomes_live_uses_up_the_reservation_and_not_more()
    {
        using var bench = new HeadroomBench();
        Heap(bench, resident: 400, live: 40, heap: 340, committed: 340);
        var before = bench.Limiter.GetStatistics().AvailableBytes;
        using var lease = bench.Limiter.AttemptAcquire(80);

        Heap(bench, resident: 400, live: 104, heap: 340, committed: 340);

        // 64 MB of objects and 16 MB for the GC to work with.
        bench.Limiter.GetStatistics().Should().Match<MemoryHeadroomStatistics>(
            s => s.ReservedBytes == 0 && s.AvailableBytes == before - Bytes.Megabytes(80));
    }

    [Theory]
    [InlineData(ReliefStanding.Exhausted, MemoryZone.Imminent, false)]
    [InlineData(ReliefStanding.Exhausted, MemoryZone.Critical, true)]
    [InlineData(ReliefStanding.Relieving, MemoryZone.Imminent, true)]
    public void All_new_work_is_refused_in_the_imminent_zone_when_relief_is_exhausted(ReliefStanding relief, MemoryZone zone, bool isGranted)
    {
        using var bench = new HeadroomBench();
        Heap(bench, resident: 502, live: 40, heap: 440, committed: 445);
        bench.Memory.Current = bench.Memory.Current.With(zone: zone);
        bench.Memory.Relief = relief;

        bench.Limiter.AttemptAcquire(1).IsAcquired.Should().Be(isGranted);
        bench.Limiter.AttemptAcquire(0).IsAcquired.Should().Be(isGranted);
    }

    [Fact]
    public void The_heap_limit_of_the_GC_is_a_limit_too()
    {
        using var bench = new HeadroomBench();
        bench.Memory.Current = SnapshotOf.Resident(200).With(managed: new()
        {
            HeapBytes = Bytes.Megabytes(160), LiveBytes = Bytes.Megabytes(160), CommittedBytes = Bytes.Megabytes(160),
            HeapLimitBytes = Bytes.Megabytes(256), IsHeapLimitEnforced = true,
        });
        bench.Memory.Quick = 200;

        bench.Limiter.GetStatistics().CurrentAvailablePermits.Should().Be(90, "the heap's ceiling is 250 MB, as 500 is of 512");
    }

    [Fact]
    public void A_ceiling_in_bytes_is_meant_for_the_memory_that_kills_and_not_for_the_heap()
    {
        using var bench = new HeadroomBench(o => o.Headroom.Ceiling = "400MB");
        bench.Memory.Current = SnapshotOf.Resident(100).With(managed: new()
        {
            HeapBytes = Bytes.Megabytes(50), LiveBytes = Bytes.Megabytes(50), HeapLimitBytes = Bytes.Megabytes(384), IsHeapLimitEnforced = true,
        });

        bench.Limiter.GetStatistics().CurrentAvailablePermits.Should().Be(300);
    }

    [Fact]
    public void The_lower_bound_of_used_memory_counts()
    {
        using var bench = new HeadroomBench();
        bench.Memory.Current = SnapshotOf.Resident(200).With(usage: new()
        {
            UsedBytes = Bytes.Megabytes(511), LeastUsedBytes = Bytes.Megabytes(200), LimitBytes = Bytes.Megabytes(512),
            Precision = UsagePrecision.AtMost, Source = LimitSource.Container,
        });

        bench.Limiter.AttemptAcquire(300).IsAcquired.Should().BeTrue();
    }

    [Fact]
    public void A_watch_that_is_disabled_grants_all()
    {
        using var bench = new HeadroomBench();
        bench.Memory.Used = 511;
        bench.Memory.IsEnabled = false;

        Unmeasured(bench);
    }

    [Fact]
    public void A_watch_that_has_not_read_yet_grants_all()
    {
        using var bench = new HeadroomBench();
        bench.Memory.Current = MemorySnapshot.Empty;

        Unmeasured(bench);
    }

    [Fact]
    public void Without_a_limit_all_is_granted()
    {
        using var bench = new HeadroomBench();
        bench.Memory.Current = SnapshotOf.Usage(5000, limit: null);

        Unmeasured(bench);
    }

    [Fact]
    public void If_used_memory_cannot_be_read_all_is_granted()
    {
        using var bench = new HeadroomBench();
        bench.Memory.Current = SnapshotOf.Usage(null);

        Unmeasured(bench);
    }

    [Fact]
    public void A_watch_that_throws_does_not_refuse_and_does_not_end_the_process()
    {
        using var bench = HeadroomBench.Queueing();
        bench.Memory.Failure = new InvalidOperationException();
        bench.Time.Advance(TimeSpan.FromMinutes(1));

        Unmeasured(bench);
    }

    [Fact]
    public async Task What_waits_is_granted_when_nothing_is_measured_any_more()
    {
        using var bench = HeadroomBench.Queueing();
        bench.Memory.Used = 490;
        var waiting = bench.Ask(20);
        bench.Memory.IsEnabled = false;

        bench.Time.Advance(TimeSpan.FromSeconds(1));

        HeadroomBench.Basis(await waiting).Should().Be(HeadroomBasis.Unmeasured);
    }

    private static void Unmeasured(HeadroomBench bench)
    {
        using var lease = bench.Limiter.AttemptAcquire(100_000);
        lease.IsAcquired.Should().BeTrue();
        HeadroomBench.Basis(lease).Should().Be(HeadroomBasis.Unmeasured);
        bench.Limiter.GetStatistics().Should().Match<MemoryHeadroomStatistics>(
            s => s.AvailableBytes == null && s.CurrentAvailablePermits == int.MaxValue && s.UnmeasuredLeases == 1);
    }

    private static void Heap(HeadroomBench bench, double resident, double live, double heap, double committed, double? anonymous = null)
    {
        bench.Memory.Current = SnapshotOf.Resident(resident).With(
            process: new() { ResidentBytes = Bytes.Megabytes(resident), AnonymousBytes = Bytes.Megabytes(anonymous ?? resident) },
            managed: new() { LiveBytes = Bytes.Megabytes(live), HeapBytes = Bytes.Megabytes(heap), CommittedBytes = Bytes.Megabytes(committed) });
        bench.Memory.Quick = resident;
    }
}
