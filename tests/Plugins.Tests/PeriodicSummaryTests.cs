using MemoryWatch;

namespace Plugins.Tests;

public class PeriodicSummaryTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private readonly List<string> _published = [];
    private readonly PeriodicSummary _summary;
    private DateTimeOffset _now = Time;

    public PeriodicSummaryTests()
    {
        _summary = new(TimeSpan.FromDays(1), _published.Add);
        See(100);
    }

    [Fact]
    public void It_shows_the_peak_alerts_failed_operations_and_what_relief_freed()
    {
        See(200);
        See(384);
        See(300);
        _summary.OnAlert(new SpikeAlert(60 << 20, TimeSpan.FromMinutes(1), 50 << 20), MemorySnapshot.Empty);
        _summary.OnEntry(Ended("Upload", OperationOutcome.Failed));
        _summary.OnEntry(Ended("Download", OperationOutcome.Failed));
        _summary.OnEntry(Ended("Download", OperationOutcome.Failed));
        _summary.OnRelief(Relief(from: 384, to: 300));

        NextDay().Should().Be("Peak 384.0 MB of 512 MB used (75.0%) | Alerts: 1 | Failed: Download 2, Upload 1 | Freed: 84 MB");
    }

    [Fact]
    public void What_did_not_fail_is_not_listed()
    {
        _summary.OnEntry(Ended("Download", OperationOutcome.Completed));
        _summary.OnEntry(Ended("Download", OperationOutcome.Cancelled));
        _summary.OnEntry(new() { Kind = JournalEntryKind.Started, Name = "Download", Outcome = OperationOutcome.Running });
        _summary.OnEntry(new() { Kind = JournalEntryKind.Mark, Name = "Deployed", Outcome = OperationOutcome.Completed });

        NextDay().Should().Contain("Failed: none");
    }

    [Fact]
    public void Memory_that_grew_during_a_relief_step_is_not_taken_off()
    {
        _summary.OnRelief(Relief(from: 300, to: 280));
        _summary.OnRelief(Relief(from: 280, to: 290));
        _summary.OnRelief(Relief(from: null, to: 290));

        NextDay().Should().EndWith("Freed: 20 MB");
    }

    [Fact]
    public void A_reading_without_a_number_is_no_peak()
    {
        See(200);
        _summary.OnSnapshot(new() { Time = _now });

        NextDay().Should().StartWith("Peak 200.0 MB of 512 MB");
    }

    [Fact]
    public void The_next_day_starts_from_nothing()
    {
        See(384);
        _summary.OnEntry(Ended("Download", OperationOutcome.Failed));
        NextDay();
        See(100);

        NextDay().Should().Be("Peak 100.0 MB of 512 MB used (19.5%) | Alerts: 0 | Failed: none | Freed: 0 MB");
    }

    [Fact]
    public void Until_the_day_is_over_nothing_is_published()
    {
        _now = Time.AddDays(1).AddSeconds(-1);
        See(384);

        _published.Should().BeEmpty();
    }

    private static JournalEntry Ended(string name, OperationOutcome outcome) => new()
    {
        Kind = JournalEntryKind.Ended, Time = Time, OperationId = 1, Name = name, Outcome = outcome, Duration = TimeSpan.FromSeconds(1),
    };

    private static ReliefOutcome Relief(int? from, int to) => new()
    {
        Name = "GC",
        Time = Time,
        Duration = TimeSpan.FromMilliseconds(40),
        Before = new() { ResidentBytes = (long?)from << 20 },
        After = new() { ResidentBytes = (long)to << 20 },
    };

    private void See(long megabytes) =>
        _summary.OnSnapshot(new() { Time = _now, Usage = new() { UsedBytes = megabytes << 20, LimitBytes = 512 << 20 } });

    /// <summary>The message of the day that ends now.</summary>
    private string NextDay()
    {
        _now = _now.AddDays(1);
        See(100);
        return _published[^1];
    }
}
