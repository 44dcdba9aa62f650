using System.Diagnostics;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Track;

// Listeners are global, so other tests' operations are seen here too: each test looks at its own alone.
public class OperationActivityTests
{
    private readonly OperationsBench _bench = new();

    [Fact]
    public void Without_a_listener_there_is_no_activity()
    {
        using var scope = _bench.Track("Unheard");

        scope.Inside().Activity.Should().BeNull();
    }

    [Fact]
    public void A_listener_sees_name_context_named_values_and_change()
    {
        using var listener = Listen();
        _bench.Reader.Resident = 100;
        var scope = _bench.Track("Download", new OperationContext("User 1").With("user_id", 1));
        var activity = scope.Inside().Activity!;
        _bench.Reader.Resident = 150;
        scope.Dispose();

        activity.Source.Name.Should().Be("MemoryWatch");
        activity.DisplayName.Should().Be("Download");
        activity.TagObjects.Should().BeEquivalentTo(new KeyValuePair<string, object?>[]
        {
            new("memorywatch.operation.context", "User 1"), new("user_id", 1), new("memorywatch.operation.change", 50L),
        });
        activity.Status.Should().Be(ActivityStatusCode.Unset);
        activity.IsStopped.Should().BeTrue();
        scope.Inside().Activity.Should().BeNull();
    }

    [Fact]
    public void An_empty_context_and_an_unknown_change_are_no_tags()
    {
        using var listener = Listen();
        _bench.Reader.Resident = null;
        var scope = _bench.Track("Download");
        var activity = scope.Inside().Activity!;
        scope.Dispose();

        activity.TagObjects.Should().BeEmpty();
    }

    [Fact]
    public void A_failure_is_an_error_with_its_escaped_text()
    {
        using var listener = Listen();
        var scope = _bench.Track("Download");
        var activity = scope.Inside().Activity!;
        scope.Fail(new IOException("disk\nfull"));
        scope.Dispose();

        activity.Status.Should().Be(ActivityStatusCode.Error);
        activity.StatusDescription.Should().Be(@"IOException: disk\nfull");
    }

    [Fact]
    public void A_cancellation_is_an_error_that_says_so()
    {
        using var listener = Listen();
        var scope = _bench.Track("Download");
        var activity = scope.Inside().Activity!;
        scope.Fail(new OperationCanceledException());
        scope.Dispose();

        (activity.Status, activity.StatusDescription).Should().Be((ActivityStatusCode.Error, "Cancelled"));
    }

    [Fact]
    public void Activities_nest_as_operations_do()
    {
        using var listener = Listen();
        using var outer = _bench.Track("Outer");
        using (var inner = _bench.Track("Inner"))
        {
            inner.Inside().Activity!.ParentSpanId.Should().Be(outer.Inside().Activity!.SpanId);
        }

        using var next = _bench.Track("Next");
        next.Inside().Activity!.ParentSpanId.Should().Be(outer.Inside().Activity!.SpanId);
        Activity.Current.Should().BeSameAs(next.Inside().Activity);
    }

    [Fact]
    public async Task Ending_on_another_flow_leaves_that_flows_own_activity_current()
    {
        using var listener = Listen();
        using var outer = _bench.Track("Outer");
        var inner = _bench.Track("Inner");
        await Task.Run(() =>
        {
            using var own = _bench.Track("Own");
            inner.Dispose();
            Activity.Current.Should().BeSameAs(own.Inside().Activity);
        });
    }

    [Fact]
    public void A_listener_that_takes_no_samples_gets_none()
    {
        using var listener = Listen(ActivitySamplingResult.None);
        var scope = _bench.Track("Download");

        scope.Inside().Activity.Should().BeNull();
        scope.Dispose();
        _bench.Titles.Should().Equal("Download Started", "Download Completed");
    }

    private static ActivityListener Listen(ActivitySamplingResult result = ActivitySamplingResult.AllData)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "MemoryWatch",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => result,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
