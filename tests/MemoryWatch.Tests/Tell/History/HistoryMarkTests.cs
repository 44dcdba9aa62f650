using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Tell.History;

/// <summary>The events of the history.</summary>
public sealed class HistoryMarkTests
{
    private readonly HistoryBench _bench = new();

    [Fact]
    public void The_start_an_alert_with_its_cause_a_zone_and_a_relief_are_marks_in_words()
    {
        var usage = new MemoryUsage { UsedBytes = Bytes.Megabytes(460), LimitBytes = Bytes.Megabytes(512) };
        var spike = new SpikeAlert(Bytes.Megabytes(80), TimeSpan.FromMinutes(1), 1)
        {
            Cause = new()
            {
                Window = TimeSpan.FromSeconds(2), RiseBytes = Bytes.Megabytes(80), ResidentChangeBytes = Bytes.Megabytes(80),
                ManagedChangeBytes = Bytes.Megabytes(80), AllocatedBytes = Bytes.Megabytes(80),
                Operations = [new() { Name = "Download", OperationId = 7, Count = 1, AllocatedBytes = Bytes.Megabytes(78), Share = 0.98 }],
            },
        };
        _bench.Tick();
        _bench.Tick(180, 1, null, spike);
        _bench.Tick(460, 1, null, new ZoneAlert(MemoryZone.Critical, MemoryZone.Healthy, usage), new CustomAlert("queue", AlertSeverity.Information, "Queue is long"));
        _bench.Keeper.OnRelief(Relief(_bench.Now));

        var marks = _bench.ReadMinutes(10).Marks;

        marks.Select(mark => mark.Kind).Should().Equal(
            MemoryHistoryMarkKind.Start, MemoryHistoryMarkKind.Spike, MemoryHistoryMarkKind.Zone, MemoryHistoryMarkKind.Alert, MemoryHistoryMarkKind.Relief);
        marks[1].Text.Should().Be(spike.Describe());
        marks[1].Cause.Should().StartWith("Likely cause: Download").And.Be(spike.Cause.Describe());
        marks[1].CauseOperations.Should().Equal(7);
        marks[1].Severity.Should().Be(AlertSeverity.Warning);
        marks[2].Text.Should().Be("🔴 MEMORY CRITICAL: 460.0 MB / 512 MB");
        marks[4].Text.Should().Be("GC freed 10.0 MB in 38 ms");
        marks[0].Text.Should().Be("MemoryWatch started");
    }

    [Fact]
    public void Frequent_events_of_one_kind_push_out_no_others()
    {
        _bench.Tick();
        _bench.Tick(200, 1, null, new SpikeAlert(1 << 20, TimeSpan.FromMinutes(1), 1));
        for (var i = 0; i < 500; i++)
        {
            _bench.Tick();
            _bench.Keeper.OnRelief(Relief(_bench.Now));
        }

        var marks = _bench.ReadMinutes(24 * 60).Marks;

        marks.Should().HaveCount(HistoryMarks.Most);
        marks.Take(2).Select(mark => mark.Kind).Should().Equal(MemoryHistoryMarkKind.Start, MemoryHistoryMarkKind.Spike);
        marks[^1].Time.Should().Be(_bench.Now);
    }

    [Fact]
    public void A_text_that_is_too_long_is_cut_at_a_whole_character()
    {
        _bench.Tick(200, 1, null, new CustomAlert("app", AlertSeverity.Warning, new string('é', 200)));

        var text = _bench.ReadMinutes(10).Marks[^1].Text;
        text.Should().NotContain("�").And.EndWith("é");
        System.Text.Encoding.UTF8.GetByteCount(text).Should().BeLessOrEqualTo(HistoryMarks.MostTextBytes);
    }

    [Fact]
    public void A_window_has_the_marks_within_it()
    {
        _bench.Tick();
        _bench.Ticks(1200);
        _bench.Tick(200, 1, null, new SpikeAlert(1 << 20, TimeSpan.FromMinutes(1), 1));

        _bench.ReadMinutes(10).Marks.Select(mark => mark.Kind).Should().Equal(MemoryHistoryMarkKind.Spike);
        _bench.ReadMinutes(30).Marks.Should().HaveCount(2);
    }

    private static ReliefOutcome Relief(DateTimeOffset time) => new()
    {
        Name = "GC", Time = time, Duration = TimeSpan.FromMilliseconds(38),
        Before = new() { ResidentBytes = Bytes.Megabytes(110) }, After = new() { ResidentBytes = Bytes.Megabytes(100) },
    };
}
