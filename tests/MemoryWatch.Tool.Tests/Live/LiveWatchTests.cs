using System.Globalization;
using MemoryWatch.Files;
using MemoryWatch.Tests.Read;
using MemoryWatch.Tool.Live;
using Microsoft.Extensions.Time.Testing;
using static MemoryWatch.Tests.Read.CgroupFixtures;

namespace MemoryWatch.Tool.Tests.Live;

/// <summary>A process on a machine of files, watched from outside.</summary>
public sealed class LiveWatchTests : IDisposable
{
    private const int Id = 4711;

    private readonly FakeMachine _machine = new();
    private readonly FakeTimeProvider _time = new(new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero));

    public LiveWatchTests()
    {
        _machine
            .With("/proc/meminfo", "MemTotal: 8388608 kB\nMemFree: 4194304 kB\nMemAvailable: 6291456 kB\n")
            .With("/proc/vmstat", "oom_kill 3\n")
            .With("/proc/self/mountinfo", Version1Mounts)
            .With($"/proc/{Id}/cgroup", "4:memory:/docker/abc\n0::/\n")
            .With($"/proc/{Id}/mountinfo", "35 31 0:32 /docker/abc /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n")
            .With($"/proc/{Id}/comm", "worker\n")
            .With($"/proc/{Id}/status", $"Name:\tworker\nTgid:\t{Id}\nVmRSS:\t  102400 kB\nRssAnon:\t  81920 kB\nRssFile:\t  20480 kB\nRssShmem:\t  0 kB\nVmSwap:\t  0 kB\n")
            .WithVersion1Group($"{Version1}/docker/abc", limit: 512 * MB, usage: 130 * MB, inactiveFile: 10 * MB)
            .WithVersion1Group($"{Version1}/docker", limit: 1024 * MB, usage: 200 * MB)
            .WithVersion1Group(Version1);
        Resident(100);
        Stat(ticks: 100);
    }

    [Fact]
    public void It_reads_what_a_library_inside_would_read_and_levels_above_the_container_too()
    {
        using var watch = Watch();

        var reading = watch.Tick()!;

        (watch.Name, reading.Snapshot.Process.ResidentBytes, reading.Snapshot.Process.AnonymousBytes).Should().Be(("worker", 100 * MB, 80 * MB));
        reading.Snapshot.Usage.Should().Be(new MemoryUsage { UsedBytes = 120 * MB, LimitBytes = 512 * MB, Source = LimitSource.Container });
        reading.Levels.Select(level => level.Path).Should().Equal($"{Version1}/docker/abc", $"{Version1}/docker", Version1);
        LiveText.Limit(reading).Should().Be($"512 MB (container): of 2 limits the one with the least headroom, {Version1}/docker/abc");
        reading.Snapshot.Managed.HeapBytes.Should().BeNull("the heap of the command is not that of the process");
    }

    [Fact]
    public void A_container_that_is_not_below_the_callers_mounts_is_read_through_the_root_of_the_process()
    {
        _machine
            .With("/proc/self/mountinfo", "35 31 0:32 /docker/other /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n")
            .WithVersion1Group(Version1, limit: 64 * MB, usage: 1 * MB)
            .WithVersion1Group($"/proc/{Id}/root{Version1}", limit: 256 * MB, usage: 110 * MB);
        using var watch = Watch();

        watch.Tick()!.Snapshot.Usage.Should().Be(new MemoryUsage { UsedBytes = 110 * MB, LimitBytes = 256 * MB, Source = LimitSource.Container });
    }

    [Fact]
    public void The_callers_own_cgroup_does_not_stand_in_for_one_that_cannot_be_seen()
    {
        _machine
            .With("/proc/self/mountinfo", "35 31 0:32 /docker/other /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n")
            .WithVersion1Group(Version1, limit: 64 * MB, usage: 1 * MB);
        using var watch = Watch();

        var reading = watch.Tick()!;

        reading.Snapshot.Usage.Source.Should().Be(LimitSource.Machine);
        LiveText.Gaps(reading.Snapshot).Should().NotBeEmpty();
    }

    [Fact]
    public void Zones_are_those_of_the_library()
    {
        using var watch = Watch();
        watch.Tick()!.Snapshot.Zone.Should().Be(MemoryZone.Healthy);

        _machine.With($"{Version1}/docker/abc/memory.usage_in_bytes", $"{470 * MB}\n");

        Tick(watch).Snapshot.Zone.Should().Be(MemoryZone.Critical);
    }

    [Fact]
    public void A_limit_that_is_given_is_compared_with_the_process()
    {
        using var watch = Watch(limit: 110 * MB);

        var snapshot = watch.Tick()!.Snapshot;

        (snapshot.Usage.Source, snapshot.Usage.UsedBytes, snapshot.Zone).Should().Be((LimitSource.Setting, 100 * MB, MemoryZone.Critical));
    }

    [Fact]
    public void Steady_growth_leads_to_the_limit_in_a_known_time()
    {
        Smaps(("/usr/bin/worker", 1000), ("[heap]", 90_000));
        using var watch = Watch();
        var reading = watch.Tick()!;
        for (var i = 0; i < 600; i++)
        {
            _machine.With($"{Version1}/docker/abc/memory.usage_in_bytes", $"{(130 * MB) + (i * MB / 10)}\n");
            reading = Tick(watch);
        }

        // 60 MB in 600 s; some 330 MB are left.
        reading.Snapshot.TimeToLimit!.Soonest.TotalSeconds.Should().BeInRange(2900, 3400);
        LiveText.Line(reading).Should().Contain("+6.0 MB/min, limit in");
    }

    [Fact]
    public void Slow_growth_of_a_dotnet_process_may_be_garbage_and_is_not_extrapolated()
    {
        Smaps(("/usr/share/dotnet/shared/Microsoft.NETCore.App/8.0.0/libcoreclr.so", 1000), ("[heap]", 90_000));
        using var watch = Watch();
        for (var i = 0; i < 600; i++)
        {
            _machine.With($"{Version1}/docker/abc/memory.usage_in_bytes", $"{(130 * MB) + (i * MB / 10)}\n");
            Tick(watch).Snapshot.TimeToLimit.Should().BeNull();
        }

        watch.HasRuntime.Should().BeTrue();
    }

    [Fact]
    public void Processor_time_is_over_the_time_that_passed()
    {
        using var watch = Watch();
        watch.Tick()!.Processors.Should().BeNull();

        Stat(ticks: 250);

        Tick(watch, seconds: 3).Processors.Should().BeApproximately(0.5, 0.001);
    }

    [Fact]
    public void What_grew_is_named_by_its_mapping()
    {
        Smaps(("[heap]", 10_000), ("", 20_000));
        using var watch = Watch();
        watch.Tick();
        Smaps(("[heap]", 31_504), ("", 20_000));

        Tick(watch, seconds: 11);

        watch.Mappings.Top(5).Should().Equal(new Growth("[heap]", 21_504 * 1024, 31_504 * 1024));
        watch.Mappings.Length.Should().Be(TimeSpan.FromSeconds(11));
    }

    [Fact]
    public void Another_process_with_the_same_id_is_not_the_process()
    {
        using var watch = Watch();
        watch.Tick().Should().NotBeNull();

        Stat(ticks: 1, start: 2000);

        watch.Tick().Should().BeNull();
    }

    [Theory]
    [InlineData("Z")]
    [InlineData("X")]
    public void A_process_that_waits_for_its_parent_has_ended(string state)
    {
        using var watch = Watch();
        watch.Tick().Should().NotBeNull();

        Stat(ticks: 1, state: state);

        watch.Tick().Should().BeNull();
    }

    [Fact]
    public void A_kill_that_was_counted_some_seconds_before_the_end_is_that_of_the_process()
    {
        _machine.With($"{Version1}/docker/abc/memory.oom_control", "oom_kill 0\n");
        using var watch = Watch();
        watch.Tick();
        _machine.With($"{Version1}/docker/abc/memory.oom_control", "oom_kill 1\n");
        Tick(watch);
        Stat(ticks: 1, state: "Z");

        watch.Tick().Should().BeNull();

        EndJudge.Judge(watch.End()).Should().Be(EndKind.LikelyOomKilled, "who else was in the cgroup is not known on this machine");
    }

    [Fact]
    public void A_kill_that_was_counted_long_ago_was_not_this_one()
    {
        _machine.With($"{Version1}/docker/abc/memory.oom_control", "oom_kill 0\n");
        using var watch = Watch();
        watch.Tick();
        _machine.With($"{Version1}/docker/abc/memory.oom_control", "oom_kill 1\n");
        for (var i = 0; i < 30; i++)
        {
            Tick(watch);
        }

        Stat(ticks: 1, state: "Z");

        EndJudge.Judge(watch.End()).Should().Be(EndKind.NotOomKilled);
    }

    [Fact]
    public void A_process_that_is_not_there_and_a_thread_are_refused()
    {
        _machine.With("/proc/4712/stat", "4712 (w) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 1 0 0\n").With("/proc/4712/status", $"Tgid:\t{Id}\n");

        Of(99).Should().Throw<UnreadableException>().WithMessage("PID is '99'; it must be a process that runs and can be seen here");
        Of(4712).Should().Throw<UnreadableException>().WithMessage($"4712 is a thread of process {Id}; watch {Id}");
    }

    [Fact]
    public void Junk_in_its_files_never_throws()
    {
        var random = new Random(3);
        using var watch = Watch();
        var files = Directory.GetFiles(_machine.Source.Root, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith("/stat", StringComparison.Ordinal)).ToArray();
        for (var i = 0; i < 300; i++)
        {
            var path = files[random.Next(files.Length)];
            var junk = new byte[random.Next(200)];
            random.NextBytes(junk);
            _machine.With(path[_machine.Source.Root.Length..], junk);

            var line = LiveText.Line(Tick(watch));

            line.Should().NotContain("\n");
        }
    }

    [Fact]
    public async Task The_loop_ends_when_the_time_is_over_and_when_it_is_canceled()
    {
        using var watch = Watch();
        var readings = new List<LiveReading>();
        var loop = LiveLoop.RunAsync(watch.Tick, readings.Add, _time, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), CancellationToken.None);
        while (!loop.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        (await loop).Should().BeFalse();
        readings[^1].At.Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(3));

        using var cancellation = new CancellationTokenSource();
        var stopped = LiveLoop.RunAsync(watch.Tick, _ => { }, _time, TimeSpan.FromSeconds(1), null, cancellation.Token);
        await cancellation.CancelAsync();

        (await stopped).Should().BeFalse();
    }

    [Fact]
    public void The_trace_is_what_the_judge_reads()
    {
        var path = Path.Combine(_machine.Source.Root, "trace.csv");
        using var watch = Watch();
        using (var trace = TraceFile.Create(path, force: false))
        {
            trace.Add(watch.Tick()!);
            for (var i = 0; i < 400; i++)
            {
                Resident(100 + i);
                trace.Add(Tick(watch));
            }

            MemoryTrace.Judge(path).RowCount.Should().Be(401, "each row is there at once");
        }

        var report = MemoryTrace.Judge(path);
        report.SkippedRowCount.Should().Be(0);
        report.Verdicts.Should().ContainSingle().Which.Final.BytesPerHour!.Value.Value.Should().BeApproximately(3600.0 * MB, 36.0 * MB);
        var again = () => TraceFile.Create(path, force: false);
        again.Should().Throw<UnreadableException>().WithMessage("*exists; use --force to overwrite it");
    }

    [Fact]
    public void The_summary_says_what_was_seen_and_no_verdict_from_too_few_readings()
    {
        using var watch = Watch();
        var summary = new LiveSummary(null);
        summary.Add(watch.Tick()!);
        Resident(140);
        summary.Add(Tick(watch));

        LiveText.Summary(summary).Should().Equal(
            "2 readings in 1 s, worst zone Healthy",
            "Resident: 100.0 MB to 140.0 MB, +40.0 MB from the first reading to the last",
            "Leak (resident): not known, there are too few readings in 1 s");
    }

    public void Dispose() => _machine.Dispose();

    private Action Of(long id) => () => LiveWatch.Of(id, null, DiskFiles.Instance, _time, _machine.Source.Root).Dispose();

    private LiveWatch Watch(long? limit = null) => LiveWatch.Of(Id, limit, DiskFiles.Instance, _time, _machine.Source.Root);

    private LiveReading Tick(LiveWatch watch, double seconds = 1)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        return watch.Tick()!;
    }

    private void Resident(long megabytes) => _machine.With($"/proc/{Id}/statm", $"500000 {megabytes * 256} 5120 1 0 100 0\n");

    private void Stat(long ticks, long start = 1000, string state = "S") => _machine.With(
        $"/proc/{Id}/stat", string.Create(CultureInfo.InvariantCulture, $"{Id} (worker) {state} 1 1 1 0 -1 0 0 0 0 0 {ticks} 0 0 0 20 0 1 0 {start} 0 0\n"));

    private void Smaps(params (string Name, int Kilobytes)[] mappings) => _machine.With(
        $"/proc/{Id}/smaps",
        string.Concat(mappings.Select((mapping, i) => string.Create(
            CultureInfo.InvariantCulture, $"7f{i}000-7f{i}fff rw-p 00000000 00:00 0 {mapping.Name}\nRss: {mapping.Kilobytes} kB\n"))));
}
