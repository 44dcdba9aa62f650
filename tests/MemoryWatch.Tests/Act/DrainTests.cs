using MemoryWatch.Act;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Act;

public sealed class DrainTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly List<DrainedRestart> _recorded = [];
    private readonly List<Exception> _faults = [];
    private readonly Drain _drain;
    private int _inFlight;
    private bool _canRecord = true;

    public DrainTests() => _drain = new(_ => _inFlight, Record, _faults.Add, _time);

    [Fact]
    public void It_begins_with_a_record_and_tells_the_program()
    {
        _inFlight = 2;

        _drain.TryBegin(Restart())!.LeftInFlight.Should().Be(2);

        _drain.Token.IsCancellationRequested.Should().BeTrue();
        _recorded.Should().ContainSingle().Which.Waited.Should().BeNull();
    }

    [Fact]
    public void Without_a_record_it_does_not_begin()
    {
        _canRecord = false;

        _drain.TryBegin(Restart()).Should().BeNull();

        _drain.Token.IsCancellationRequested.Should().BeFalse();
        _drain.IsWaiting.Should().BeFalse();
        Advance(100).Should().BeNull();
    }

    [Fact]
    public void It_waits_until_nothing_has_been_in_flight_for_a_moment()
    {
        _inFlight = 1;
        _drain.TryBegin(Restart());
        Advance(5).Should().BeNull();
        _inFlight = 0;
        Advance(1).Should().BeNull("work that was accepted last may not have begun its operation");
        _inFlight = 1;
        Advance(1).Should().BeNull("it had not");
        _inFlight = 0;
        Advance(1).Should().BeNull();

        var end = Advance(0.1);

        end.Should().BeEquivalentTo(new { LeftInFlight = 0, Waited = TimeSpan.FromSeconds(8.1) });
        _recorded.Should().HaveCount(2).And.Subject.Last().Should().BeSameAs(end);
        Advance(1).Should().BeNull("it ends once");
    }

    [Fact]
    public void What_does_not_end_in_time_is_left()
    {
        _inFlight = 3;
        _drain.TryBegin(Restart());
        Advance(29.9).Should().BeNull();

        Advance(0.1).Should().BeEquivalentTo(new { LeftInFlight = 3, Waited = Limit });
    }

    [Fact]
    public void What_the_stop_ends_is_counted_again()
    {
        _inFlight = 3;
        _drain.TryBegin(Restart());
        Advance(30);
        _inFlight = 1;

        _drain.CountAgain();

        _recorded.Last().Should().BeEquivalentTo(new { LeftInFlight = 1, Waited = Limit });
    }

    [Fact]
    public void Without_a_restart_there_is_nothing_to_count()
    {
        _drain.CountAgain();

        _recorded.Should().BeEmpty();
    }

    [Fact]
    public void A_callback_of_the_program_may_throw_or_hang()
    {
        using var gate = new ManualResetEventSlim();
        using var thrown = new ManualResetEventSlim();
        var drain = new Drain(_ => 0, _ => true, _ => thrown.Set(), _time);
        drain.Token.Register(() => gate.Wait(Support.Deadline.Backstop));
        drain.Token.Register(() => throw new InvalidOperationException());

        drain.TryBegin(Restart()).Should().NotBeNull();

        drain.IsWaiting.Should().BeTrue();
        gate.Set();
        Support.Deadline.Until(thrown, "the fault is reported");
    }

    private static DrainedRestart Restart() => new() { Began = new(2026, 12, 1, 21, 0, 0, TimeSpan.Zero), Zone = MemoryZone.Imminent, ExitCode = 75 };

    private DrainedRestart? Advance(double seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        return _drain.Advance(Limit);
    }

    private bool Record(DrainedRestart restart)
    {
        if (_canRecord)
        {
            _recorded.Add(restart);
        }

        return _canRecord;
    }
}
