using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Tell.History;

/// <summary>The operations on the time axis, and how many there were of each name.</summary>
public sealed class HistoryOperationTests
{
    private readonly HistoryBench _bench = new();

    [Fact]
    public void An_operation_is_there_while_it_runs_and_at_once_when_it_has_ended()
    {
        _bench.Tick();
        var started = _bench.Now;
        var download = _bench.Tracker.Start("Download", "User 5 | File size: 45.3 MB");
        var parse = _bench.Tracker.Start("Parse", default);
        _bench.Time.Advance(TimeSpan.FromSeconds(3));

        var running = _bench.ReadMinutes(10).Operations;
        running.Select(span => (span.Name, span.Outcome, span.End)).Should().Equal(
            ("Download", OperationOutcome.Running, null), ("Parse", OperationOutcome.Running, null));
        running[0].Start.Should().Be(started);
        running[1].ParentId.Should().Be(running[0].OperationId);

        parse.Fail(new OperationCanceledException());
        parse.Dispose();
        download.Dispose();

        Ended(_bench.ReadMinutes(10).Operations);
        _bench.Tick();
        Ended(_bench.ReadMinutes(10).Operations);

        void Ended(IReadOnlyList<OperationSpan> spans)
        {
            spans.Select(span => (span.Name, span.Outcome)).Should().Equal(("Download", OperationOutcome.Completed), ("Parse", OperationOutcome.Cancelled));
            spans.Should().OnlyContain(span => span.Start == started && span.End == started.AddSeconds(3) && !span.IsOfPreviousRun && span.ChangeBytes == 0);
            spans[0].Context.Text.Should().Be("User 5 | File size: 45.3 MB");
        }
    }

    [Fact]
    public void Quiet_operations_are_counted_and_no_spans()
    {
        _bench.Tick();
        for (var i = 0; i < 50; i++)
        {
            using var message = _bench.Tracker.Start("Message", default, OperationVerbosity.Quiet);
            if (i < 3)
            {
                message.Fail("broken");
            }
        }

        _bench.Ticks(10);

        var history = _bench.ReadMinutes(10);
        history.Operations.Should().BeEmpty();
        var counts = history.Counts.Should().ContainSingle().Subject;
        (counts.Name, counts.Ended, counts.Failed, counts.Length).Should().Be(("Message", 50, 3, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void A_stretch_has_six_names_and_all_others_together()
    {
        _bench.Tick();
        for (var name = 1; name <= 10; name++)
        {
            for (var i = 0; i < name; i++)
            {
                _bench.Tracker.Start($"Work {(char)('A' + name)}", default).Dispose();
            }
        }

        _bench.Ticks(10);

        var counts = _bench.ReadMinutes(10).Counts;
        counts.Should().HaveCount(HistoryCounts.Named + 1);
        counts.Sum(count => count.Ended).Should().Be(55);
        counts[^1].Name.Should().Be("other");
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(120, 120)]
    [InlineData(7 * 24 * 60, 3600)]
    public void Counts_add_up_to_all_that_ended_in_the_window(double minutes, double seconds)
    {
        var total = 0;
        _bench.Tick();
        for (var i = 0; i < minutes * 60; i += 5)
        {
            _bench.Tracker.Start("Message", default, OperationVerbosity.Quiet).Dispose();
            _bench.Tick(seconds: 5);
            total++;
        }

        var counts = _bench.ReadMinutes(minutes).Counts;

        counts.Should().OnlyContain(count => count.Length == TimeSpan.FromSeconds(seconds));
        counts.Select(count => count.Time).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        counts.Sum(count => count.Ended).Should().BeCloseTo(total, (uint)(seconds / 5) + 2);
    }

    [Fact]
    public void What_an_operation_allocates_counts_when_it_allocates_and_not_when_it_ends()
    {
        _bench.Tick();
        using (_bench.Tracker.Start("Import", default))
        {
            Allocate.Bytes(8 << 20);
            _bench.Tracker.Settle();
            _bench.Ticks(10);
            _bench.Ticks(30);
        }

        _bench.Ticks(10);

        var counts = _bench.ReadMinutes(10).Counts;
        counts[0].AllocatedBytes.Should().BeInRange(8 << 20, 9 << 20);
        counts.Skip(1).Sum(count => count.AllocatedBytes).Should().BeLessThan(1 << 20);
        counts[^1].Ended.Should().Be(1);
    }

    [Fact]
    public void Of_too_many_operations_the_last_and_the_large_ones_stay()
    {
        _bench.Tick();
        using (_bench.Tracker.Start("Import", "large"))
        {
            Allocate.Bytes(20 << 20);
        }

        for (var i = 0; i < 2000; i++)
        {
            _bench.Tracker.Start("Message", $"{i}").Dispose();
            _bench.Tick();
        }

        var spans = _bench.ReadMinutes(60).Operations;
        spans.Should().HaveCountLessOrEqualTo(HistorySpans.Most);
        spans[0].Name.Should().Be("Import");
        spans.Skip(1).TakeLast(50).Select(span => span.Context.Text).Should().Equal(Enumerable.Range(1950, 50).Select(i => $"{i}"));
        spans[0].AllocatedBytes.Should().BeGreaterOrEqualTo(20 << 20);
    }

    [Fact]
    public void A_window_has_the_operations_that_ran_within_it()
    {
        _bench.Tick();
        _bench.Tracker.Start("Early", default).Dispose();
        _bench.Ticks(1200);
        _bench.Tracker.Start("Late", default).Dispose();
        _bench.Tick();

        _bench.ReadMinutes(10).Operations.Select(span => span.Name).Should().Equal("Late");
        _bench.ReadMinutes(60).Operations.Should().HaveCount(2);
    }
}
