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

    private static void ReadUntil(LinuxReader reader, Func<ContainerReading, bool> isSeen) =>
        Enumerable.Range(0, 70).Any(_ => isSeen(reader.Read().Container)).Should().BeTrue("missing files are tried again at least each 64th reading");
}
