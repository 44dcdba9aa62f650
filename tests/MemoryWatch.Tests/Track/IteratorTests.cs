using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Track;

/// <summary>What docs/tracking.md says of iterators and of scopes that end out of order, by real allocations.</summary>
public sealed class IteratorTests
{
    private readonly OperationsBench _bench = new();

    [Fact]
    public async Task An_asynchronous_iterator_leaves_its_operation_at_the_first_yield()
    {
        await foreach (var _ in Rows())
        {
            Allocate.Megabytes(4);
        }

        AllocatedBy("Export").Should().BeInRange(2 << 20, 3 << 20, "neither what follows the first yield counts nor what the consumer allocates");

        async IAsyncEnumerable<int> Rows()
        {
            using var scope = _bench.Track("Export");
            await Task.Yield();
            Allocate.Megabytes(2);
            yield return 1;
            Allocate.Megabytes(8);
            await Task.Yield();
            yield return 2;
        }
    }

    [Fact]
    public void A_synchronous_iterator_is_charged_with_what_its_consumer_allocates()
    {
        foreach (var _ in Rows())
        {
            Allocate.Megabytes(4);
        }

        Allocate.Megabytes(16);
        AllocatedBy("Export").Should().BeInRange(10 << 20, 11 << 20, "the consumer's 8 MB within the sequence are in it");

        IEnumerable<int> Rows()
        {
            using var scope = _bench.Track("Export");
            Allocate.Megabytes(2);
            yield return 1;
            yield return 2;
        }
    }

    [Fact]
    public void Of_two_scopes_that_end_out_of_order_the_later_one_is_charged_and_the_earlier_one_includes_it()
    {
        var first = _bench.Track("Read");
        Allocate.Megabytes(1);
        var second = _bench.Track("Write");
        Allocate.Megabytes(2);
        first.Dispose();
        Allocate.Megabytes(4);
        second.Dispose();
        Allocate.Megabytes(8);

        AllocatedBy("Read").Should().BeInRange(3 << 20, 4 << 20);
        AllocatedBy("Write").Should().BeInRange(6 << 20, 7 << 20);
    }

    private long AllocatedBy(string name) =>
        _bench.Entries.Single(e => e.Kind == JournalEntryKind.Ended && e.Name == name).Allocation!.Value.AllocatedBytes;
}
