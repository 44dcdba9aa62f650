using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Contracts;

/// <summary>Values say their numbers in one line, as a debugger or a test shows them; the forms of the log are for Describe.</summary>
public sealed class ValueTextTests : IDisposable
{
    private readonly CommaCulture _culture = new();

    public void Dispose() => _culture.Dispose();

    [Fact]
    public void A_snapshot() => SnapshotOf.Resident(171.8).With(zone: MemoryZone.Elevated).ToString()
        .Should().Be("Elevated: 171.8 MB of 512 MB used (33.6%), resident 171.8 MB");

    [Fact]
    public void A_snapshot_of_nothing() =>
        MemorySnapshot.Empty.ToString().Should().Be("Healthy: n/a of n/a used (n/a), resident n/a");

    [Fact]
    public void Metrics() => new MetricValues([new("Sessions"), new("Cache", new() { Unit = "items" }), new("Queue")], [3, 6, null]).ToString()
        .Should().Be("Sessions: 3 | Cache: 6 items | Queue: n/a");

    [Fact]
    public void Alerts_of_every_type()
    {
        var usage = SnapshotOf.Usage(460).Usage;
        MemoryAlert[] alerts =
        [
            new ZoneAlert(MemoryZone.Critical, MemoryZone.Healthy, usage),
            new HighMemoryAlert(usage, Bytes.Megabytes(400)),
            new SpikeAlert(Bytes.Megabytes(75.3), TimeSpan.FromMinutes(1), Bytes.Megabytes(50)),
            new StartAlert(Bytes.Megabytes(49), TimeSpan.FromSeconds(6)),
            new SwingAlert(Bytes.Megabytes(80)),
            new SwingAlert(Bytes.Megabytes(80), isCollected: false),
            new ThrashingAlert(12.3, Bytes.Megabytes(40)),
            new MetricMaximumAlert(new("Sessions"), 4, 3),
            new OperationGrowthAlert(7, "Import", "User 5") { ResidentChangeBytes = Bytes.Megabytes(80), Duration = TimeSpan.FromSeconds(160) },
            new BudgetAlert(7, "Import", "User 5")
            {
                Part = BudgetPart.Change, Bytes = Bytes.Megabytes(84.2), BudgetBytes = Bytes.Megabytes(80), Age = TimeSpan.FromSeconds(2.1),
            },
            new MoreBudgetsAlert(1234),
            new CustomAlert("disk_full", AlertSeverity.Warning, "The disk is full."),
        ];

        alerts.Select(a => a.ToString()).Should().Equal(
            "zone: Healthy -> Critical, 460.0 MB of 512 MB used (89.8%)",
            "high_memory: 460.0 MB of 512 MB used (89.8%), threshold 400 MB",
            "spike: +75.3 MB within 60 s, threshold 50 MB",
            "start: 49.0 MB after 6 s",
            "swing: 80.0 MB between collections",
            "swing: 80.0 MB without a collection",
            "thrashing: pressure 12.3%, read again 40.0 MB",
            "metric_maximum: Sessions 4 / 3",
            "operation: Import +80.0 MB in 160.0 s, allocated n/a",
            "budget: Import Change 84.2 MB / 80 MB after 2.1 s",
            "budget: 1234 more",
            "The disk is full.");
        alerts.Select(a => a.Describe()).Should().OnlyContain(text => !text.Contains('\n')).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void A_previous_run_and_its_evidence()
    {
        var run = new PreviousRun
        {
            Verdict = RunVerdict.Killed, LastSeen = new(2026, 11, 23, 8, 38, 5, TimeSpan.Zero), Lifetime = TimeSpan.FromSeconds(1.5),
            LastSnapshot = SnapshotOf.Usage(101.7, 128), MoreInFlight = 2,
            Evidence = [new() { Kind = RunEvidenceKind.GroupKills, CountBefore = 0, CountNow = 1 }],
        };

        run.ToString().Should().Be("Killed at 2026-11-23 08:38:05Z after 1.5 s, 101.7 MB of 128 MB used (79.5%), 2 in flight");
        run.Evidence.Single().ToString().Should().Be("GroupKills 0 -> 1");
    }

    [Fact]
    public void What_an_operation_allocated() =>
        new OperationAllocation { AllocatedBytes = Bytes.Megabytes(45.3), ChargedBytes = Bytes.Megabytes(2) }.ToString()
            .Should().Be("allocated 45.3 MB, charged 2.0 MB");
}
