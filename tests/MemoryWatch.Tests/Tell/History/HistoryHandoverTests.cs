using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Tell.History;

/// <summary>What the black box knows of earlier runs comes before the first tick, or later if the disk is slow.</summary>
public sealed class HistoryHandoverTests
{
    private readonly HistoryBench _bench = new();

    [Fact]
    public void What_comes_before_the_first_tick_is_there_from_it_on()
    {
        _bench.Keeper.Restore(Earlier());
        _bench.ReadMinutes(120).Points.Should().BeEmpty("nothing is known before the first tick");

        _bench.Tick(used: 300);

        _bench.ReadMinutes(120).Points.Select(point => point.UsedMaxBytes).Should().Equal(Bytes.Megabytes(200), Bytes.Megabytes(300));
        _bench.ReadMinutes(120).Marks.Select(mark => mark.Kind).Should().Equal(MemoryHistoryMarkKind.Restart);
    }

    [Fact]
    public void What_comes_late_is_put_before_what_was_read_meanwhile()
    {
        var earlier = Earlier();
        _bench.Tick(used: 300);
        _bench.Tracker.Start("Download", "User 5").Dispose();
        _bench.Tick(301, 1, null, new SpikeAlert(1 << 20, TimeSpan.FromMinutes(1), 1));
        _bench.Ticks(20, _ => 302);
        _bench.Keeper.Restore(earlier);
        _bench.Ticks(20, _ => 303);

        var history = _bench.ReadMinutes(10);
        history.Points.Should().HaveCount(42).And.OnlyContain(point => !point.FollowsGap);
        history.Points.Select(point => point.Time).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        history.Marks.Select(mark => mark.Kind).Should().BeEquivalentTo([MemoryHistoryMarkKind.Restart, MemoryHistoryMarkKind.Spike]);
        history.Operations.Should().ContainSingle().Which.IsOfPreviousRun.Should().BeFalse();
        history.Counts.Sum(count => count.Ended).Should().Be(1);
        _bench.ReadMinutes(120).Points[0].UsedMaxBytes.Should().Be(Bytes.Megabytes(200));
    }

    /// <summary>One point an hour ago, and the restart.</summary>
    private HistoryBook Earlier()
    {
        var book = new HistoryBook(metrics: 0);
        var row = new int[book.Width];
        HistoryRow.Fill(row, SnapshotOf.Usage(200));
        book.Add(row, _bench.Now.AddHours(-1).UtcTicks, 0, 0);
        book.Marks.Add(HistoryText.Restart(_bench.Now, new() { Verdict = RunVerdict.Killed }));
        return book;
    }
}
