using MemoryWatch;

namespace Plugins.Tests;

public class FullQueueDetectorTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private static readonly MetricDefinition Queue = new("Queue", new() { Maximum = 10 });

    private readonly FullQueueDetector _detector = new("Queue", TimeSpan.FromSeconds(3));

    [Fact]
    public void A_queue_that_stays_full_raises_one_alert() =>
        Alerts(10, 10, 10, 10, 10, 10).Should().Equal(false, false, false, true, false, false);

    [Fact]
    public void The_alert_says_which_queue_and_for_how_long()
    {
        Inspect(0, 10);
        var alert = Inspect(4, 10).Should().BeOfType<CustomAlert>().Subject;

        alert.Describe().Should().Be("⚠️ QUEUE FULL: Queue 10 / 10 for 4 s");
        (alert.Kind, alert.Severity).Should().Be(("queue_full", AlertSeverity.Warning));
        alert.Values.Should().Contain(new KeyValuePair<string, object?>("seconds", 4d));
    }

    [Fact]
    public void A_queue_that_had_room_for_a_moment_starts_anew() =>
        Alerts(10, 10, 9, 10, 10, 10).Should().NotContain(true);

    [Fact]
    public void After_it_had_room_it_is_reported_again() =>
        Alerts(10, 10, 10, 10, 0, 10, 10, 10, 10).Count(isAlert => isAlert).Should().Be(2);

    [Fact]
    public void A_value_that_could_not_be_read_is_no_room() =>
        Alerts(10, 10, null, 10).Should().Equal(false, false, false, true);

    [Fact]
    public void A_metric_without_a_maximum_or_that_is_missing_is_never_full()
    {
        var endless = new MetricValues(new MetricValue(new("Queue"), 10));

        for (var second = 0; second < 10; second++)
        {
            _detector.Inspect(new() { Time = Start.AddSeconds(second), Metrics = endless }).Should().BeNull();
            _detector.Inspect(new() { Time = Start.AddSeconds(second) }).Should().BeNull();
        }
    }

    private bool[] Alerts(params long?[] values) => [.. values.Select((value, second) => Inspect(second, value) is not null)];

    private MemoryAlert? Inspect(int second, long? value) =>
        _detector.Inspect(new() { Time = Start.AddSeconds(second), Metrics = new(new MetricValue(Queue, value)) });
}
