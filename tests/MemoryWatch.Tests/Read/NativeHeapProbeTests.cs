using MemoryWatch.Read;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Read;

/// <summary>When the native heap is read, and how long a reading counts.</summary>
public sealed class NativeHeapProbeTests
{
    private const long Much = NativeHeapProbe.LeastNativeBytes;

    private readonly FakeTimeProvider _time = new();
    private readonly NativeHeapProbe _probe;
    private int _readings;

    public NativeHeapProbeTests() => _probe = new(Read, _time);

    private NativeHeapReading? Reading { get; set; } = new(4, 50 << 20, 20 << 20, default);

    [Fact]
    public void It_is_read_once_a_minute()
    {
        Consider();
        Consider();
        _time.Advance(TimeSpan.FromSeconds(59));
        Consider();
        _readings.Should().Be(1);

        _time.Advance(TimeSpan.FromSeconds(1));
        Consider();

        _readings.Should().Be(2);
    }

    [Theory]
    [InlineData(Much - 1, MemoryZone.Healthy)]
    [InlineData(null, MemoryZone.Healthy)]
    [InlineData(Much, MemoryZone.Critical)]
    [InlineData(Much, MemoryZone.Imminent)]
    public void It_is_not_read_near_the_limit_nor_with_little_native_memory(long? native, MemoryZone zone)
    {
        Consider(native, zone);

        _readings.Should().Be(0);
    }

    [Fact]
    public void A_reading_counts_for_ten_minutes_and_while_there_is_as_much_native_memory_as_it_says_is_free()
    {
        Consider();

        _probe.Last(20 << 20).Should().Be(Reading);
        _probe.Last((20 << 20) - 1).Should().BeNull("what was free has been returned since");
        _probe.Last(null).Should().BeNull();
        _time.Advance(TimeSpan.FromMinutes(10));
        _probe.Last(Much).Should().Be(Reading);
        _time.Advance(TimeSpan.FromSeconds(1));
        _probe.Last(Much).Should().BeNull();
    }

    [Fact]
    public void A_relief_step_ends_what_is_known_and_a_reading_that_began_before_it()
    {
        Consider();
        _probe.Forget();
        _probe.Last(Much).Should().BeNull();

        using var gate = new ManualResetEventSlim();
        OnRead = () => gate.Wait(TimeSpan.FromSeconds(20));
        _time.Advance(TimeSpan.FromMinutes(1));
        _probe.Consider(Much, MemoryZone.Healthy);
        Eventually.IsTrue(() => _readings == 2);
        _probe.Forget();
        gate.Set();
        Settle();

        _probe.Last(Much).Should().BeNull();
    }

    [Fact]
    public void A_reading_that_hangs_is_the_last_one_and_one_that_throws_is_not()
    {
        OnRead = static () => throw new InvalidOperationException();
        Consider();
        OnRead = null;
        _time.Advance(TimeSpan.FromMinutes(1));
        Consider();
        _probe.Last(Much).Should().Be(Reading);

        using var gate = new ManualResetEventSlim();
        OnRead = () => gate.Wait(TimeSpan.FromSeconds(20));
        _time.Advance(TimeSpan.FromMinutes(1));
        _probe.Consider(Much, MemoryZone.Healthy);
        Eventually.IsTrue(() => _readings == 3);
        _time.Advance(TimeSpan.FromMinutes(5));
        _probe.Consider(Much, MemoryZone.Healthy);

        _readings.Should().Be(3);
        gate.Set();
        Settle();
    }

    private Action? OnRead { get; set; }

    private NativeHeapReading? Read()
    {
        Interlocked.Increment(ref _readings);
        OnRead?.Invoke();
        return Reading;
    }

    private void Consider(long? native = Much, MemoryZone zone = MemoryZone.Healthy)
    {
        _probe.Consider(native, zone);
        Settle();
    }

    private void Settle() => Eventually.IsTrue(() => !_probe.IsReading);
}
