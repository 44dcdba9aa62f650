using System.Collections.Concurrent;
using MemoryWatch.Guard;
using MemoryWatch.Judge;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Judge;

public sealed class DetectorsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingPluginListener _listener = new();
    private readonly ManualResetEventSlim _gate = new();
    private readonly PluginRunner _runner;

    public DetectorsTests() => _runner = new(_listener, new StuckThreads(), _time, TimeSpan.FromMilliseconds(200));

    public void Dispose()
    {
        _gate.Set();
        _runner.Dispose();
    }

    [Fact]
    public void All_alerts_of_a_snapshot_come_built_in_ones_first()
    {
        var detectors = Of((in MemorySnapshot _) => Alert("mine"));

        Kinds(detectors, 460).Should().Equal("zone", "high_memory", "mine");
        (detectors.Zone, detectors.IsHigh).Should().Be((MemoryZone.Critical, true));
        Kinds(detectors, 460).Should().Equal("mine");
    }

    [Fact]
    public void A_detector_of_the_application_sees_each_snapshot()
    {
        var seen = new List<long?>();
        var detectors = Of((in MemorySnapshot snapshot) =>
        {
            seen.Add(snapshot.Usage.UsedBytes);
            return null;
        });

        Kinds(detectors, 100).Should().BeEmpty();
        Kinds(detectors, 101).Should().BeEmpty();

        seen.Should().Equal(Bytes.Megabytes(100), Bytes.Megabytes(101));
    }

    [Fact]
    public void One_that_throws_rests_is_reported_once_and_its_last_alert_is_not_told_again()
    {
        var broken = false;
        var detectors = Of(
            (in MemorySnapshot _) => broken ? throw new IOException("gone") : Alert("first"),
            (in MemorySnapshot _) => Alert("second"));

        Kinds(detectors, 100).Should().Equal("first", "second");
        broken = true;
        Kinds(detectors, 100).Should().Equal("second");
        broken = false;
        Kinds(detectors, 100).Should().Equal("second");
        _time.Advance(TimeSpan.FromSeconds(10));
        Kinds(detectors, 100).Should().Equal("first", "second");

        _listener.Faults.Should().ContainSingle().Which.Should().Match<RecordingPluginListener.Fault>(
            f => f.Kind == "Detector" && f.Name == "DelegateDetector" && f.Error is IOException);
    }

    [Fact]
    public void One_that_hangs_holds_up_neither_the_built_in_ones_nor_the_next()
    {
        var detectors = Of(
            (in MemorySnapshot _) =>
            {
                _gate.Wait();
                return Alert("late");
            },
            (in MemorySnapshot _) => Alert("second"));

        Kinds(detectors, 460).Should().Equal("zone", "high_memory", "second");
        Kinds(detectors, 100).Should().Equal("zone", "second");
        _listener.Faults.Should().ContainSingle().Which.Error.Should().BeNull();
    }

    [Fact]
    public void What_a_stuck_detector_looks_at_does_not_change_under_its_hands()
    {
        var looked = new ConcurrentQueue<long?>();
        var detectors = Of((in MemorySnapshot snapshot) =>
        {
            looked.Enqueue(snapshot.Usage.UsedBytes);
            _gate.Wait();
            looked.Enqueue(snapshot.Usage.UsedBytes);
            return null;
        });
        Kinds(detectors, 100);
        for (var i = 0; i < 10; i++)
        {
            Kinds(detectors, 200 + i);
        }

        _gate.Set();
        Deadline.Until(() => looked.Count == 2, "it comes back");
        looked.Should().AllBeEquivalentTo(Bytes.Megabytes(100));
    }

    [Fact]
    public void Looking_at_a_calm_snapshot_allocates_nothing()
    {
        var detectors = Of(static (in MemorySnapshot _) => null);
        var snapshot = SnapshotOf.Resident(100);
        Inspect(50);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Inspect(500);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);

        void Inspect(int times)
        {
            for (var i = 0; i < times; i++)
            {
                detectors.Inspect(snapshot);
            }
        }
    }

    [Fact]
    public void An_alert_is_safe_to_print_and_needs_kind_and_message()
    {
        var alert = new MemoryAlert("a\nb", AlertSeverity.Warning, "c\u001Bd");

        (alert.Kind, alert.Message, alert.ToString(), alert.Values.Count).Should().Be((@"a\nb", @"c\u001Bd", @"c\u001Bd", 0));
        FluentActions.Invoking(() => new MemoryAlert(" ", AlertSeverity.Warning, "x")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new MemoryAlert("x", AlertSeverity.Warning, "")).Should().Throw<ArgumentException>();
    }

    private static MemoryAlert Alert(string kind) => new(kind, AlertSeverity.Warning, kind);

    private static string[] Kinds(Detectors detectors, double used) =>
        [.. detectors.Inspect(SnapshotOf.Usage(used)).Select(a => a.Kind)];

    private Detectors Of(params Inspection[] users) => new(
        new ZoneDetector(() => DetectionSettingsOf.Defaults),
        new HighMemoryDetector(() => DetectionSettingsOf.Defaults),
        [new SpikeDetector(() => DetectionSettingsOf.Defaults, _time)],
        [.. users.Select(u => new GuardedDetector(new DelegateDetector(u)))],
        _runner);

    private delegate MemoryAlert? Inspection(in MemorySnapshot snapshot);

    private sealed class DelegateDetector(Inspection inspect) : IMemoryDetector
    {
        public MemoryAlert? Inspect(in MemorySnapshot snapshot) => inspect(snapshot);
    }
}
