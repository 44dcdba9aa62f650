using MemoryWatch.Tests.Support;
using MemoryWatch.Track;

namespace MemoryWatch.Tests.Judge;

/// <summary>Who is named for memory that no flow has handed in yet: who had the processor, and never who waited.</summary>
public sealed class AtWorkTests
{
    private readonly DiagnosisBench _bench = new();

    [Fact]
    public void The_one_that_computes_is_named_and_the_others_are_waiting()
    {
        _bench.Tick();
        using var download = _bench.TrackApart("Download", "User 5");
        using var waiting = _bench.TrackApart("Import", "File 7");
        _bench.Operations.Time.Advance(TimeSpan.FromSeconds(1.3));
        _bench.Grow(managed: 122, allocated: 122.7);
        _bench.Processor = Ran(othersRan: false, (download, 1.2));

        var cause = _bench.Explain()!;

        cause.IsUnattributedAtWork.Should().BeTrue();
        (cause.AtWorkCount, cause.WaitingCount, cause.OthersRan).Should().Be((1, 1, false));
        cause.AtWork.Single().ComputingFor.Should().Be(TimeSpan.FromSeconds(1.2));
        cause.Waiting.Single().OperationId.Should().Be(waiting.Id);
        cause.Describe().Should().Be(
            "Likely cause: Download (User 5), computing for 1.2 s without a pause, most likely allocated the 122.7 MB that nobody has handed in "
            + "(unattributed 122.7 MB of 122.7 MB in the last 1.3 s); waiting: Import (File 7); managed +122.0 MB, native +0.0 MB");
    }

    [Fact]
    public void Several_that_compute_are_all_named_the_oldest_first()
    {
        _bench.Tick();
        using var first = _bench.TrackApart("Download", "User 1");
        using var second = _bench.TrackApart("Download", "User 2");
        _bench.Grow(managed: 60);
        _bench.Processor = Ran(othersRan: false, (first, 1.5), (second, 0.8));

        _bench.Explain()!.Describe().Should().StartWith(
            "Likely cause: Download (User 1), computing for 1.5 s without a pause, and Download (User 2), computing for 800 ms without a pause, "
            + "most likely allocated between them the 60.0 MB that nobody has handed in (unattributed 60.0 MB of 60.0 MB in the last 0 s); managed");
    }

    [Fact]
    public void Where_threads_outside_of_operations_ran_too_nobody_is_most_likely()
    {
        _bench.Tick();
        using var download = _bench.TrackApart("Download", "User 1");
        using var idle = _bench.TrackApart("Idle");
        _bench.Grow(managed: 60);
        _bench.Processor = Ran(othersRan: true, (download, 1.5));

        var cause = _bench.Explain()!;

        cause.IsUnattributedAtWork.Should().BeFalse();
        cause.Describe().Should().StartWith(
            "Likely cause: unattributed 60.0 MB of 60.0 MB allocated in the last 0 s while Download (User 1), computing for 1.5 s without a pause, "
            + "and threads outside of any operation ran; waiting: Idle; managed");
    }

    [Fact]
    public void Where_only_threads_outside_of_operations_ran_the_line_says_so()
    {
        _bench.Tick();
        using var idle = _bench.TrackApart("Idle", "User 1");
        _bench.Grow(managed: 60);
        _bench.Processor = Ran(othersRan: true);

        _bench.Explain()!.Describe().Should().StartWith(
            "Likely cause: unattributed 60.0 MB of 60.0 MB allocated in the last 0 s, most likely by threads outside of any operation; 1 operation in flight was waiting; managed");
    }

    [Fact]
    public void Those_that_touched_the_new_memory_are_named_in_words_that_do_not_say_they_computed()
    {
        _bench.Tick();
        using var first = _bench.TrackApart("Download", "User 1");
        using var second = _bench.TrackApart("Import");
        using var idle = _bench.TrackApart("Idle");
        _bench.Grow(managed: 60);
        _bench.Processor = Ran(othersRan: false, RunState.Touched, (first, 1.5), (second, 0.8));

        var cause = _bench.Explain()!;

        cause.AtWork.Should().OnlyContain(o => o.TouchedNewMemory);
        cause.Describe().Should().StartWith(
            "Likely cause: Download (User 1) and Import, whose threads touched most of the new memory, most likely allocated between them the 60.0 MB "
            + "that nobody has handed in (unattributed 60.0 MB of 60.0 MB in the last 0 s); waiting: Idle; managed");
    }

    [Fact]
    public void Native_growth_names_the_one_that_touched_the_new_memory()
    {
        _bench.Tick();
        using var resize = _bench.TrackApart("Resize", "Picture 1");
        using var upload = _bench.TrackApart("Upload", "User 5");
        _bench.Grow(native: 60);
        _bench.Processor = Ran(othersRan: false, RunState.Touched, (resize, 0.9));

        _bench.Explain()!.Describe().Should().Be(
            "Likely cause: native +60.0 MB in the last 0 s while Resize (Picture 1), whose threads touched most of the new memory, was in flight; "
            + "waiting: Upload (User 5); managed +0.0 MB");
    }

    [Fact]
    public void While_most_is_unattributed_an_operation_that_allocated_little_is_not_named()
    {
        _bench.Tick();
        using var computing = _bench.TrackApart("Compute");
        _bench.Run("Poll", 4, "User 5");
        _bench.Grow(managed: 60, allocated: 64);
        _bench.Processor = Ran(othersRan: false, (computing, 1));

        var cause = _bench.Explain()!;

        cause.Operations.Should().BeEmpty();
        cause.Describe().Should().Contain("(unattributed 60.0 MB of 64.0 MB in the last 0 s, operations 4.0 MB); managed").And.NotContain("Poll");
    }

    [Fact]
    public void One_that_waits_is_never_most_likely()
    {
        _bench.Tick();
        using var locked = _bench.TrackApart("Locked");
        using var other = _bench.TrackApart("Other");
        _bench.Grow(managed: 60);
        _bench.Processor = new([new(locked.Inside(), RunState.Waited, TimeSpan.FromSeconds(3), default)], TimeSpan.Zero, OutsideRan: false);

        _bench.Explain()!.Describe().Should().StartWith(
            "Likely cause: unattributed 60.0 MB of 60.0 MB allocated in the last 0 s while Other and Locked were in flight; managed");
    }

    [Fact]
    public void With_none_running_the_only_one_in_flight_is_told_as_no_more_than_that()
    {
        _bench.Tick();
        using var download = _bench.TrackApart("Download", "User 5");
        _bench.Grow(managed: 60);

        var cause = _bench.Explain()!;

        (cause.OthersRan, cause.IsUnattributedAtWork).Should().Be((null, false));
        cause.Describe().Should().StartWith(
            "Likely cause: unattributed 60.0 MB of 60.0 MB allocated in the last 0 s while only Download (User 5) was in flight; managed");
    }

    [Fact]
    public void One_that_has_ended_has_handed_in_all_and_is_not_told_as_in_flight()
    {
        _bench.Tick();
        _bench.TrackApart("Download").Dispose();
        _bench.Grow(managed: 60);

        _bench.Explain()!.Describe().Should().StartWith("Likely cause: unattributed 60.0 MB of 60.0 MB allocated in the last 0 s; managed");
    }

    [Fact]
    public void The_operation_around_the_one_that_computes_does_not_count_as_waiting()
    {
        _bench.Tick();
        using var batch = _bench.Track("Batch");
        using var inner = _bench.Track("Download");
        _bench.Grow(managed: 60);
        _bench.Processor = Ran(othersRan: false, (inner, 1));

        _bench.Explain()!.Waiting.Should().BeEmpty();
    }

    [Fact]
    public void Where_operations_have_handed_in_most_of_it_they_come_first_whoever_computes()
    {
        _bench.Tick();
        using var computing = _bench.TrackApart("Compute");
        _bench.Run("Download", 50);
        _bench.Grow(managed: 60);
        _bench.Processor = Ran(othersRan: false, (computing, 1));

        _bench.Explain()!.Describe().Should().StartWith("Likely cause: Download allocated 50.0 MB of 60.0 MB");
    }

    [Fact]
    public void Native_growth_names_the_one_of_several_that_had_the_processor()
    {
        _bench.Tick();
        using var resize = _bench.TrackApart("Resize", "Picture 1");
        using var upload = _bench.TrackApart("Upload", "User 5");
        _bench.Grow(native: 60);
        _bench.Processor = Ran(othersRan: false, (resize, 0.9));

        _bench.Explain()!.Describe().Should().Be(
            "Likely cause: native +60.0 MB in the last 0 s while Resize (Picture 1), computing for 900 ms without a pause, had the processor; "
            + "waiting: Upload (User 5); managed +0.0 MB");
    }

    [Fact]
    public void Of_more_operations_than_ran_at_once_both_numbers_are_told()
    {
        _bench.Tick();
        for (var i = 0; i < 20; i++)
        {
            _bench.TrackApart("Request").Dispose();
        }

        using var first = _bench.TrackApart("Request");
        using var second = _bench.TrackApart("Request");
        _bench.Grow(native: 60);

        var cause = _bench.Explain()!;

        (cause.InFlightCount, cause.MostInFlight).Should().Be((22, 2));
        cause.Describe().Should().Contain(" and 17 others ran, 2 at once; managed");
    }

    private static ProcessorWindow Ran(bool othersRan, params (OperationScope Scope, double Seconds)[] running) =>
        Ran(othersRan, RunState.Ran, running);

    private static ProcessorWindow Ran(bool othersRan, RunState state, params (OperationScope Scope, double Seconds)[] running) => new(
        [.. running.Select(r => new RunningOperation(r.Scope.Inside(), state, TimeSpan.FromSeconds(r.Seconds), TimeSpan.FromSeconds(r.Seconds)))],
        TimeSpan.Zero,
        othersRan);
}
