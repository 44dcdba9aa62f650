using MemoryWatch.Guard;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Guard;

public sealed class HangingPluginTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(150);
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingPluginListener _listener = new();
    private readonly HangingPlugins _hanging = new();
    private readonly PluginRunner _runner;

    public HangingPluginTests() => _runner = new(_listener, new StuckThreads(), _time, Limit);

    public void Dispose()
    {
        _hanging.Dispose();
        _runner.Dispose();
    }

    [Fact]
    public void A_plug_in_that_never_returns_has_no_answer_after_the_limit_and_the_round_goes_on()
    {
        var (stuck, _) = _hanging.Add("Stuck");
        FakePlugin before = new("Before"), after = new("After");

        _runner.Run([before, stuck, after]);

        before.Answered.Should().BeTrue();
        stuck.Answered.Should().BeFalse();
        stuck.Error.Should().BeNull();
        after.Answered.Should().BeTrue();
        _listener.Faults.Should().Equal(
            new RecordingPluginListener.Fault("Test", "Stuck", null, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void While_it_is_stuck_it_is_not_called_again_however_long_it_has_rested()
    {
        var (stuck, _) = _hanging.Add("Stuck");
        FakePlugin other = new("Other");
        for (var round = 1; round <= 5; round++)
        {
            _runner.Run([stuck, other]);
            _time.Advance(TimeSpan.FromHours(1));
        }

        stuck.Calls.Should().Be(1);
        other.Calls.Should().Be(5);
        _listener.Faults.Should().HaveCount(1);
    }

    [Fact]
    public void One_that_comes_back_answers_again_after_its_rest()
    {
        var (stuck, gate) = _hanging.Add("Stuck");
        _runner.Run([stuck]);
        gate.Set();

        // Its late answer is not taken for one of a later round.
        _runner.Run([stuck]);
        stuck.Answered.Should().BeFalse();

        _time.Advance(TimeSpan.FromSeconds(10));
        Deadline.Until(() => AnswersIn(stuck), "the abandoned call has returned");
        stuck.Calls.Should().Be(2);
        _listener.Recoveries.Should().Equal("Stuck");
    }

    [Fact]
    public void What_an_abandoned_call_throws_in_the_end_is_nobodys_business()
    {
        var (stuck, gate) = _hanging.Add("Stuck");
        var hang = stuck.OnInvoke!;
        using var thrown = new ManualResetEventSlim();
        stuck.OnInvoke = () =>
        {
            hang();
            thrown.Set();
            throw new InvalidOperationException("too late");
        };
        _runner.Run([stuck]);
        gate.Set();
        Deadline.Until(thrown, "the call comes back");
        stuck.OnInvoke = null;

        _time.Advance(TimeSpan.FromSeconds(10));
        Deadline.Until(() => AnswersIn(stuck), "it answers again");
        stuck.Error.Should().BeNull();
        _listener.Faults.Should().ContainSingle().Which.Error.Should().BeNull();
    }

    [Fact]
    public void The_limit_is_for_each_call_not_for_the_round()
    {
        using var runner = new PluginRunner(_listener, new StuckThreads(), _time, TimeSpan.FromMilliseconds(400));
        using var never = new ManualResetEventSlim();
        FakePlugin[] slow = [.. Enumerable.Range(0, 5).Select(i => new FakePlugin($"Slow {i}", () => never.Wait(100)))];

        runner.Run(slow);

        slow.Should().OnlyContain(p => p.Answered);
        _listener.Faults.Should().BeEmpty();
    }

    [Fact]
    public void Resting_plug_ins_cost_no_thread()
    {
        FakePlugin throws = new("Throws", () => throw new InvalidOperationException("broken"));
        _runner.Run([throws]);
        var (stuck, _) = _hanging.Add("Stuck");

        _runner.Run([throws, stuck, throws]);

        _listener.Faults.Select(f => f.Name).Should().Equal("Throws", "Stuck");
    }

    [Fact]
    public void The_helper_thread_is_kept_from_round_to_round()
    {
        var threads = new HashSet<int>();
        FakePlugin plugin = new("P", () => threads.Add(Environment.CurrentManagedThreadId));
        for (var round = 0; round < 20; round++)
        {
            _runner.Run([plugin]);
        }

        threads.Should().ContainSingle().Which.Should().NotBe(Environment.CurrentManagedThreadId);
    }

    [Fact]
    public async Task Disposing_while_a_call_is_under_way_lets_its_round_finish_and_blames_nobody()
    {
        using var runner = new PluginRunner(_listener, new StuckThreads(), _time, Deadline.Backstop);
        using var called = new ManualResetEventSlim();
        var (slow, gate) = _hanging.Add("Slow");
        var hang = slow.OnInvoke!;
        slow.OnInvoke = () =>
        {
            called.Set();
            hang();
        };
        var round = Task.Factory.StartNew(() => runner.Run([slow]), TaskCreationOptions.LongRunning);
        Deadline.Until(called, "the call is under way");
        runner.Dispose();
        gate.Set();

        await round.WaitAsync(TimeSpan.FromSeconds(10));
        slow.Answered.Should().BeTrue();
        _listener.Faults.Should().BeEmpty();
    }

    private bool AnswersIn(FakePlugin plugin)
    {
        _runner.Run([plugin]);
        return plugin.Answered;
    }
}
