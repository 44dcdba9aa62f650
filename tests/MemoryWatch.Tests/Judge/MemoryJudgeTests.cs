using System.Collections.Concurrent;
using MemoryWatch.Guard;
using MemoryWatch.Judge;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;
using MemoryWatch.Track;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Judge;

public sealed class MemoryJudgeTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingPluginListener _listener = new();
    private readonly ManualResetEventSlim _gate = new();
    private readonly PluginRunner _runner;
    private TickReport? _report;

    public MemoryJudgeTests() => _runner = new(_listener, new StuckThreads(), _time, TimeSpan.FromMilliseconds(200));

    public void Dispose()
    {
        _gate.Set();
        _runner.Dispose();
    }

    [Fact]
    public void All_alerts_of_a_snapshot_come_built_in_ones_first()
    {
        var detectors = Of((MemorySnapshot _) => Alert("mine"));

        Kinds(detectors, 460).Should().Equal("zone", "high_memory", "mine");
        (_report!.Snapshot.Zone, _report.IsHigh).Should().Be((MemoryZone.Critical, true));
        Kinds(detectors, 460).Should().Equal("mine");
    }

    [Fact]
    public void A_detector_of_the_application_sees_each_snapshot()
    {
        var seen = new List<long?>();
        var detectors = Of((MemorySnapshot snapshot) =>
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
            (MemorySnapshot _) => broken ? throw new IOException("gone") : Alert("first"),
            (MemorySnapshot _) => Alert("second"));

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
            (MemorySnapshot _) =>
            {
                _gate.Wait();
                return Alert("late");
            },
            (MemorySnapshot _) => Alert("second"));

        Kinds(detectors, 460).Should().Equal("zone", "high_memory", "second");
        Kinds(detectors, 100).Should().Equal("zone", "second");
        _listener.Faults.Should().ContainSingle().Which.Error.Should().BeNull();
    }

    [Fact]
    public void What_a_stuck_detector_looks_at_does_not_change_under_its_hands()
    {
        var looked = new ConcurrentQueue<long?>();
        var detectors = Of((MemorySnapshot snapshot) =>
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
    public void Looking_at_a_calm_snapshot_allocates_its_report_alone()
    {
        var detectors = Of(static (MemorySnapshot _) => null);
        var snapshot = SnapshotOf.Resident(100);
        Inspect(50);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Inspect(500);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessOrEqualTo(500 * 104);

        void Inspect(int times)
        {
            for (var i = 0; i < times; i++)
            {
                detectors.Judge(snapshot, JudgeSettingsOf.Defaults);
            }
        }
    }

    [Fact]
    public async Task An_alert_is_what_its_type_says_whatever_its_kind_is_called()
    {
        var first = true;
        using var watch = new WatchHarness(plug: b => b.AddDetector(new DelegateDetector(_ =>
        {
            var alert = first ? new CustomAlert("spike", AlertSeverity.Warning, "My own spike.") : null;
            first = false;
            return alert;
        })));
        var import = await Task.Run(() => watch.Watch.Track("Import"));
        watch.Tick(100);
        for (var i = 1; i <= 100; i++)
        {
            watch.Tick(100 + (0.8 * i));
        }

        import.Dispose();
        watch.Tick(180);

        var mine = watch.Log.Of(LogEvents.OtherAlert).Single();
        mine.Text.Should().StartWith("My own spike.\n📊").And.NotContain("Likely cause");
        mine.State["alert"].Should().Be("spike");
        watch.Log.Of(LogEvents.Spike).Should().BeEmpty();
        watch.Log.Of(LogEvents.Operation).Should().ContainSingle("it is not silenced by a spike that was none");
    }

    [Fact]
    public void An_alert_is_safe_to_print_and_needs_kind_and_message()
    {
        var alert = new CustomAlert("a\nb", AlertSeverity.Warning, "c\u001Bd");

        (alert.Kind, alert.Message, alert.ToString(), alert.Values.Count).Should().Be((@"a\nb", @"c\u001Bd", @"c\u001Bd", 0));
        FluentActions.Invoking(() => new CustomAlert(" ", AlertSeverity.Warning, "x")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new CustomAlert("x", AlertSeverity.Warning, "")).Should().Throw<ArgumentException>();
    }

    private static CustomAlert Alert(string kind) => new(kind, AlertSeverity.Warning, kind);

    private string[] Kinds(MemoryJudge judge, double used)
    {
        _report = judge.Judge(SnapshotOf.Usage(used), JudgeSettingsOf.Defaults);
        return [.. _report.Alerts.Select(a => a.Kind)];
    }

    private MemoryJudge Of(params Inspection[] users) => new(
        new OperationStore(() => { }), isMetered: true, [], [.. users.Select(u => new DelegateDetector(u))], _runner, _time);

    private delegate MemoryAlert? Inspection(MemorySnapshot snapshot);

    private sealed class DelegateDetector(Inspection inspect) : IMemoryDetector
    {
        public MemoryAlert? Inspect(MemorySnapshot snapshot) => inspect(snapshot);
    }
}
