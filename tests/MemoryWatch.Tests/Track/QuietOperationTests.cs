using System.Diagnostics;
using MemoryWatch.Tests.Support;
using MemoryWatch.Track;

namespace MemoryWatch.Tests.Track;

public sealed class QuietOperationTests
{
    private readonly OperationsBench _bench = new();

    [Fact]
    public void A_quiet_operation_is_in_flight_and_in_the_totals_but_not_in_the_journal()
    {
        using (_bench.Track("Normal"))
        using (var scope = Quiet("GET /users/{id}", "User 5"))
        {
            _bench.Find(scope).Context.Text.Should().Be("User 5");
            scope.Fail(new IOException());
        }

        _bench.Titles.Should().Equal("Normal Started", "Normal Completed");
        Totals("GET /users/{id}").Should().Match<OperationTotals>(t => t.Count == 1 && t.Failures == 1);
    }

    [Fact]
    public void The_listener_is_told_of_both_ends()
    {
        Quiet("GET /").Dispose();

        _bench.Told.Select(e => (e.Title, e.IsQuiet)).Should().Equal(("GET / Started", true), ("GET / Completed", true));
    }

    [Fact]
    public void Those_of_one_millisecond_share_a_reading()
    {
        var first = Quiet("GET /1");
        _bench.Reader.ResidentMegabytes += 5;
        var second = Quiet("GET /2");
        _bench.Find(second).StartResidentBytes.Should().Be(_bench.Find(first).StartResidentBytes);

        _bench.Time.Advance(TimeSpan.FromMilliseconds(1));
        first.Dispose();

        _bench.Told[^1].ChangeBytes.Should().Be(Bytes.Megabytes(5));
        second.Dispose();
    }

    [Fact]
    public void One_that_allocated_much_is_told_at_its_end()
    {
        using (Quiet("GET /small"))
        {
            Allocate.Megabytes(9);
        }

        using (Quiet("GET /export"))
        {
            Allocate.Megabytes(11);
        }

        using (var scope = Quiet("GET /charged"))
        {
            scope.Charge(Bytes.Megabytes(11));
        }

        _bench.Titles.Should().Equal("GET /export Completed", "GET /charged Completed");
        _bench.Entries.Select(e => e.Sequence).Should().Equal(1, 2);
    }

    [Fact]
    public void Many_of_them_push_nothing_out_of_the_journal()
    {
        _bench.Mark("Session Created");
        for (var i = 0; i < Journal.Capacity; i++)
        {
            Quiet("GET /").Dispose();
        }

        _bench.Titles.Should().Equal("Session Created");
        Totals("GET /").Count.Should().Be(Journal.Capacity);
    }

    [Fact]
    public void It_has_no_activity_of_its_own()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == MemoryWatcher.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);

        using var normal = _bench.Track("Normal");
        using var quiet = Quiet("GET /");

        normal.Inside().Activity.Should().NotBeNull();
        quiet.Activity.Should().BeNull();
    }

    [Fact]
    public void A_failure_may_have_a_reason_without_an_exception()
    {
        using (var scope = _bench.Track("Request"))
        {
            scope.Fail("HTTP 503\nforged");
        }

        _bench.Entries[1].Title.Should().Be("Request Failed");
        _bench.Entries[1].Error.Should().Be(@"HTTP 503\nforged");
        OperationScope.None.Invoking(s => s.Fail((string)null!)).Should().Throw<ArgumentNullException>();
    }

    private Operation Quiet(string name, string? context = null) => _bench.Tracker.Start(name, context, OperationVerbosity.Quiet);

    private OperationTotals Totals(string name) => _bench.TotalsByName.Single(t => t.Name == name);
}
