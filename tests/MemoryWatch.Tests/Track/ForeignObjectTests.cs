using System.Diagnostics;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Track;

/// <summary>What an application hands in, or hangs on to the watch, must cost neither its operations nor its memory.</summary>
public sealed class ForeignObjectTests
{
    [Fact]
    public void A_named_value_that_is_an_object_is_kept_as_text()
    {
        var context = new OperationContext("User 5").With("link", new Uri("http://a/b")).With("user_id", 5).With("bad", new Throwing());

        context.Values.Should().Equal(
            new("link", "http://a/b"), new("user_id", 5), new KeyValuePair<string, object?>("bad", nameof(Throwing)));
    }

    [Fact]
    public void A_trace_listener_that_throws_costs_its_trace_and_nothing_else()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == MemoryWatcher.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> o) =>
                o.Name == "Operation that a listener hates" ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStarted = _ => throw new InvalidOperationException("listener"),
            ActivityStopped = _ => throw new InvalidOperationException("listener"),
        };
        ActivitySource.AddActivityListener(listener);
        using var watch = new WatchHarness();

        var use = () => watch.Watch.Track("Operation that a listener hates").Dispose();

        use.Should().NotThrow();
        watch.Watch.InFlight.Should().BeEmpty();
        watch.Watch.RecentEntries.Should().HaveCount(2);
    }

    private sealed class Throwing
    {
        public override string ToString() => throw new InvalidOperationException();
    }
}
