using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Track;

/// <summary>Scopes that end where they are not the current one: allowed, counted, and hinted at.</summary>
public sealed class EndedElsewhereTests
{
    private readonly OperationsBench _bench = new();

    [Fact]
    public async Task A_scope_in_an_asynchronous_iterator_is_hinted_at_once_for_its_name()
    {
        for (var i = 0; i < 3; i++)
        {
            await foreach (var _ in Numbers("Export"))
            {
                // The consumer's work is not the point.
            }
        }

        await foreach (var _ in Numbers("Import"))
        {
            // As above.
        }

        _bench.EndedElsewhere.Should().Equal("Export", "Import");
        _bench.Tracker.Store.Totals.Of("Export").EndedElsewhere.Should().Be(3);
    }

    [Fact]
    public async Task The_right_way_is_not_hinted_at()
    {
        await foreach (var _ in _bench.TrackAsync("Export", "User 1", Numbers()))
        {
            // As above.
        }

        await foreach (var number in _bench.TrackAsync("Export", "User 1", Numbers()))
        {
            if (number == 1)
            {
                break;
            }
        }

        _bench.EndedElsewhere.Should().BeEmpty();
        _bench.InFlight.Should().BeEmpty();
    }

    [Fact]
    public async Task Scopes_that_end_where_they_are_current_are_not_hinted_at()
    {
        using (_bench.Track("Outer"))
        {
            using var inner = _bench.Track("Inner");
            await Task.Yield();
        }

        await _bench.TrackAsync("Function", () => Task.Run(() => { }));

        _bench.EndedElsewhere.Should().BeEmpty();
    }

    [Fact]
    public void Of_two_that_overlap_each_is_charged_with_what_was_allocated_while_it_ran()
    {
        var first = _bench.Track("First");
        Allocate.Megabytes(5);
        var second = _bench.Track("Second");
        Allocate.Megabytes(10);
        first.Dispose();
        Allocate.Megabytes(20);
        second.Dispose();
        Allocate.Megabytes(40);

        Megabytes(first).Should().BeApproximately(15, 0.1);
        Megabytes(second).Should().BeApproximately(30, 0.1);
        _bench.TotalsByName.Single(t => t.Name == "First").AllocatedTotalBytes!.Value.Should().BeCloseTo(Bytes.Megabytes(15), 100_000);
    }

    [Fact]
    public void An_operation_that_may_end_anywhere_is_not_hinted_at()
    {
        var activity = _bench.Tracker.Start("Activity", default, hasActivity: false);
        using var next = _bench.Track("Next");
        activity.Dispose();

        _bench.EndedElsewhere.Should().BeEmpty();
    }

    private static double Megabytes(OperationScope scope) => scope.Allocation.AllocatedBytes / 1048576d;

    private static async IAsyncEnumerable<int> Numbers()
    {
        for (var i = 0; i < 3; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }

    private async IAsyncEnumerable<int> Numbers(string name)
    {
        using var scope = _bench.Track(name);
        for (var i = 0; i < 3; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }
}
