using MemoryWatch.Judge;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Judge;

public sealed class RestartJudgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 21, 0, 0, TimeSpan.Zero);

    private static readonly RestartFacts Allowed = new(
        true, true, new(RestartMemory.Read, [], null), TimeSpan.FromMinutes(10), Now, TimeSpan.FromMinutes(10), 3);

    [Fact]
    public void A_program_that_has_run_for_long_enough_may_be_restarted() => RestartJudge.Judge(Allowed).Should().Be(RestartRefusal.None);

    [Fact]
    public void It_must_be_allowed_and_known_how_the_program_is_stopped()
    {
        RestartJudge.Judge(Allowed with { IsEnabled = false }).Should().Be(RestartRefusal.Disabled);
        RestartJudge.Judge(Allowed with { CanStop = false }).Should().Be(RestartRefusal.NothingToStop);
    }

    [Theory]
    [InlineData(RestartMemory.NoBox, RestartRefusal.NoBlackBox)]
    [InlineData(RestartMemory.NoPreviousRun, RestartRefusal.NoPreviousRun)]
    [InlineData(RestartMemory.Unreadable, RestartRefusal.PreviousRunUnreadable)]
    internal void Without_the_box_of_a_previous_run_there_is_none(RestartMemory memory, RestartRefusal refusal)
    {
        var facts = Allowed with { Ledger = new(memory, [], null) };

        RestartJudge.Arming(facts).Should().Be(refusal);
        RestartJudge.Judge(facts).Should().Be(refusal);
    }

    [Theory]
    [InlineData(MemoryZone.Imminent, null, true)]
    [InlineData(MemoryZone.Imminent, 600d, true)]
    [InlineData(MemoryZone.Critical, null, false)]
    [InlineData(MemoryZone.Critical, 31d, false)]
    [InlineData(MemoryZone.Critical, 30d, true)]
    [InlineData(MemoryZone.Elevated, 5d, false)]
    public void It_is_needed_in_its_zone_or_when_the_limit_is_nearer_than_the_end_of_what_is_in_flight(MemoryZone zone, double? seconds, bool isNeeded)
    {
        var snapshot = new MemorySnapshot().Judged(
            new(zone, zone, MemoryZone.Healthy, LimitSource.Container),
            seconds is { } soonest ? new(LimitSource.Container, TimeSpan.FromSeconds(soonest), null, default) : null);

        RestartJudge.IsNeeded(snapshot, MemoryZone.Imminent, TimeSpan.FromSeconds(30), new(TimeProvider.System)).Should().Be(isNeeded);
    }

    [Theory]
    [InlineData(MemoryZone.Critical, false, false)]
    [InlineData(MemoryZone.Critical, true, true)]
    [InlineData(MemoryZone.Imminent, false, true)]
    [InlineData(MemoryZone.Elevated, true, false)]
    public void While_work_is_admitted_by_memory_it_is_needed_in_its_zone_or_when_refusing_work_does_not_help(
        MemoryZone zone, bool isStarved, bool isNeeded)
    {
        var time = new FakeTimeProvider();
        var admission = new Admission(time);
        var snapshot = new MemorySnapshot().Judged(
            new(zone, zone, MemoryZone.Healthy, LimitSource.Container), new(LimitSource.Container, TimeSpan.FromSeconds(5), null, default));

        admission.Note(isStarved);

        RestartJudge.IsNeeded(snapshot, MemoryZone.Imminent, TimeSpan.FromSeconds(30), admission).Should().Be(isNeeded);
    }

    [Fact]
    public void What_admits_work_counts_for_some_seconds_after_its_last_report()
    {
        var time = new FakeTimeProvider();
        var admission = new Admission(time);

        admission.Note(isStarved: true);
        (admission.IsGoverned, admission.IsStarved).Should().Be((true, true));
        admission.Note(isStarved: false);
        (admission.IsGoverned, admission.IsStarved).Should().Be((true, false));
        time.Advance(TimeSpan.FromSeconds(15));
        (admission.IsGoverned, admission.IsStarved).Should().Be((false, false));
    }

    [Fact]
    public void None_is_made_in_the_first_ten_minutes() =>
        RestartJudge.Judge(Allowed with { Uptime = TimeSpan.FromSeconds(599.9) }).Should().Be(RestartRefusal.TooEarly);

    [Fact]
    public void The_fourth_within_a_day_is_refused_and_allowed_when_the_first_is_a_day_old()
    {
        var three = Allowed with { Ledger = new(RestartMemory.Read, [Now - TimeSpan.FromHours(23.9), Now - TimeSpan.FromHours(5), Now - TimeSpan.FromHours(1)], null) };

        RestartJudge.Judge(three).Should().Be(RestartRefusal.TooMany);
        RestartJudge.Judge(three with { Now = Now + TimeSpan.FromMinutes(7) }).Should().Be(RestartRefusal.None);
        RestartJudge.Judge(three with { MostPerDay = 4 }).Should().Be(RestartRefusal.None);
    }

    [Fact]
    public void A_clock_that_was_set_back_hides_no_restart()
    {
        var future = Allowed with { Ledger = new(RestartMemory.Read, [Now + TimeSpan.FromDays(1), Now + TimeSpan.FromDays(2), Now + TimeSpan.FromDays(300)], null) };

        RestartJudge.Judge(future).Should().Be(RestartRefusal.TooMany);
    }

    [Fact]
    public void Until_all_restarts_of_a_day_are_known_there_is_none()
    {
        var unknown = Allowed with { Ledger = new(RestartMemory.Read, [], Now - TimeSpan.FromHours(23)) };

        RestartJudge.Arming(unknown).Should().Be(RestartRefusal.CountUnknown);
        RestartJudge.Judge(unknown).Should().Be(RestartRefusal.CountUnknown);
        RestartJudge.Judge(unknown with { Now = Now + TimeSpan.FromHours(1) }).Should().Be(RestartRefusal.None);
    }
}
