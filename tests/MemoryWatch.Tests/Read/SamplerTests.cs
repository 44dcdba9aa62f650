using MemoryWatch.Guard;
using MemoryWatch.Read;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Read;

public sealed class SamplerTests : IDisposable
{
    private readonly FakeReader _reader = new()
    {
        Resident = 100,
        Reading = new()
        {
            Container = new() { LimitBytes = 512, UsedBytes = 120 },
            Machine = new() { TotalBytes = 4096, AvailableBytes = 3000 },
            Managed = new() { HeapBytes = 40 },
        },
    };

    private readonly FakeTimeProvider _time = new();
    private readonly ResidentProbe _probe;
    private readonly OutOfMemoryProbe _outOfMemory;
    private readonly PluginRunner _runner;
    private readonly Sampler _sampler;
    private long? _limitSetting;

    public SamplerTests()
    {
        _probe = new(_reader, static () => { });
        _runner = new(new RecordingPluginListener(), new StuckThreads(), _time, Deadline.Backstop);
        _outOfMemory = new(_reader.ReadResidentBytes, _time, static _ => { });
        _sampler = new(_reader, _probe, _outOfMemory.Last, new MetricBoard([], BuiltInMetrics.Create(_reader), _runner), _time);
    }

    public void Dispose()
    {
        _runner.Dispose();
        _outOfMemory.Dispose();
    }

    [Fact]
    public void A_tick_reads_everything()
    {
        var snapshot = _sampler.Tick(_limitSetting);

        (snapshot.Trigger, snapshot.Operation, snapshot.Time).Should().Be((SnapshotTrigger.Tick, string.Empty, _time.GetUtcNow()));
        snapshot.Process.ResidentBytes.Should().Be(100);
        snapshot.Managed.HeapBytes.Should().Be(40);
        snapshot.Container.UsedBytes.Should().Be(120);
        snapshot.Machine.TotalBytes.Should().Be(4096);
        snapshot.Metrics["Threads"].Should().Be(8);
    }

    [Fact]
    public void The_setting_governs_where_there_is_one_and_resident_memory_is_what_is_used_of_it()
    {
        _limitSetting = 300;

        ShouldGovern(LimitSource.Setting, 100, 300);
    }

    [Fact]
    public void Else_the_container_does() => ShouldGovern(LimitSource.Container, 120, 512);

    [Fact]
    public void Else_the_machine_does_with_what_is_not_available()
    {
        _reader.Reading = _reader.Reading with { Container = new() { UsedBytes = 120 } };

        ShouldGovern(LimitSource.Machine, 1096, 4096);
    }

    [Fact]
    public void Else_nothing_does()
    {
        _reader.Reading = default;

        ShouldGovern(LimitSource.None, null, null);
    }

    [Fact]
    public void Where_a_limit_is_known_but_not_what_is_used_of_it_resident_memory_is_the_least()
    {
        _reader.Reading = _reader.Reading with { Container = new() { LimitBytes = 512 } };
        ShouldGovern(LimitSource.Container, 100, 512, UsagePrecision.AtLeast);

        _reader.Reading = new() { Machine = new() { TotalBytes = 4096 } };
        ShouldGovern(LimitSource.Machine, 100, 4096, UsagePrecision.AtLeast);

        (_limitSetting, _reader.Resident) = (300, null);
        ShouldGovern(LimitSource.Setting, null, 300);
    }

    [Fact]
    public void Of_an_upper_bound_resident_memory_is_the_lower_one()
    {
        _reader.Reading = _reader.Reading with { Container = new() { LimitBytes = 512, UsedBytes = 120, UsedPrecision = UsagePrecision.AtMost } };
        ShouldGovern(LimitSource.Container, 120, 512, UsagePrecision.AtMost);
        _sampler.Tick(_limitSetting).Usage.LeastUsedBytes.Should().Be(100);

        _reader.Resident = 130;
        _sampler.Tick(_limitSetting).Usage.LeastUsedBytes.Should().Be(120, "the usage is all there is");

        _reader.Resident = null;
        _sampler.Tick(_limitSetting).Usage.LeastUsedBytes.Should().Be(0, "nothing is certain then");
    }

    [Fact]
    public void A_bound_leaves_no_rest_of_the_container()
    {
        var (container, process) = (new ContainerReading { LimitBytes = 512, UsedBytes = 120 }, new ProcessReading { AnonymousBytes = 80 });
        _reader.Reading = _reader.Reading with { Container = container, Process = process };
        _sampler.Tick(_limitSetting).RestOfContainerBytes.Should().Be(40);

        _reader.Reading = _reader.Reading with { Container = container with { UsedPrecision = UsagePrecision.AtMost } };
        _sampler.Tick(_limitSetting).RestOfContainerBytes.Should().BeNull();
    }

    [Theory]
    [InlineData(null, 256, LimitSource.Throttling)]
    [InlineData(8192L, 256, LimitSource.Throttling)]
    [InlineData(512L, 256, LimitSource.Container)]
    [InlineData(null, 8192, LimitSource.Machine)]
    public void The_throttling_limit_governs_where_nothing_kills_before_the_machine(long? limit, long high, LimitSource source)
    {
        _reader.Reading = _reader.Reading with
        {
            Container = new() { LimitBytes = limit, UsedBytes = 120, HighBytes = high, HighUsedBytes = 130 },
        };

        var usage = _sampler.Tick(_limitSetting).Usage;

        usage.Source.Should().Be(source);
        (usage.UsedBytes == 130).Should().Be(source == LimitSource.Throttling);
        _sampler.Tick(300).Usage.Source.Should().Be(LimitSource.Setting);
    }

    [Fact]
    public void Limits_may_change_from_tick_to_tick()
    {
        _limitSetting = 300;
        _sampler.Tick(_limitSetting);
        _limitSetting = null;
        ShouldGovern(LimitSource.Container, 120, 512);

        _reader.Reading = _reader.Reading with { Container = new() { LimitBytes = 1024, UsedBytes = 120 } };
        ShouldGovern(LimitSource.Container, 120, 1024);
    }

    [Fact]
    public void The_peak_is_the_highest_that_scopes_and_marks_saw_since_the_tick_before()
    {
        foreach (var resident in new long[] { 150, 700, 90 })
        {
            _reader.Resident = resident;
            _probe.Read();
        }

        var snapshot = _sampler.Tick(_limitSetting);
        (snapshot.Process.ResidentBytes, snapshot.PeakResidentBytes).Should().Be((90, 700));
        _sampler.Tick(_limitSetting).PeakResidentBytes.Should().Be(90, "the peak was taken with the tick before");
    }

    [Fact]
    public void The_ticks_own_reading_counts_for_its_peak()
    {
        _probe.Read();
        _reader.Resident = 400;

        _sampler.Tick(_limitSetting).PeakResidentBytes.Should().Be(400);
    }

    [Fact]
    public void The_peak_is_absent_where_nothing_could_be_read()
    {
        _reader.Resident = null;
        _sampler.Tick(_limitSetting).PeakResidentBytes.Should().BeNull();

        _reader.Resident = 400;
        _probe.Read();
        _reader.Resident = null;
        _sampler.Tick(_limitSetting).PeakResidentBytes.Should().Be(400);
    }

    [Fact]
    public void An_explicit_snapshot_counts_for_the_next_ticks_peak_and_takes_nothing_from_it()
    {
        _reader.Resident = 700;
        _probe.Read();
        _reader.Resident = 600;
        var snapshot = _sampler.Take(_limitSetting, "Upload Finished", "User 1");
        _reader.Resident = 90;

        (snapshot.Trigger, snapshot.Operation, snapshot.Context.Text).Should().Be((SnapshotTrigger.Explicit, "Upload Finished", "User 1"));
        snapshot.PeakResidentBytes.Should().Be(600);
        _sampler.Tick(_limitSetting).PeakResidentBytes.Should().Be(700);

        _reader.Resident = 650;
        _sampler.Take(_limitSetting, "Again", default);
        _reader.Resident = 90;
        _sampler.Tick(_limitSetting).PeakResidentBytes.Should().Be(650);
    }

    [Fact]
    public void The_applications_metrics_are_shown_from_when_they_are_there()
    {
        _sampler.Tick(_limitSetting).Metrics.Count.Should().Be(2);
        _sampler.Use(new MetricBoard([new FakeMetric("Sessions", () => 3)], BuiltInMetrics.Create(_reader), _runner));

        _sampler.Tick(_limitSetting).Metrics["Sessions"].Should().Be(3);
    }

    [Fact]
    public void A_snapshot_is_a_value_that_later_readings_do_not_change()
    {
        var snapshot = _sampler.Take(_limitSetting, "Before", "User 1");
        var text = snapshot.Describe();
        (_reader.Resident, _reader.Threads, _reader.Reading) = (999, 99, default);
        _sampler.Take(_limitSetting, "After", default);

        snapshot.Describe().Should().Be(text);
        snapshot.As(SnapshotTrigger.Periodic, "Other").Operation.Should().Be("Other");
        snapshot.Operation.Should().Be("Before");
    }

    private void ShouldGovern(LimitSource source, long? used, long? limit, UsagePrecision precision = UsagePrecision.Exact)
    {
        var usage = _sampler.Tick(_limitSetting).Usage;
        (usage.Source, usage.UsedBytes, usage.LimitBytes, usage.Precision).Should().Be((source, used, limit, precision));
    }
}
