using MemoryWatch.Read;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Read;

/// <summary>Readings that operations share which come by the thousand a second.</summary>
public sealed class ResidentProbeTests
{
    private readonly FakeReader _reader = new() { Resident = 100 };
    private readonly ResidentProbe _probe;

    public ResidentProbeTests() => _probe = new(_reader, static () => { });

    [Fact]
    public void A_shared_reading_is_used_until_it_is_too_old()
    {
        _probe.ReadShared(now: 1000, oldest: 900).Should().Be(100);
        _reader.Resident = 200;

        _probe.ReadShared(now: 1099, oldest: 999).Should().Be(100);
        _probe.ReadShared(now: 1100, oldest: 1000).Should().Be(200);
    }

    [Fact]
    public void The_first_one_is_read_however_early_it_is()
    {
        _probe.ReadShared(now: 0, oldest: -100).Should().Be(100);
    }

    [Fact]
    public void What_could_not_be_read_is_not_shared()
    {
        _reader.Resident = null;
        _probe.ReadShared(now: 1000, oldest: 900).Should().BeNull();
        _reader.Resident = 300;

        _probe.ReadShared(now: 1001, oldest: 901).Should().Be(300);
    }

    [Fact]
    public void A_reading_for_one_operation_alone_is_always_fresh()
    {
        _probe.ReadShared(now: 1000, oldest: 900);
        _reader.Resident = 200;

        _probe.Read().Should().Be(200);
    }
}
