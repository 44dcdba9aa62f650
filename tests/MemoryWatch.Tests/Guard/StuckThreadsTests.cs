using MemoryWatch.Guard;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Guard;

public sealed class StuckThreadsTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(150);
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingPluginListener _listener = new();
    private readonly HangingPlugins _hanging = new();
    private readonly StuckThreads _stuck = new();
    private readonly PluginRunner _runner;
    private readonly PluginRunner _second;

    public StuckThreadsTests()
    {
        _runner = new(_listener, _stuck, _time, Limit);
        _second = new(_listener, _stuck, _time, Limit);
    }

    public void Dispose()
    {
        _hanging.Dispose();
        _runner.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void Four_threads_are_given_up_and_no_fifth_is_made()
    {
        var plugins = _hanging.AddMany(6);

        _runner.Run(plugins);

        plugins.Select(p => p.Calls).Should().Equal(1, 1, 1, 1, 0, 0);
        _listener.Faults.Should().HaveCount(4);
        _listener.Exhaustions.Should().Be(1);
    }

    [Fact]
    public void One_that_was_left_out_for_want_of_a_thread_is_not_blamed_and_has_no_answer()
    {
        FakePlugin innocent = new("Innocent");

        _runner.Run([.. _hanging.AddMany(4), innocent]);

        innocent.Calls.Should().Be(0);
        innocent.Answered.Should().BeFalse();
        _listener.Faults.Should().NotContain(f => f.Name == "Innocent");
    }

    [Fact]
    public void Exhaustion_is_reported_once_for_all_rounds_and_runners()
    {
        FakePlugin innocent = new("Innocent");
        _runner.Run(_hanging.AddMany(4));
        for (var round = 0; round < 5; round++)
        {
            _runner.Run([innocent]);
            _second.Run([innocent]);
            _time.Advance(TimeSpan.FromHours(1));
        }

        _listener.Exhaustions.Should().Be(1);
        innocent.Calls.Should().Be(0);
    }

    [Fact]
    public void As_soon_as_one_call_returns_plug_ins_are_called_again()
    {
        FakePlugin innocent = new("Innocent");
        var (last, gate) = _hanging.Add("Last");
        _runner.Run([.. _hanging.AddMany(3), last, innocent]);

        gate.Set();
        Deadline.Until(() => !_stuck.IsFull, "a thread that comes back counts no more");
        _second.Run([innocent]);

        innocent.Answered.Should().BeTrue();

        // The next exhaustion is news again.
        _runner.Run([.. _hanging.AddMany(1), innocent]);
        _listener.Exhaustions.Should().Be(2);
    }

    [Fact]
    public void A_runner_that_has_a_thread_keeps_it_while_others_cannot_have_one()
    {
        FakePlugin innocent = new("Innocent");
        _second.Run([innocent]);
        _runner.Run(_hanging.AddMany(5));

        _second.Run([innocent]);

        innocent.Answered.Should().BeTrue();
    }

    [Fact]
    public void A_thread_given_up_before_it_came_to_run_counts_no_more_once_it_does()
    {
        // With no time at all, threads are given up before, while and after they start.
        using var hasty = new PluginRunner(_listener, _stuck, _time, TimeSpan.Zero);
        for (var i = 0; i < 200; i++)
        {
            Deadline.Until(() => !_stuck.IsFull, "each thread ends, whether it came to its call or not");
            hasty.Run([new FakePlugin($"P{i}")]);
        }

        Deadline.Until(() => !_stuck.IsFull, "all of them end");
    }

    [Fact]
    public async Task Two_runners_that_hang_at_once_do_not_disturb_each_other()
    {
        FakePlugin[] first = [new("A1"), .. _hanging.AddMany(1), new("A2")];
        FakePlugin[] second = [new("B1"), .. _hanging.AddMany(1), new("B2")];
        using var start = new Barrier(2);

        await Task.WhenAll(Rounds(_runner, first, start), Rounds(_second, second, start)).WaitAsync(Deadline.Backstop);

        first.Concat(second).Where(p => !p.Name.StartsWith("Stuck", StringComparison.Ordinal))
            .Should().OnlyContain(p => p.Calls == 200 && p.Answered);
        _listener.Faults.Should().HaveCount(2).And.OnlyContain(f => f.Name.StartsWith("Stuck"));
        _stuck.IsFull.Should().BeFalse();
    }

    private static Task Rounds(PluginRunner runner, FakePlugin[] plugins, Barrier start) => Task.Factory.StartNew(
        () =>
        {
            start.SignalAndWait();
            for (var round = 0; round < 200; round++)
            {
                runner.Run(plugins);
            }
        },
        TaskCreationOptions.LongRunning);
}
