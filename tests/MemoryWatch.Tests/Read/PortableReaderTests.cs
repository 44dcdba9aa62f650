using MemoryWatch.Read;

namespace MemoryWatch.Tests.Read;

public class PortableReaderTests
{
    [Fact]
    public void What_the_framework_knows_is_told()
    {
        GC.Collect();
        using var reader = new PortableReader(TimeProvider.System);

        var reading = reader.Read();

        reader.ReadResidentBytes().Should().BePositive();
        reader.ReadThreads().Should().BePositive();
        reader.ReadOpenFiles().Should().Match(count => count == null || count > 0);
        reading.Process.ResidentBytes.Should().BePositive();
        reading.Process.VirtualBytes.Should().BeGreaterOrEqualTo(reading.Process.ResidentBytes!.Value);
        reading.Machine.TotalBytes.Should().BePositive();
        reading.Machine.AvailableBytes.Should().BeInRange(0, reading.Machine.TotalBytes!.Value);
        reading.Managed.HeapBytes.Should().BePositive();
    }

    [Fact]
    public void What_only_Linux_knows_is_absent()
    {
        using var reader = new PortableReader(TimeProvider.System);

        var reading = reader.Read();

        reading.Container.Should().Be(default(ContainerReading));
        reading.Process.AnonymousBytes.Should().BeNull();
        reading.Machine.OomKills.Should().BeNull();
    }

    [Fact]
    public void A_disposed_reader_does_not_throw()
    {
        var reader = new PortableReader(TimeProvider.System);
        reader.Dispose();

        reader.Invoking(r => (r.Read(), r.ReadResidentBytes(), r.ReadThreads(), r.ReadOpenFiles())).Should().NotThrow();
    }

    [Fact]
    public void The_reader_is_picked_by_the_operating_system()
    {
        using var reader = MemoryReader.Create(TimeProvider.System);

        reader.GetType().Should().Be(OperatingSystem.IsLinux() ? typeof(LinuxReader) : typeof(PortableReader));
    }
}
