using System.Globalization;
using MemoryWatch.BlackBox.Recall;
using MemoryWatch.Files;
using MemoryWatch.Tests.Support;
using Xunit.Abstractions;

namespace MemoryWatch.Tests.BlackBox.Processes;

/// <summary>
/// A process that writes as fast as it can is killed at random moments. The file then says nothing that was not so, and of what had been
/// recorded by then nothing is missing. <c>MEMORYWATCH_SIGKILLS</c> says how often.
/// </summary>
[Collection(Proofs.Name)]
public sealed class SigkillTests(ITestOutputHelper output) : IDisposable
{
#if NET10_0_OR_GREATER
    private const int KillsInCi = 50;
#else
    private const int KillsInCi = 10;
#endif

    private readonly TempFolder _folder = new();
    private readonly Random _random = new(20261122);
    private long _operations;
    private long _records;
    private int _underWay;
    private int _queued;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Killed_at_any_moment_the_file_knows_what_was_in_flight()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("MEMORYWATCH_SIGKILLS") ?? $"{KillsInCi}", CultureInfo.InvariantCulture);
        for (var kill = 0; kill < kills; kill++)
        {
            KillOne(kill);
        }

        _queued.Should().BeLessThan(kills, "behind the queue nothing is proved");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{kills} kills: {_records} records, {_operations} operations in flight found, none missing and none false; {_underWay} starts and ends were under way, {_queued} files with writes through the queue"));
    }

    private void KillOne(int kill)
    {
        var (box, path) = (_folder.File($"{kill}.blackbox"), _folder.File($"{kill}.ledger"));
        using var ledger = new Ledger(path, WritingChild.Threads);
        using var child = ChildProgram.Start(WritingChild.Name, box, path, $"{kill}");
        try
        {
            var moment = _random.Next(1, 20_000);
            Deadline.Until(() => ledger.Total >= moment, "the program works");
            Thread.SpinWait(_random.Next(20_000));
        }
        finally
        {
            child.Kill();
            child.WaitForExit();
        }

        var left = LeftBox.TryRead(DiskFiles.Instance, box);
        left.Should().NotBeNull("its process is dead");
        left!.Problem.Should().BeEmpty();
        Check(left.Recording!, ledger);
        foreach (var file in Directory.EnumerateFiles(_folder.Path))
        {
            File.Delete(file);
        }
    }

    private void Check(RunRecording recording, Ledger ledger)
    {
        recording.DamagedRecords.Should().Be(0);
        recording.LostRecords.Should().Be(0);
        recording.InFlightCount.Should().Be(recording.InFlight.Count);
        var usage = recording.LastSample?.Snapshot.Usage;
        usage?.LimitBytes.Should().Be(~usage.Value.UsedBytes);
        foreach (var (name, context) in recording.Entries.Select(e => (e.Name, e.Context.Text)).Concat(recording.InFlight.Select(o => (o.Name, o.Context.Text))))
        {
            var (thread, number) = Parse(context);
            name.Should().Be($"Thread {thread}");
            context.Should().Be(WritingChild.Context(thread, number), "no record is a mixture");
            number.Should().BeLessOrEqualTo(ledger.Starting(thread), "it was really started");
        }

        _records += recording.LastSequence;
        _operations += recording.InFlight.Count;
        if (ledger.HasQueued)
        {
            // Behind the queue the last ones may be missing: that is told in the log, and not what this is about.
            _queued++;
            return;
        }

        for (var thread = 0; thread < WritingChild.Threads; thread++)
        {
            var inFlight = recording.InFlight.Where(o => o.Name == $"Thread {thread}").Select(o => Parse(o.Context.Text).Number).ToHashSet();

            // What was under way may have been recorded or not; everything else is known.
            var starting = ledger.Starting(thread) > ledger.Started(thread);
            var ending = ledger.Ending(thread) > ledger.Ended(thread);
            _underWay += (starting ? 1 : 0) + (ending ? 1 : 0);
            inFlight.Remove(starting ? ledger.Starting(thread) : 0);
            inFlight.Remove(ending ? ledger.Ending(thread) : 0);
            inFlight.Order().Should().Equal(
                Numbers(ledger.Ending(thread) + 1, ledger.Started(thread)), "thread {0} had these in flight", thread);
        }
    }

    private static IEnumerable<long> Numbers(long first, long last)
    {
        for (var number = first; number <= last; number++)
        {
            yield return number;
        }
    }

    private static (int Thread, long Number) Parse(string context)
    {
        var parts = context.Split(':');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
