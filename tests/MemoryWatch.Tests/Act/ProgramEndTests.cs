using System.Collections.Concurrent;
using MemoryWatch.Act;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Act;

public sealed class ProgramEndTests : IDisposable
{
    private readonly ConcurrentQueue<string> _events = new();
    private readonly ManualResetEventSlim _isLate = new();
    private readonly ProgramEnd _end;

    public ProgramEndTests() => _end = new(
        new(code => _events.Enqueue($"announce {code}"), _ => _isLate.Wait(Deadline.Backstop), code => _events.Enqueue($"exit {code}")),
        error => _events.Enqueue(error.Message),
        () => _events.Enqueue("late"));

    public void Dispose() => _isLate.Dispose();

    [Fact]
    public void The_program_is_stopped_with_the_code_that_it_will_have()
    {
        _end.Begin(code => _events.Enqueue($"stop {code}"), 75, TimeSpan.FromSeconds(40));

        Deadline.Until(() => _events.Count == 2, "it is stopped");
        _events.Should().Equal("announce 75", "stop 75");
    }

    [Fact]
    public void A_stop_that_hangs_is_ended_after_its_time()
    {
        using var never = new ManualResetEventSlim();
        _end.Begin(_ => never.Wait(Deadline.Backstop), 75, TimeSpan.FromSeconds(40));

        _isLate.Set();

        Deadline.Until(() => _events.Count == 3, "the process is ended");
        _events.Should().Equal("announce 75", "late", "exit 75");
        never.Set();
    }

    [Fact]
    public void A_stop_that_throws_is_reported_and_ended_after_its_time()
    {
        _end.Begin(_ => throw new InvalidOperationException("No host"), 75, TimeSpan.FromSeconds(40));
        Deadline.Until(() => _events.Count == 2, "it is reported");

        _isLate.Set();

        Deadline.Until(() => _events.Count == 4, "the process is ended");
        _events.Should().Equal("announce 75", "No host", "late", "exit 75");
    }
}
