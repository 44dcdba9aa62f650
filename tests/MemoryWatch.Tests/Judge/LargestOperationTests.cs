using MemoryWatch.Judge;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge;

public sealed class LargestOperationTests
{
    private readonly DiagnosisBench _bench = new();
    private readonly LargestOperation _largest;

    public LargestOperationTests() => _largest = new(_bench.Operations.Tracker.Store);

    [Fact]
    public void Without_operations_there_is_none() => _largest.Bytes().Should().Be(0);

    [Fact]
    public void Many_small_ones_are_not_one_large_one()
    {
        for (var i = 0; i < 100; i++)
        {
            _bench.Run("Request", 0.5);
        }

        _largest.Bytes().Should().BeLessThan(Bytes.Megabytes(1));
    }

    [Fact]
    public void It_is_in_flight_or_ended_and_counted_without_nested_ones()
    {
        using var outer = _bench.TrackApart("Import");
        DiagnosisBench.AllocateFor(outer, 12);
        _largest.Bytes().Should().BeCloseTo(12 << 20, 1 << 20);

        _bench.Run("Download", 20);
        _largest.Bytes().Should().BeCloseTo(20 << 20, 1 << 20);
        _largest.Bytes().Should().BeCloseTo(20 << 20, 1 << 20, "it is remembered");
    }

    [Fact]
    public void What_was_charged_counts()
    {
        using var upload = _bench.TrackApart("Upload");

        upload.Charge(Bytes.Megabytes(30));

        _largest.Bytes().Should().Be(Bytes.Megabytes(30));
    }

    [Fact]
    public void Asking_allocates_nothing()
    {
        using var import = _bench.TrackApart("Import");
        _largest.Bytes();
        var before = GC.GetAllocatedBytesForCurrentThread();

        _largest.Bytes();

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }
}
