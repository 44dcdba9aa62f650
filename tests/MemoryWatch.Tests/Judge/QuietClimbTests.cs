using System.Diagnostics;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tests.Judge;

/// <summary>The whole watch: starts and swings in the log, and what they say of the operations that ran meanwhile.</summary>
public sealed class QuietClimbTests : IDisposable
{
    private WatchHarness _watch = new();

    public void Dispose() => _watch.Dispose();

    [Fact]
    public void A_start_is_one_line_of_information_and_no_news_of_an_operation()
    {
        BeYoung();
        _watch.Tick(20);
        using (Track("Request"))
        {
            _watch.Tick(75);
        }

        Stay(75, seconds: 60);

        var line = _watch.Log.Of(LogEvents.Climbed).Should().ContainSingle().Subject;
        line.Level.Should().Be(LogLevel.Information);
        line.Text.Should().MatchRegex(@"^🚀 MEMORY AFTER START: started: 75\.0 MB after \d\.\d s$");
        line.State.Should().Contain("alert", "start").And.Contain("start_bytes", Bytes.Megabytes(75));
        Warnings().Should().BeEmpty();
    }

    [Fact]
    public void A_start_that_one_operation_allocated_is_its_spike_with_its_cause()
    {
        BeYoung();
        _watch.Tick(20);
        using var import = Track("Import");
        DiagnosisBench.AllocateFor(import, 60);

        _watch.Tick(90);
        Stay(90, seconds: 60);

        _watch.Log.Of(LogEvents.Spike).Should().ContainSingle().Which.Text.Should().Contain("Likely cause: Import allocated 60.0 MB");
        _watch.Log.Of(LogEvents.Climbed).Should().BeEmpty();
    }

    [Fact]
    public void A_known_swing_is_no_news_of_an_operation()
    {
        Swing();
        Swing();
        _watch.Log.Of(LogEvents.Spike).Should().ContainSingle();
        _watch.Log.Of(LogEvents.Swing).Should().ContainSingle().Which.Level.Should().Be(LogLevel.Information);
        _watch.Tick(60, seconds: 600);

        using (Track("Request"))
        {
            _watch.Tick(140);
        }

        _watch.Tick(140);
        _watch.Tick(60);
        Warnings().Should().ContainSingle("that was the spike");
    }

    [Fact]
    public void A_rise_that_stays_below_an_earlier_top_is_a_spike_with_its_cause()
    {
        Swing();
        using var import = Track("Import");
        DiagnosisBench.AllocateFor(import, 60);

        Stay(125, seconds: 20);

        var spikes = _watch.Log.Of(LogEvents.Spike).ToList();
        spikes.Should().HaveCount(2);
        spikes[1].Text.Should().Contain("Likely cause: Import allocated 60.0 MB");
    }

    private void Swing()
    {
        Stay(60, seconds: 10);
        _watch.Tick(140);
        Stay(60, seconds: 10);
    }

    private void Stay(double megabytes, int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            _watch.Tick(megabytes);
        }
    }

    /// <summary>A clock that shows the time just after the real start of this process: the watch compares the two.</summary>
    private void BeYoung()
    {
        using var process = Process.GetCurrentProcess();
        _watch.Dispose();
        _watch = new(startTime: process.StartTime.ToUniversalTime().AddSeconds(2));
    }

    private OperationScope Track(string name) => Task.Run(() => _watch.Watch.Track(name)).GetAwaiter().GetResult();

    private IEnumerable<LogLine> Warnings() => _watch.Log.Lines.Where(l => l.Level >= LogLevel.Warning);
}
