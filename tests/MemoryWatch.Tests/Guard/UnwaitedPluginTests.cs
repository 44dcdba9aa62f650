using MemoryWatch.Guard;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Guard;

// Relief steps are begun and looked after later, not waited for.
public sealed class UnwaitedPluginTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingPluginListener _listener = new();
    private readonly HangingPlugins _hanging = new();
    private readonly StuckThreads _stuck = new();
    private readonly PluginRunner _runner;

    public UnwaitedPluginTests() => _runner = new(_listener, _stuck, _time, Deadline.Backstop);

    public void Dispose()
    {
        _hanging.Dispose();
        _runner.Dispose();
    }

    [Fact]
    public void One_that_returns_has_ended_and_answered()
    {
        FakePlugin[] plugin = [new("Quick")];

        _runner.TryBegin(plugin).Should().BeTrue();
        Deadline.Until(() => _runner.TryEnd(plugin, giveUp: false), "it returns");

        plugin[0].Answered.Should().BeTrue();
    }

    [Fact]
    public void One_that_is_still_at_it_has_not_ended()
    {
        var (plugin, gate) = _hanging.Add("Slow");
        _runner.TryBegin([plugin]).Should().BeTrue();

        _runner.TryEnd([plugin], giveUp: false).Should().BeFalse();
        plugin.Answered.Should().BeFalse();

        gate.Set();
        Deadline.Until(() => _runner.TryEnd([plugin], giveUp: false), "it returns");
        plugin.Answered.Should().BeTrue();
        _listener.Faults.Should().BeEmpty();
    }

    [Fact]
    public void One_that_is_given_up_rests_and_is_not_begun_again_while_it_is_stuck()
    {
        var (plugin, gate) = _hanging.Add("Stuck");
        _runner.TryBegin([plugin]);
        Deadline.Until(() => plugin.Calls == 1, "it is called");

        _runner.TryEnd([plugin], giveUp: true).Should().BeTrue();
        _listener.Faults.Should().ContainSingle().Which.Error.Should().BeNull();
        _time.Advance(TimeSpan.FromHours(1));

        _runner.TryBegin([plugin]).Should().BeFalse();

        gate.Set();
        Deadline.Until(() => _runner.TryBegin([plugin]), "it is let go");
        Deadline.Until(() => _runner.TryEnd([plugin], giveUp: false), "it returns at once now");
        plugin.Answered.Should().BeTrue();
        _listener.Recoveries.Should().Equal("Stuck");
    }

    [Fact]
    public void One_that_throws_rests()
    {
        FakePlugin[] plugin = [new("Throws", () => throw new IOException("broken"))];
        _runner.TryBegin(plugin);
        Deadline.Until(() => _runner.TryEnd(plugin, giveUp: false), "it throws");

        plugin[0].Error.Should().BeOfType<IOException>();
        _runner.TryBegin(plugin).Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(10));
        _runner.TryBegin(plugin).Should().BeTrue();
    }

    [Fact]
    public void None_is_begun_while_four_threads_are_stuck()
    {
        foreach (var stuck in _hanging.AddMany(4))
        {
            _runner.TryBegin([stuck]).Should().BeTrue();
            Deadline.Until(() => stuck.Calls == 1, "it is called");
            _runner.TryEnd([stuck], giveUp: true);
        }

        FakePlugin[] innocent = [new("Innocent")];
        _runner.TryBegin(innocent).Should().BeFalse();
        innocent[0].Calls.Should().Be(0);
        _listener.Exhaustions.Should().Be(1);
    }

    [Fact]
    public void Ending_and_beginning_after_the_runner_was_disposed_is_harmless()
    {
        var (plugin, gate) = _hanging.Add("Slow");
        _runner.TryBegin([plugin]);
        _runner.Dispose();

        _runner.TryEnd([plugin], giveUp: false).Should().BeFalse();
        gate.Set();
        Deadline.Until(() => _runner.TryEnd([plugin], giveUp: false), "the call is finished all the same");
        plugin.Answered.Should().BeTrue();
        _runner.TryBegin([plugin]).Should().BeFalse();
    }
}
