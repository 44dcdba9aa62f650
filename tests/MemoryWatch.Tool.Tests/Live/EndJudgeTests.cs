using MemoryWatch.Tool.Live;

namespace MemoryWatch.Tool.Tests.Live;

public sealed class EndJudgeTests
{
    private static readonly EndFacts Nothing = new(null, null, null, null, null, null, MemoryZone.Healthy);

    [Fact]
    public void A_kill_is_confirmed_if_the_kernel_names_the_process() =>
        Judge(Nothing with { IsInKernelLog = true, GroupKillsBefore = 1, GroupKillsAfter = 1 }).Should().Be(
            (EndKind.OomKilled, "Ended: OOM-killed by the kernel, which names this process in its log."));

    [Fact]
    public void A_kill_in_a_cgroup_that_the_process_had_for_itself_is_confirmed() =>
        Judge(Nothing with { GroupKillsBefore = 0, GroupKillsAfter = 1, MostOthers = 0 }).Should().Be(
            (EndKind.OomKilled, "Ended: OOM-killed by the kernel. Its cgroup's OOM-kill count rose from 0 to 1, and this process was alone in it."));

    [Theory]
    [InlineData(2, "but 2 other processes were in it too")]
    [InlineData(1, "but another process was in it too")]
    [InlineData(null, "but how many others were in it is not known")]
    public void A_kill_in_a_cgroup_with_others_is_likely(int? others, string text)
    {
        var (kind, words) = Judge(Nothing with { GroupKillsBefore = 0, GroupKillsAfter = 1, MostOthers = others });

        kind.Should().Be(EndKind.LikelyOomKilled);
        words.Should().Contain(text);
    }

    [Fact]
    public void An_unchanged_count_of_the_cgroup_means_no_kill_whatever_the_machine_killed()
    {
        var (kind, words) = Judge(Nothing with { GroupKillsBefore = 3, GroupKillsAfter = 3, MachineKillsBefore = 5, MachineKillsAfter = 6 });

        kind.Should().Be(EndKind.NotOomKilled);
        words.Should().Contain("is still 3");
    }

    [Fact]
    public void An_unchanged_count_of_the_machine_means_no_kill_if_the_cgroup_is_gone() =>
        Judge(Nothing with { GroupKillsBefore = 0, MachineKillsBefore = 5, MachineKillsAfter = 5, Zone = MemoryZone.Imminent }).Kind.Should().Be(EndKind.NotOomKilled);

    [Theory]
    [InlineData(MemoryZone.Critical, true)]
    [InlineData(MemoryZone.Elevated, false)]
    public void A_kill_somewhere_is_likely_this_one_only_near_the_limit(MemoryZone zone, bool isLikely) =>
        Judge(Nothing with { GroupKillsBefore = 0, MachineKillsBefore = 5, MachineKillsAfter = 6, Zone = zone }).Kind
            .Should().Be(isLikely ? EndKind.LikelyOomKilled : EndKind.Unknown);

    [Fact]
    public void Nothing_is_claimed_without_counts() =>
        Judge(Nothing).Should().Be((EndKind.Unknown, "Ended: why is not known, because no OOM-kill count can be read."));

    private static (EndKind Kind, string Text) Judge(EndFacts facts) => (EndJudge.Judge(facts), EndText.Describe(EndJudge.Judge(facts), facts));
}
