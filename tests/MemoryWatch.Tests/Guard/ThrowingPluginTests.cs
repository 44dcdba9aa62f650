using MemoryWatch.Guard;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Guard;

public sealed class ThrowingPluginTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingPluginListener _listener = new();
    private readonly InvalidOperationException _error = new("broken");
    private readonly FakePlugin _plugin = new("Sessions");
    private readonly PluginRunner _runner;

    public ThrowingPluginTests()
    {
        _plugin.OnInvoke = () => throw _error;
        _runner = new(_listener, new StuckThreads(), _time, Deadline.Backstop);
    }

    public void Dispose() => _runner.Dispose();

    [Fact]
    public void A_plug_in_that_answers_is_not_reported()
    {
        _plugin.OnInvoke = null;

        _runner.Run([_plugin]);

        _plugin.Answered.Should().BeTrue();
        _plugin.Error.Should().BeNull();
        _listener.Faults.Should().BeEmpty();
        _listener.Recoveries.Should().BeEmpty();
    }

    [Fact]
    public void A_plug_in_that_throws_is_reported_with_what_it_threw_and_how_long_it_rests()
    {
        _runner.Run([_plugin]);

        _plugin.Answered.Should().BeFalse();
        _plugin.Error.Should().BeSameAs(_error);
        _listener.Faults.Should().Equal(
            new RecordingPluginListener.Fault("Test", "Sessions", _error, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void While_it_rests_it_is_not_called_and_has_no_answer()
    {
        _runner.Run([_plugin]);
        _time.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        _runner.Run([_plugin]);

        _plugin.Calls.Should().Be(1);
        _plugin.Answered.Should().BeFalse();

        _time.Advance(TimeSpan.FromTicks(1));
        _runner.Run([_plugin]);
        _plugin.Calls.Should().Be(2);
    }

    [Fact]
    public void Its_rest_doubles_from_10_s_to_10_min_and_it_is_reported_once()
    {
        var rests = new List<double>();
        _runner.Run([_plugin]);
        while (rests.Count < 9)
        {
            rests.Add(RestOf(_plugin));
        }

        rests.Should().Equal(10, 20, 40, 80, 160, 320, 600, 600, 600);
        _listener.Faults.Should().HaveCount(1);
    }

    [Fact]
    public void It_rests_at_most_10_min_even_after_a_thousand_faults()
    {
        for (var i = 0; i < 1000; i++)
        {
            _runner.Run([_plugin]);
            _time.Advance(TimeSpan.FromMinutes(10));
        }

        _plugin.Calls.Should().Be(1000);
    }

    [Fact]
    public void When_it_answers_again_that_is_reported_once_and_its_rest_starts_from_10_s_anew()
    {
        Fault();
        Fault();
        _plugin.OnInvoke = null;
        _time.Advance(TimeSpan.FromSeconds(40));
        _runner.Run([_plugin]);
        _runner.Run([_plugin]);

        _plugin.Answered.Should().BeTrue();
        _plugin.Error.Should().BeNull();
        _listener.Recoveries.Should().Equal("Sessions");

        Fault();
        _listener.Faults.Should().HaveCount(2);
        RestOf(_plugin).Should().Be(10);
    }

    [Fact]
    public void Others_of_the_round_are_answered_before_and_after_it()
    {
        FakePlugin before = new("Before"), after = new("After");

        _runner.Run([before, _plugin, after]);

        before.Answered.Should().BeTrue();
        after.Answered.Should().BeTrue();
        _plugin.Answered.Should().BeFalse();
    }

    [Fact]
    public void All_of_them_may_throw()
    {
        FakePlugin[] all = [.. Enumerable.Range(0, 5).Select(i => new FakePlugin($"P{i}", () => throw _error))];

        _runner.Run(all);
        _runner.Run(all);

        all.Should().OnlyContain(p => p.Calls == 1 && !p.Answered);
        _listener.Faults.Select(f => f.Name).Should().Equal("P0", "P1", "P2", "P3", "P4");
    }

    [Fact]
    public void A_round_of_none_does_nothing() =>
        FluentActions.Invoking(() => _runner.Run([])).Should().NotThrow();

    [Fact]
    public void After_the_runner_is_disposed_nothing_is_called_and_nobody_blamed()
    {
        _runner.Run([new FakePlugin("Other")]);
        _runner.Dispose();
        _runner.Run([_plugin]);
        _runner.Dispose();

        _plugin.Calls.Should().Be(0);
        _plugin.Answered.Should().BeFalse();
        _listener.Faults.Should().BeEmpty();
    }

    private void Fault()
    {
        _plugin.OnInvoke = () => throw _error;
        _time.Advance(TimeSpan.FromMinutes(10));
        _runner.Run([_plugin]);
    }

    /// <summary>How long until it is called again, in seconds.</summary>
    private double RestOf(FakePlugin plugin)
    {
        var (calls, rest) = (plugin.Calls, 0);
        while (plugin.Calls == calls)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            rest++;
            _runner.Run([plugin]);
        }

        return rest;
    }
}
