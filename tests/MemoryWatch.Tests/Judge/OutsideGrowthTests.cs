using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge;

/// <summary>Growth outside of the process: a child that takes the container, or a file in tmpfs.</summary>
public sealed class OutsideGrowthTests
{
    private readonly DiagnosisBench _bench = new() { Source = LimitSource.Container };

    [Fact]
    public void Where_the_rest_of_the_container_grew_most_it_stands_first_and_nobody_is_named()
    {
        _bench.Tick();
        using var innocent = _bench.TrackApart("Innocent", "User 1");
        DiagnosisBench.AllocateFor(innocent, 6);
        _bench.Operations.Time.Advance(TimeSpan.FromSeconds(3));
        _bench.Grow(managed: 6.7);
        _bench.Rest += 210;

        var cause = _bench.ExplainZone()!;

        (cause.MainPart, cause.RiseBytes, cause.OutsideChangeBytes, cause.UsedChangeBytes).Should().Be(
            (MemoryCausePart.Outside, Bytes.Megabytes(216.7), Bytes.Megabytes(210), Bytes.Megabytes(216.7)));
        cause.Operations.Should().BeEmpty();
        cause.OtherAllocatedBytes.Should().BeCloseTo(Bytes.Megabytes(6), 100_000);
        cause.Describe().Should().Be(
            "Likely cause: rest of container +210.0 MB in the last 3 s, outside of this process (child processes, files in tmpfs, kernel memory); "
            + "managed +6.7 MB, native +0.0 MB");
    }

    [Fact]
    public void Where_the_process_grew_most_its_operations_are_named_and_the_rest_is_a_part()
    {
        _bench.Tick();
        using var download = _bench.TrackApart("Download", "User 1");
        DiagnosisBench.AllocateFor(download, 60);
        _bench.Grow(managed: 60);
        _bench.Rest += 20;

        var cause = _bench.ExplainZone()!;

        cause.MainPart.Should().Be(MemoryCausePart.Managed);
        cause.Describe().Should().Be(
            "Likely cause: Download (User 1) allocated 60.0 MB of 60.0 MB in the last 0 s (unattributed 0.0 MB); managed +60.0 MB, native +0.0 MB, "
            + "rest of container +20.0 MB");
    }

    [Fact]
    public void Growth_that_began_outside_before_the_process_grew_is_measured_from_its_beginning()
    {
        _bench.Tick();
        _bench.Rest += 150;
        _bench.Tick();
        _bench.Grow(managed: 8);
        _bench.Rest += 50;

        var cause = _bench.ExplainZone()!;

        cause.RiseBytes.Should().Be(Bytes.Megabytes(208));
        cause.MainPart.Should().Be(MemoryCausePart.Outside);
    }

    [Fact]
    public void A_spike_is_judged_by_this_process_and_explained_by_it()
    {
        _bench.Tick();
        using var download = _bench.TrackApart("Download");
        DiagnosisBench.AllocateFor(download, 60);
        _bench.Grow(managed: 60);
        _bench.Rest += 200;

        var cause = _bench.Explain()!;

        (cause.RiseBytes, cause.UsedChangeBytes, cause.MainPart).Should().Be((Bytes.Megabytes(60), null, MemoryCausePart.Managed));
        cause.Describe().Should().StartWith("Likely cause: Download allocated 60.0 MB of 60.0 MB").And.EndWith("rest of container +200.0 MB");
    }

    [Fact]
    public void Without_a_container_it_is_the_rest_of_the_machine()
    {
        _bench.Source = LimitSource.Machine;
        _bench.Tick();
        _bench.Rest += 200;

        _bench.ExplainZone()!.Describe().Should().StartWith(
            "Likely cause: rest of machine +200.0 MB in the last 0 s, outside of this process (other programs, files in tmpfs, kernel memory); ");
    }

    [Fact]
    public void Used_memory_of_another_source_is_not_compared()
    {
        _bench.Source = LimitSource.Machine;
        _bench.Rest = 3000;
        _bench.Tick();
        _bench.Source = LimitSource.Container;
        _bench.Rest = 5;
        _bench.Grow(native: 30);

        var cause = _bench.ExplainZone()!;

        (cause.UsedChangeBytes, cause.OutsideChangeBytes, cause.RiseBytes).Should().Be((null, null, Bytes.Megabytes(30)));
    }

    [Fact]
    public void Where_the_heap_governs_the_process_is_explained()
    {
        _bench.Tick();
        _bench.Grow(managed: 30);
        _bench.Rest += 200;

        var snapshot = _bench.Read().Judged(new() { Governing = LimitSource.GCHeap });

        _bench.CauseFinder.ExplainZone(snapshot, MemoryWatchDefaults.SpikeWindow).Cause!.MainPart.Should().Be(MemoryCausePart.Managed);
    }
}
