using MemoryWatch.Tell;
using Xunit.Abstractions;

namespace MemoryWatch.Tests.Tell.History;

/// <summary>The history takes a fixed amount of memory, however long it runs and whatever happens.</summary>
public sealed class HistoryMemoryTests(ITestOutputHelper output)
{
    private const long MostBytes = 384 << 10;

    [Fact]
    public void With_sixteen_metrics_it_takes_at_most_384_KB()
    {
        Create();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var book = Create();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        output.WriteLine(FormattableString.Invariant($"{allocated} bytes of {MostBytes}"));
        allocated.Should().BeLessOrEqualTo(MostBytes);
        GC.KeepAlive(book);

        static HistoryBook Create()
        {
            var book = new HistoryBook(metrics: 40);
            for (var i = 0; i < HistorySpans.Most; i++)
            {
                // A name that nobody else holds, as long as one may be.
                book.Spans.Add(new JournalEntry { Kind = JournalEntryKind.Ended, OperationId = i, Name = new string('a', SafeText.MaxNameLength) });
            }

            return book;
        }
    }

    [Fact]
    public void A_tick_allocates_nothing_while_operations_start_and_end()
    {
        var bench = new HistoryBench([.. Enumerable.Range(1, 20).Select(i => new MetricDefinition($"Queue {i}"))]);
        for (var i = 0; i < 80; i++)
        {
            bench.Tracker.Start($"Name {(char)('A' + i % 26)}{(char)('A' + i / 26)}", "User 5").Dispose();
        }

        SpinWait.SpinUntil(() => Allocated(bench) == 0, TimeSpan.FromSeconds(20)).Should().BeTrue("1000 ticks allocated {0} B", Allocated(bench));
    }

    private static long Allocated(HistoryBench bench)
    {
        var allocated = 0L;
        for (var i = 0; i < 1000; i++)
        {
            bench.Tracker.Start("Download", "User 123 | File size: 45.3 MB | and a text that is longer than what is kept").Dispose();
            bench.Time.Advance(TimeSpan.FromSeconds(1));
            var report = new TickReport(
                new() { Time = bench.Now, Usage = new() { UsedBytes = i << 20, LimitBytes = 1 << 30 } }, [], isHigh: false);
            var before = GC.GetAllocatedBytesForCurrentThread();
            bench.Keeper.OnReport(report);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return allocated;
    }
}
