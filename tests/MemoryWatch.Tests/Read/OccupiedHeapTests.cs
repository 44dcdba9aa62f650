using MemoryWatch.Read;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Read;

public sealed class OccupiedHeapTests
{
    private const int Limit = 200;

    private readonly FakeTimeProvider _time = new();
    private readonly OccupiedHeap _heap;
    private double? _live;
    private int _collections;

    public OccupiedHeapTests() => _heap = new(_time);

    [Fact]
    public void Before_the_first_collection_all_of_the_heap_counts() => Occupied(120).Should().Be(120);

    [Fact]
    public void What_was_allocated_since_a_collection_that_freed_little_counts()
    {
        Collect(before: 83, live: 80);

        Occupied(183).Should().Be(183);
    }

    [Fact]
    public void A_swing_of_large_objects_that_a_collection_took_back_is_expected_again()
    {
        Collect(before: 180, live: 60, largeFreed: 120);

        Occupied(175).Should().Be(60);
        Occupied(195).Should().Be(195, "it is higher than before");
    }

    [Fact]
    public void Small_objects_that_were_dropped_once_are_no_swing()
    {
        Collect(before: 180, live: 40);

        Occupied(150).Should().Be(150);
    }

    [Fact]
    public void Small_objects_that_swing_twice_are_expected_again_up_to_the_lower_peak()
    {
        Collect(before: 180, live: 60);
        Collect(before: 140, live: 60);

        Occupied(139).Should().Be(60);
        Occupied(170).Should().Be(170);
    }

    [Fact]
    public void Live_objects_that_grow_end_the_trust_in_a_swing()
    {
        Collect(before: 180, live: 60, largeFreed: 120);
        Collect(before: 150, live: 140);

        Occupied(175).Should().Be(175);
    }

    [Theory]
    [InlineData(30, 70)]
    [InlineData(2, 130)]
    public void The_last_of_many_collections_in_a_second_is_recent_enough(int collectionsPerSecond, double occupied)
    {
        Collect(before: 75, live: 70);
        for (var second = 0; second < 3; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _collections += collectionsPerSecond;
            Occupied(130);
        }

        Occupied(130).Should().Be(occupied);
    }

    private void Collect(double before, double live, double largeFreed = 0)
    {
        _live = live;
        _heap.Collected(Bytes.Megabytes(before), Bytes.Megabytes(live), Bytes.Megabytes(largeFreed), Bytes.Megabytes(Limit));
    }

    private double Occupied(double heap) => _heap.Occupied(
        Bytes.Megabytes(heap), _live is { } live ? Bytes.Megabytes(live) : null, Bytes.Megabytes(Limit), _collections) / 1048576d;
}
