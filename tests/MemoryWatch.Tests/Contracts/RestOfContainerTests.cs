namespace MemoryWatch.Tests.Contracts;

public sealed class RestOfContainerTests
{
    private const long MB = 1 << 20;

    [Fact]
    public void Child_processes_and_tmpfs_show_when_they_matter()
    {
        Snapshot(usedMegabytes: 200).RestOfContainerBytes.Should().Be(90 * MB);

        Snapshot(usedMegabytes: 200).Describe().Should().Contain("\n├─ System: ").And.Contain("\n├─ Rest of container: 90.0 MB\n");
        Snapshot(usedMegabytes: 130).Describe().Should().NotContain("Rest of container", "20 MB are less than 5 % of 512 MB");
    }

    [Fact]
    public void It_is_never_negative_and_absent_where_a_part_is()
    {
        Snapshot(usedMegabytes: 50).RestOfContainerBytes.Should().Be(0);
        new MemorySnapshot { Container = new() { UsedBytes = 5 } }.RestOfContainerBytes.Should().BeNull();
        new MemorySnapshot { Process = new() { AnonymousBytes = 5 } }.RestOfContainerBytes.Should().BeNull();
    }

    private static MemorySnapshot Snapshot(long usedMegabytes) => new()
    {
        Operation = "Test",
        Process = new() { ResidentBytes = 150 * MB, AnonymousBytes = 100 * MB, SharedBytes = 10 * MB, FileBackedBytes = 40 * MB },
        Container = new() { LimitBytes = 512 * MB, UsedBytes = usedMegabytes * MB },
        Context = "x",
    };
}
