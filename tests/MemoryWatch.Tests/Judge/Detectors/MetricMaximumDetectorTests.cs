using MemoryWatch.Judge;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge;

public class MetricMaximumDetectorTests
{
    private static readonly MetricDefinition[] Definitions =
        [new("Queue"), new("Active DLs", new() { Maximum = 3 }), new("Cache", new() { Maximum = 0 })];

    private readonly MetricMaximumDetector _detector = MetricMaximumDetector.For(Definitions).First();

    [Fact]
    public void There_is_one_for_each_metric_that_has_a_maximum() =>
        MetricMaximumDetector.For(Definitions).Should().HaveCount(2);

    [Fact]
    public void The_maximum_itself_is_allowed() => Show(3).Should().BeNull();

    [Fact]
    public void Going_over_is_told_with_name_value_and_maximum()
    {
        var alert = Show(4)!;

        (alert.Kind, alert.Severity, alert.Describe())
            .Should().Be(("metric_maximum", AlertSeverity.Warning, "⚠️ OVER MAXIMUM: Active DLs 4 / 3"));
        AlertForm.Of(alert).Values.Select(v => (v.Key, v.Value)).Should().Equal(("metric", "active_dls"), ("value", 4L), ("maximum", 3L));
    }

    [Fact]
    public void It_is_told_once_until_it_was_back_within()
    {
        Show(4).Should().NotBeNull();
        Show(400).Should().BeNull();
        Show(3).Should().BeNull();
        Show(5).Should().NotBeNull();
    }

    [Fact]
    public void A_metric_that_cannot_be_read_is_neither_over_nor_back()
    {
        Show(null).Should().BeNull();
        Show(4).Should().NotBeNull();
        Show(null).Should().BeNull();
        Show(4).Should().BeNull();
    }

    [Fact]
    public void A_maximum_of_none_is_one_too() =>
        MetricMaximumDetector.For(Definitions).Last().Inspect(SnapshotOf.Metrics(Definitions, 0, 0, 1), JudgeSettingsOf.Defaults)!
            .Describe().Should().Be("⚠️ OVER MAXIMUM: Cache 1 / 0");

    private MemoryAlert? Show(long? value) => _detector.Inspect(SnapshotOf.Metrics(Definitions, 1000, value, 0), JudgeSettingsOf.Defaults);
}
