using MemoryWatch.Track;

namespace MemoryWatch.Tests.Track;

public class RingTests
{
    private readonly Ring<int> _ring = new(4);

    [Fact]
    public void An_empty_ring_has_nothing_to_give()
    {
        long number = 0;

        _ring.TryGetNext(ref number, out _).Should().BeFalse();
        number.Should().Be(0);
        _ring.Last(10, out var first).Should().BeEmpty();
        first.Should().Be(1);
    }

    [Fact]
    public void Items_are_numbered_from_1()
    {
        _ring.Add(10).Should().Be(1);
        _ring.Add(20).Should().Be(2);
    }

    [Theory]
    [InlineData(3, 10, new[] { 1, 2, 3 }, 1)]
    [InlineData(4, 10, new[] { 1, 2, 3, 4 }, 1)]
    [InlineData(9, 10, new[] { 6, 7, 8, 9 }, 6)]
    [InlineData(9, 2, new[] { 8, 9 }, 8)]
    [InlineData(9, 0, new int[0], 10)]
    public void The_last_items_come_oldest_first_with_the_number_of_the_first(int added, int most, int[] expected, long firstNumber)
    {
        Fill(added);

        _ring.Last(most, out var first).Should().Equal(expected);
        first.Should().Be(firstNumber);
    }

    [Fact]
    public void A_reader_that_keeps_up_sees_every_item_once()
    {
        long number = 0;
        for (var i = 1; i <= 10; i++)
        {
            _ring.Add(i);
            _ring.TryGetNext(ref number, out var item).Should().BeTrue();
            (item, number).Should().Be((i, i));
            _ring.TryGetNext(ref number, out _).Should().BeFalse();
        }
    }

    [Fact]
    public void A_reader_that_comes_too_rarely_sees_the_gap()
    {
        long number = 0;
        Fill(2);
        _ring.TryGetNext(ref number, out _);

        for (var i = 3; i <= 10; i++)
        {
            _ring.Add(i);
        }

        _ring.TryGetNext(ref number, out var item).Should().BeTrue();
        (item, number).Should().Be((7, 7L));
    }

    [Fact]
    public async Task Many_writers_lose_nothing_and_items_stay_whole()
    {
        var ring = new Ring<(long Value, long Same)>(64);
        using var start = new Barrier(4);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                for (var i = 0; i < 5_000; i++)
                {
                    ring.Add((i, i));
                    if (Array.Exists(ring.Last(8, out _), item => item.Value != item.Same))
                    {
                        throw new InvalidOperationException("An item was torn.");
                    }
                }
            },
            TaskCreationOptions.LongRunning)));

        ring.Last(64, out var first);
        first.Should().Be(20_000 - 63);
    }

    private void Fill(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            _ring.Add(i);
        }
    }
}
