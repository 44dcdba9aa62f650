using MemoryWatch.Judge;

namespace MemoryWatch.Tests.Judge.Leaks;

public sealed class OperationLinkTests
{
    private const int Floors = 32;

    private readonly double[] _seconds = [.. Enumerable.Range(0, Floors).Select(i => i * 20.0)];

    [Fact]
    public void Operations_at_a_constant_pace_are_named_although_time_explains_memory_too()
    {
        // Each ends after 2 s and leaves 1 MB; the one that is ending is in the floor, but not in the count.
        double[] counts = [.. _seconds.Select((second, i) => Math.Floor(second / 2) - (i % 2))];
        double[] floors = [.. _seconds.Select(second => 100e6 + (second / 2 * 1e6))];

        var (name, line) = OperationLink.Find(_seconds, floors, counts);

        name.Should().Be(0);
        line.Slope.Should().BeApproximately(1e6, 0.05e6);
    }

    [Fact]
    public void Operations_that_do_not_run_with_the_growth_are_not_named()
    {
        double[] counts = [.. Enumerable.Range(0, Floors).Select(i => i < 24 ? 0.0 : (i - 24) * 50)];
        double[] floors = [.. _seconds.Select(second => 100e6 + (second / 2 * 1e6))];

        OperationLink.Find(_seconds, floors, counts).Name.Should().Be(-1);
    }
}
