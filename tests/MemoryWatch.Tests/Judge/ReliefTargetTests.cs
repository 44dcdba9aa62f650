using MemoryWatch.Judge;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge;

/// <summary>Where relief ends.</summary>
public sealed class ReliefTargetTests
{
    [Theory]
    [InlineData(350, true)]
    [InlineData(349.9, false)]
    public void By_default_it_is_the_elevated_edge(double used, bool isAbove) =>
        ReliefTarget.IsAbove(SnapshotOf.Usage(used), JudgeSettingsOf.Defaults).Should().Be(isAbove);

    [Theory]
    [InlineData("300MB", 300, true)]
    [InlineData("300MB", 299, false)]
    [InlineData("50%", 256, true)]
    [InlineData("50%", 255, false)]
    [InlineData("600MB", 360, true)]
    public void It_can_be_set_and_one_above_the_limit_is_replaced_by_the_default(string target, double used, bool isAbove) =>
        ReliefTarget.IsAbove(SnapshotOf.Usage(used), JudgeSettingsOf.Defaults with { ReliefTarget = target }).Should().Be(isAbove);

    [Fact]
    public void The_heap_has_the_same_target_by_its_own_limit()
    {
        var snapshot = SnapshotOf.Usage(100).With(managed: new()
        {
            HeapBytes = Bytes.Megabytes(70), LiveBytes = Bytes.Megabytes(70), HeapLimitBytes = Bytes.Megabytes(100), IsHeapLimitEnforced = true,
        });

        ReliefTarget.IsAbove(snapshot, JudgeSettingsOf.Defaults).Should().BeTrue();
        ReliefTarget.IsAbove(snapshot, JudgeSettingsOf.Defaults with { ReliefTarget = "71%" }).Should().BeFalse();
    }

    [Fact]
    public void An_upper_bound_is_not_above_it() => ReliefTarget.IsAbove(
        SnapshotOf.Usage(0).With(usage: new()
        {
            UsedBytes = Bytes.Megabytes(400), LeastUsedBytes = Bytes.Megabytes(300), LimitBytes = Bytes.Megabytes(512), Precision = UsagePrecision.AtMost,
            Source = LimitSource.Container,
        }),
        JudgeSettingsOf.Defaults).Should().BeFalse();

    [Fact]
    public void It_is_unknown_if_nothing_could_be_read() =>
        ReliefTarget.IsAbove(SnapshotOf.Usage(null), JudgeSettingsOf.Defaults).Should().BeNull();
}
