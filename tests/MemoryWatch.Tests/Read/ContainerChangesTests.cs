using MemoryWatch.Read;
using static MemoryWatch.Tests.Read.CgroupFixtures;

namespace MemoryWatch.Tests.Read;

public sealed class ContainerChangesTests : IDisposable
{
    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_limit_that_changes_is_seen_at_the_next_reading()
    {
        _machine.OnVersion2("/app").WithVersion2Group($"{Version2}/app", $"{512 * MB}", usage: 100 * MB);
        using var reader = _machine.Reader();
        reader.Read().Container.LimitBytes.Should().Be(512 * MB);

        _machine.With($"{Version2}/app/memory.max", $"{256 * MB}\n");

        reader.Read().Container.LimitBytes.Should().Be(256 * MB);
    }

    [Fact]
    public void A_limit_that_appears_at_a_level_that_had_none_is_seen_at_the_next_reading()
    {
        _machine.OnVersion1("/pod/app")
            .WithVersion1Group($"{Version1}/pod/app", usage: 100 * MB)
            .WithVersion1Group($"{Version1}/pod", usage: 200 * MB);
        using var reader = _machine.Reader();
        reader.Read().Container.LimitBytes.Should().BeNull();

        _machine.With($"{Version1}/pod/memory.limit_in_bytes", $"{256 * MB}\n");

        reader.Read().Container.Should().Match<ContainerReading>(
            c => c.LimitBytes == 256 * MB && c.UsageBytes == 200 * MB && c.Path == $"{Version1}/pod");
    }

    [Fact]
    public void A_process_that_is_moved_is_followed()
    {
        _machine.OnVersion2("/a")
            .WithVersion2Group($"{Version2}/a", $"{512 * MB}", usage: 100 * MB)
            .WithVersion2Group($"{Version2}/b", $"{256 * MB}", usage: 10 * MB);
        using var reader = _machine.Reader();
        reader.Read().Container.Path.Should().Be($"{Version2}/a");

        _machine.OnVersion2("/b");

        reader.Read().Container.Should().Match<ContainerReading>(c => c.Path == $"{Version2}/b" && c.LimitBytes == 256 * MB);
    }

    [Fact]
    public void A_process_without_a_group_is_watched_until_it_has_one()
    {
        _machine.With("/proc/self/statm", "1 1 1 0 0 0 0\n");
        using var reader = _machine.Reader();
        reader.Read().Container.Should().Be(default(ContainerReading));

        _machine.OnVersion2("/").WithVersion2Group(Version2, $"{512 * MB}", usage: 100 * MB);

        ReadUntil(reader, c => c.LimitBytes == 512 * MB);
    }

    [Fact]
    public void A_file_that_appears_later_is_found()
    {
        _machine.OnVersion2("/").WithVersion2Group(Version2, $"{512 * MB}", usage: 100 * MB);
        using var reader = _machine.Reader();
        reader.Read().Container.HighBytes.Should().BeNull();

        _machine.With($"{Version2}/memory.high", $"{500 * MB}\n");

        ReadUntil(reader, c => c.HighBytes == 500 * MB);
    }

    [Fact]
    public void A_group_that_is_made_again_under_the_same_path_is_another_group()
    {
        _machine.OnVersion2("/app").WithVersion2Group($"{Version2}/app", $"{512 * MB}", usage: 100 * MB, kills: 3);
        using var reader = _machine.Reader();
        var before = reader.Read().Container;
        var group = reader.Group!;

        _machine.Move($"{Version2}/app", $"{Version2}/old").WithVersion2Group($"{Version2}/app", $"{256 * MB}", usage: 10 * MB);

        reader.Read().Container.Should().Match<ContainerReading>(c => c.LimitBytes == 256 * MB && c.OomKills == 0 && c.Owner != before.Owner);
        reader.Group!.Path.Should().Be(group.Path);
        reader.Group.IsSameAs(group).Should().BeFalse();
    }

    [Fact]
    public void A_group_file_that_fails_once_does_not_take_the_container_away()
    {
        _machine.OnVersion2("/app").WithVersion2Group($"{Version2}/app", $"{512 * MB}", usage: 100 * MB).With("/proc/self/statm", "1 1 1 0 0 0 0\n");
        using var reader = _machine.Reader();
        reader.Read();

        _machine.With("/proc/self/cgroup", string.Empty);
        reader.Read().Container.LimitBytes.Should().Be(512 * MB, "the process is alive, so it is still where it was");

        _machine.With("/proc/self/statm", string.Empty);
        reader.Read().Container.Should().Be(default(ContainerReading), "a process that is gone has no container");
    }

    [Fact]
    public void Mounts_that_cannot_be_read_at_first_are_tried_again()
    {
        _machine.With("/proc/self/statm", "1 1 1 0 0 0 0\n").With("/proc/self/cgroup", "0::/app\n").WithVersion2Group($"{Version2}/app", $"{512 * MB}", usage: 100 * MB);
        using var reader = _machine.Reader();
        reader.Read().Gaps.Should().HaveFlag(ReadingGaps.Cgroup);

        _machine.With("/proc/self/mountinfo", Version2Mounts);

        ReadUntil(reader, c => c.LimitBytes == 512 * MB);
        reader.Read().Gaps.Should().NotHaveFlag(ReadingGaps.Cgroup);
    }

    [Theory]
    [InlineData("junk\n", true)]
    [InlineData("0\n", true)]
    [InlineData("", true)]
    [InlineData("max\n", false)]
    [InlineData("-1\n", false)]
    [InlineData("18446744073709551615\n", false)]
    public void A_limit_that_is_no_number_is_missing_and_one_that_means_none_is_not(string limit, bool isMissing)
    {
        _machine.OnVersion2("/app").WithVersion2Group($"{Version2}/app", $"{512 * MB}", usage: 100 * MB);
        using var reader = _machine.Reader();
        reader.Read().Gaps.Should().NotHaveFlag(ReadingGaps.ContainerLimit);

        _machine.With($"{Version2}/app/memory.max", limit);

        var reading = reader.Read();
        reading.Container.LimitBytes.Should().BeNull();
        reading.Gaps.HasFlag(ReadingGaps.ContainerLimit).Should().Be(isMissing);
    }

    private static void ReadUntil(LinuxReader reader, Func<ContainerReading, bool> isSeen) =>
        Enumerable.Range(0, 70).Any(_ => isSeen(reader.Read().Container)).Should().BeTrue("missing files are tried again at least each 64th reading");
}
