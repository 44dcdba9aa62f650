using MemoryWatch.Judge;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Judge;

public class OutOfMemoryDetectorTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly OutOfMemoryDetector _detector;

    public OutOfMemoryDetectorTests() => _detector = new(_time);

    [Fact]
    public void Survived_exceptions_are_reported_with_the_distance_to_both_limits()
    {
        Show(null).Should().BeNull();

        Show(new(6, _time.GetUtcNow(), Bytes.Megabytes(210), Bytes.Megabytes(183), NeverFits: false))!.Describe().Should().Be(
            "⚠️ OUT OF MEMORY: 6 OutOfMemoryExceptions were thrown; the heap had 183.0 MB / 200 MB of the GC's heap limit, the process 210.0 MB / 512 MB");
        Show(new(6, _time.GetUtcNow(), 1, 1, NeverFits: false)).Should().BeNull("they were reported");
    }

    [Fact]
    public void More_of_them_are_reported_together_after_a_minute()
    {
        Show(new(1, _time.GetUtcNow(), 1, 1, NeverFits: false)).Should().NotBeNull();
        _time.Advance(TimeSpan.FromSeconds(30));
        Show(new(500, _time.GetUtcNow(), 1, 1, NeverFits: false)).Should().BeNull();
        _time.Advance(TimeSpan.FromSeconds(30));

        Show(new(501, _time.GetUtcNow(), 1, 1, NeverFits: false)).Should().BeOfType<OutOfMemoryAlert>().Which.Count.Should().Be(500);
    }

    [Theory]
    [InlineData(10, 12, true, ": the array was larger than any array may be, so no amount of memory is enough")]
    [InlineData(10, 12, false, ": one allocation was larger than the 190.0 MB left")]
    [InlineData(71, 190, false, ": the GC held 119.0 MB more that large objects cannot use")]
    [InlineData(183, 197, false, "512 MB")]
    public void The_reason_is_given_as_far_as_it_is_known(double occupied, double committed, bool neverFits, string end) =>
        Show(new(1, _time.GetUtcNow(), Bytes.Megabytes(60), Bytes.Megabytes(occupied), neverFits), occupied, committed)!
            .Describe().Should().EndWith(end);

    private MemoryAlert? Show(OutOfMemoryEvent? last, double live = 183, double committed = 197) => _detector.Inspect(
        new()
        {
            OutOfMemory = last,
            Usage = new() { UsedBytes = Bytes.Megabytes(220), LimitBytes = Bytes.Megabytes(512), Source = LimitSource.Container },
            Managed = new()
            {
                LiveBytes = Bytes.Megabytes(live), CommittedBytes = Bytes.Megabytes(committed), HeapLimitBytes = Bytes.Megabytes(200),
                IsHeapLimitEnforced = true,
            },
        },
        JudgeSettingsOf.Defaults);
}
