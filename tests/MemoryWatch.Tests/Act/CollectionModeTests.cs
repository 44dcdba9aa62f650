using MemoryWatch.Act;
using MemoryWatch.Judge;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Act;

/// <summary>When a forced GC also returns committed memory.</summary>
public sealed class CollectionModeTests
{
    [Theory]
    [InlineData(420, 200, 190, 200, 0)]
    [InlineData(420, 260, 190, 200, 1)]
    [InlineData(420, 260, 190, 230, 0)]
    [InlineData(420, 260, 220, 180, 0)]
    [InlineData(460, 200, 190, 200, 1)]
    [InlineData(100, 260, 190, 200, 1)]
    public void It_is_aggressive_from_the_critical_zone_or_if_much_is_committed_that_no_object_uses(
        double used, double committed, double live, double heap, int isAggressive)
    {
        var snapshot = SnapshotOf.Usage(used).With(managed: new()
        {
            CommittedBytes = Bytes.Megabytes(committed), LiveBytes = Bytes.Megabytes(live), HeapBytes = Bytes.Megabytes(heap),
        });
        snapshot.Judged(Zones.Next(default, snapshot, JudgeSettingsOf.Defaults));

        ReliefLadder.ModeFor(snapshot).Should().Be(isAggressive == 1 ? CollectionMode.Aggressive : CollectionMode.Compacting);
    }

    [Fact]
    public void What_is_committed_is_unknown_before_the_first_GC()
    {
        var snapshot = SnapshotOf.Usage(420);
        snapshot.Judged(Zones.Next(default, snapshot, JudgeSettingsOf.Defaults));

        ReliefLadder.ModeFor(snapshot).Should().Be(CollectionMode.Compacting);
    }
}
