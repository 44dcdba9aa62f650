using MemoryWatch.Tell;
using static MemoryWatch.Tests.Read.CgroupFixtures;

namespace MemoryWatch.Tests.Read;

/// <summary>Machines that were reported from the field: what must be read, judged and said there.</summary>
public sealed class ReadingCasesTests
{
    [Theory]
    [InlineData("gvisor", 530_000_000, "❌ MEMORY LIMIT IMMINENT: at most 505.4 MB / 512 MB, file cache included", MemoryZone.Imminent)]
    [InlineData("statunreadable", 400_000_000, "⚠️ MEMORY ELEVATED: at most 381.5 MB / 512 MB, file cache included", MemoryZone.Elevated)]
    public void Without_the_page_cache_usage_is_an_upper_bound_in_words_and_resident_memory_the_lower_one_for_what_acts(
        string name, long used, string words, MemoryZone zone)
    {
        using var watch = CaseWatch.Of(name);

        var snapshot = watch.Tick();
        watch.Tick();

        snapshot.Usage.Should().Be(new MemoryUsage
        {
            UsedBytes = used, LeastUsedBytes = 200 * MB, Precision = UsagePrecision.AtMost, LimitBytes = 512 * MB, Source = LimitSource.Container,
        });
        (snapshot.Zone, snapshot.Judgement.ActingZone).Should().Be((zone, MemoryZone.Healthy));
        watch.Lines(LogEvents.Zone).Should().Equal(words);
        watch.Lines(LogEvents.ReadingIncomplete).Should().Equal(
            "Memory reading: The container's memory.stat could not be read or is implausible: used memory is its usage, file cache included, an upper bound");
    }

    [Fact]
    public void An_implausible_usage_is_absent_and_resident_memory_stands_in()
    {
        using var watch = CaseWatch.Of("underflow");

        var snapshot = watch.Tick();
        watch.Tick();

        snapshot.Container.UsageBytes.Should().BeNull();
        snapshot.Usage.ToString().Should().Be("at least 200.0 MB of 512 MB used (39.1%)");
        (snapshot.Usage.Source, snapshot.Zone).Should().Be((LimitSource.Container, MemoryZone.Healthy));
        watch.Lines(LogEvents.ReadingIncomplete).Should().ContainSingle().Which.Should().EndWith(
            "memory.usage_in_bytes could not be read or is implausible: used memory is the resident memory of this process, a lower bound");
    }

    [Fact]
    public void A_machine_of_0_bytes_is_none_and_the_container_governs()
    {
        using var watch = CaseWatch.Of("lxcfs389");

        var usage = watch.Tick().Usage;

        (usage.Source, usage.LimitBytes, usage.UsedBytes, usage.Precision)
            .Should().Be((LimitSource.Container, 512 * MB, 519_000_000, UsagePrecision.Exact));
        watch.Lines(LogEvents.ReadingIncomplete).Should().ContainSingle().Which.Should().Contain("MemTotal of /proc/meminfo");
    }

    [Theory]
    [InlineData("wsl1", 33_483_712, 700_000 + 34_032 + 188_576)]
    [InlineData("synology_nomemavail_limit", 2_060_288, 32_000 + 10_000 + 50_000 + 9_000)]
    public void Without_MemAvailable_the_machine_governs_by_the_sum_of_its_parts(string name, long total, long available)
    {
        using var watch = CaseWatch.Of(name);

        var usage = watch.Tick().Usage;

        (usage.Source, usage.LimitBytes, usage.AvailableBytes).Should().Be((LimitSource.Machine, total * 1024, available * 1024));
        watch.Lines(LogEvents.ReadingIncomplete).Should().ContainSingle().Which.Should().Contain("MemAvailable").And.Contain("an upper bound");
    }

    [Fact]
    public void Counts_of_one_level_are_not_subtracted_from_those_of_another()
    {
        using var watch = CaseWatch.Of("flip");
        watch.Machine.With($"{Version1}/memory.usage_in_bytes", "600000000\n");
        watch.Tick().Container.Path.Should().Be($"{Version1}/c1");

        foreach (var usage in new[] { 1_000_000_000, 600_000_000, 1_000_000_000 })
        {
            watch.Machine.With($"{Version1}/memory.usage_in_bytes", $"{usage}\n");
            watch.Tick(15).Container.Path.Should().Be(usage > 600_000_000 ? Version1 : $"{Version1}/c1");
            watch.Tick(15);
        }

        watch.Log.Of(LogEvents.Thrashing).Should().BeEmpty();
    }

    [Theory]
    [InlineData(5, 40, false)]
    [InlineData(60, 40, false)]
    [InlineData(5, 400, true)]
    [InlineData(60, 400, true)]
    public void A_rate_of_refaults_is_over_the_time_that_passed(int interval, int megabytesIn10Seconds, bool isThrashing)
    {
        using var watch = CaseWatch.Of("interval");
        var refaults = 246_760L;
        for (var seconds = 0; seconds <= 240; seconds += interval)
        {
            watch.Machine.With($"{Version1}/a/memory.stat", $"total_inactive_file 0\ntotal_active_file 0\ntotal_workingset_refault_file {refaults}\n");
            watch.Tick(interval);
            refaults += megabytesIn10Seconds * MB / Environment.SystemPageSize * interval / 10;
        }

        watch.Log.Of(LogEvents.Thrashing).Should().HaveCount(isThrashing ? 1 : 0);
    }

    [Theory]
    [InlineData("memhigh1454")]
    [InlineData("memhigh_nopsi")]
    public void The_throttling_limit_is_named_as_what_slows_the_container_down(string name)
    {
        using var watch = CaseWatch.Of(name);

        var snapshot = watch.Tick();
        watch.Tick();

        (snapshot.Usage.Source, snapshot.Usage.LimitBytes).Should().Be((LimitSource.Container, 384 * MB));
        watch.Lines(LogEvents.Throttling).Should().ContainSingle().Which.Should()
            .StartWith("⚠️ MEMORY THROTTLED: 271.1 MB / 256 MB of memory.high").And.Contain("556267 times");
    }

    [Fact]
    public void The_throttling_limit_governs_where_nothing_kills()
    {
        using var watch = CaseWatch.Of("memhigh_only");

        var snapshot = watch.Tick();

        (snapshot.Usage.Source, snapshot.Usage.LimitBytes, snapshot.Zone).Should().Be((LimitSource.Throttling, 256 * MB, MemoryZone.Imminent));
        watch.Lines(LogEvents.Zone).Should().Equal("❌ MEMORY LIMIT IMMINENT: 271.1 MB / 256 MB of memory.high (throttled, not killed)");
        watch.Lines(LogEvents.Throttling).Should().ContainSingle();
        watch.Lines(LogEvents.Started).Should().ContainSingle().Which.Should().Contain("not killed");
    }

    [Fact]
    public void A_parent_that_does_not_account_its_children_does_not_limit_them()
    {
        using var watch = CaseWatch.Of("usehier0");

        var usage = watch.Tick().Usage;

        (usage.Source, usage.LimitBytes).Should().Be((LimitSource.Container, 512 * MB));
        usage.Fraction.Should().BeApproximately(0.37, 0.005);
    }

    [Fact]
    public void The_number_that_means_none_on_32_bits_is_no_limit()
    {
        using var watch = CaseWatch.Of("arm32");

        var snapshot = watch.Tick();

        snapshot.Container.LimitBytes.Should().BeNull();
        snapshot.Usage.Source.Should().Be(LimitSource.Machine);
    }

    [Theory]
    [InlineData("colon", 512, 309_900_000, "/system.slice/kubepods-burstable-pod72e25f20.slice:cri-containerd:d24f9cc")]
    [InlineData("fargate83563", 1024, 800_000_000, "/memory")]
    [InlineData("lxcfs44", 256, 200_000_000, "/memory/lxc/ct")]
    [InlineData("cilium2mounts", 512, 309_900_000, "")]
    [InlineData("hybrid350", 512, 298_000_000, "/memory/user.slice/user-1000.slice/session-1.scope")]
    [InlineData("par113193", 1000, 1_029_899_900, "/p")]
    public void What_was_right_stays_right(string name, long limit, long used, string path)
    {
        using var watch = CaseWatch.Of(name);

        var snapshot = watch.Tick();

        snapshot.Container.Path.Should().Be($"/sys/fs/cgroup{path}");
        (snapshot.Usage.Source, snapshot.Usage.LimitBytes, snapshot.Usage.UsedBytes, snapshot.Usage.Precision)
            .Should().Be((LimitSource.Container, limit * MB, used, UsagePrecision.Exact));
        watch.Lines(LogEvents.ReadingIncomplete).Should().BeEmpty();
    }

    [Fact]
    public void A_group_without_usage_and_limit_leaves_it_to_the_machine()
    {
        using var watch = CaseWatch.Of("ext6099");

        var snapshot = watch.Tick();

        (snapshot.Container.UsageBytes, snapshot.Container.LimitBytes, snapshot.Usage.Source).Should().Be((0L, null, LimitSource.Machine));
        watch.Lines(LogEvents.ReadingIncomplete).Should().BeEmpty();
    }

    [Fact]
    public void Every_case_is_complete_again_once_its_numbers_are()
    {
        using var watch = CaseWatch.Of("underflow");
        watch.Tick();
        watch.Machine.With($"{Version1}/memory.usage_in_bytes", "300000000\n");

        watch.Tick().Usage.UsedBytes.Should().Be(300_000_000 - 2000);

        watch.Log.Of(LogEvents.ReadingIncomplete).Last().Should().Match<Support.LogLine>(
            line => line.Level == Microsoft.Extensions.Logging.LogLevel.Information && line.Text == "Memory reading: all numbers are complete again");
    }
}
