using MemoryWatch.BlackBox.Format;
using MemoryWatch.Tests.Support;
using MemoryWatch.Track;

namespace MemoryWatch.Tests.BlackBox;

/// <summary>Requests and other quiet operations, which are in the file by their names, and in flight by a record of the last sample.</summary>
public sealed class NamesTests
{
    private readonly BoxBench _bench = new(1 << 20);

    [Fact]
    public void A_leak_in_many_small_requests_is_named_with_their_number()
    {
        Grow(1);
        for (var i = 0; i < 500; i++)
        {
            Request("GET /api/staticstring", 0.1);
        }

        Grow(60);

        var cause = _bench.Judge().Cause!;

        cause.Describe().Should().StartWith("Likely cause: GET /api/staticstring: 500 operations allocated 50.").And.Contain(" MB of 60.0 MB in the last 1 s");
        cause.UnattributedBytes!.Value.Should().BeCloseTo(Bytes.Megabytes(10), (ulong)Bytes.Megabytes(1));
    }

    [Fact]
    public void What_a_name_took_before_the_growth_does_not_count()
    {
        Request("GET /old", 30);
        Grow(30);
        Grow(0);
        Request("GET /new", 20);
        Grow(20);

        _bench.Judge().Cause!.Operations.Select(o => o.Name).Should().Equal("GET /new");
    }

    [Fact]
    public void An_operation_that_is_known_by_itself_does_not_count_twice()
    {
        Grow(1);
        using (var known = _bench.Track("Download", "User 5"))
        {
            AllocateFor(known, 30);
        }

        for (var i = 0; i < 20; i++)
        {
            Request("Download", 0.5);
        }

        Grow(45);

        var operations = _bench.Judge().Cause!.Operations;

        operations.Select(o => (o.Name, o.Context.Text, o.Count)).Should().Equal(("Download", "User 5", 1), ("Download", "", 20));
        operations[1].AllocatedBytes.Should().BeCloseTo(Bytes.Megabytes(10), (ulong)Bytes.Megabytes(0.5));
    }

    [Fact]
    public void Amounts_too_small_for_a_record_are_in_the_next_one()
    {
        Grow(1);
        Request("GET /small", 0.05);
        Grow(0);
        Request("GET /small", 9);
        Grow(20);

        _bench.Judge().Cause!.Operations.Single().AllocatedBytes.Should().BeCloseTo(Bytes.Megabytes(9.05), 100_000);
    }

    [Fact]
    public void Names_that_do_not_fit_are_added_up()
    {
        var items = Enumerable.Range(0, 20).Select(i => new NameAllocation(new string('ä', 40) + i, i, 1, 1000 - i, 0, 0)).ToArray();
        var record = new byte[BoxFormat.RecordSize];

        NamesRecord.Write(record, items, 5);

        List<NameAllocation> read = [];
        NamesRecord.Read(record, read);
        read.Should().Equal(items.Take(read.Count)).And.HaveCountGreaterThan(2);
        NamesRecord.Others(record).Should().Be(5 + items.Skip(read.Count).Sum(i => i.AllocatedBytes));
    }

    [Fact]
    public void Quiet_operations_in_flight_are_listed_once_memory_is_not_healthy()
    {
        using var export = Quiet("GET /export", "tenant 7");
        AllocateFor(export, 3);
        using var health = Quiet("GET /health", "");
        Tick(MemoryZone.Healthy);
        _bench.Judge().QuietOperations.Should().BeEmpty("only their number is recorded while memory is healthy");

        Tick(MemoryZone.Elevated);

        var run = _bench.Judge();
        run.QuietOperations.Select(o => (o.Name, o.Context.Text, o.Age)).Should().Equal(
            ("GET /export", "tenant 7", TimeSpan.FromSeconds(2)), ("GET /health", "", TimeSpan.FromSeconds(2)));
        run.Describe().Should().Contain("In flight: GET /export | tenant 7 | for 2.0 s | allocated 3.0 MB (quiet)")
            .And.Contain("In flight: GET /health | for 2.0 s (quiet)").And.NotContain("not recorded");
    }

    [Fact]
    public void Quiet_operations_beyond_the_room_of_a_record_are_counted()
    {
        var all = Enumerable.Range(0, 50).Select(i => Quiet($"GET /{i}", new string('x', 60))).ToList();

        Tick(MemoryZone.Critical);

        var run = _bench.Judge();
        run.QuietOperations.Should().NotBeEmpty();
        run.Describe().Should().Contain($"In flight: {50 - run.QuietOperations.Count} more quiet, which are not recorded");
        all.ForEach(scope => scope.Dispose());
    }

    [Fact]
    public void Native_growth_in_a_request_names_the_request()
    {
        Tick(MemoryZone.Healthy);
        using var request = Quiet("GET /native", "");
        _bench.Reader.ResidentMegabytes += 80;
        _bench.Allocated = 0;
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        _bench.Recorder.OnReport(BoxBench.Report(_bench.Snapshot(200, zone: MemoryZone.Elevated).With(managed: new() { HeapBytes = 0, TotalAllocatedBytes = 0 })));

        _bench.Judge().Cause!.Describe().Should().Contain("native +").And.Contain("while GET /native was in flight");
    }

    [Fact]
    public void Who_computed_without_a_pause_is_named_after_a_kill()
    {
        Grow(1);
        using var download = _bench.Track("Download", "User 5");
        using var other = Apart("Other");
        _bench.Tracker.Store.RecentProcessor = Ran(download, othersRan: false);
        Grow(120);

        var cause = _bench.Judge().Cause!;

        cause.Describe().Should().StartWith(
            "Likely cause: Download (User 5), computing for 1.0 s without a pause, most likely allocated the 120.0 MB that nobody has handed in "
            + "(unattributed 120.0 MB of 120.0 MB in the last 1 s); waiting: Other; managed");
        cause.IsUnattributedAtWork.Should().BeTrue();
    }

    [Fact]
    public void Who_touched_the_new_memory_is_named_after_a_kill()
    {
        Grow(1);
        using var download = _bench.Track("Download", "User 5");
        using var other = Apart("Other");
        _bench.Tracker.Store.RecentProcessor = Ran(download, othersRan: false, RunState.Touched);
        Grow(120);

        _bench.Judge().Cause!.Describe().Should().StartWith(
            "Likely cause: Download (User 5), whose threads touched most of the new memory, most likely allocated the 120.0 MB that nobody has handed in ");
    }

    [Fact]
    public void Who_ran_while_memory_hardly_grew_does_not_matter()
    {
        Grow(1);
        using var download = _bench.Track("Download", "User 5");
        _bench.Tracker.Store.RecentProcessor = Ran(download, othersRan: true);
        Grow(5);
        _bench.Tracker.Store.RecentProcessor = Ran(download, othersRan: false);
        Grow(120);
        _bench.Tracker.Store.RecentProcessor = ProcessorWindow.Unknown;
        Grow(2);

        _bench.Judge().Cause!.IsUnattributedAtWork.Should().BeTrue();
    }

    [Fact]
    public void Who_ran_at_a_tick_that_wrote_no_sample_is_recorded_with_the_next_one()
    {
        Grow(1);
        using var download = _bench.Track("Download", "User 5");
        _bench.Tracker.Store.RecentProcessor = Ran(download, othersRan: false);
        _bench.Reader.ResidentMegabytes += 120;
        _bench.Allocated += Bytes.Megabytes(120);
        _bench.Tick(seconds: 0.4);
        _bench.Tracker.Store.RecentProcessor = ProcessorWindow.Unknown;
        _bench.Tick();

        _bench.Judge().Cause!.IsUnattributedAtWork.Should().BeTrue();
    }

    [Fact]
    public void If_threads_outside_of_operations_ran_during_much_of_the_growth_nobody_is_most_likely()
    {
        Grow(1);
        using var download = _bench.Track("Download", "User 5");
        _bench.Tracker.Store.RecentProcessor = Ran(download, othersRan: true);
        Grow(60);
        _bench.Tracker.Store.RecentProcessor = Ran(download, othersRan: false);
        Grow(60);

        _bench.Judge().Cause!.Should().Match<MemoryCause>(cause => cause.OthersRan == true && !cause.IsUnattributedAtWork);
    }

    [Fact]
    public void If_it_was_unknown_for_half_of_the_growth_who_ran_nobody_is_most_likely()
    {
        Grow(1);
        using var download = _bench.Track("Download", "User 5");
        _bench.Tracker.Store.RecentProcessor = Ran(download, othersRan: false);
        Grow(60);
        _bench.Tracker.Store.RecentProcessor = ProcessorWindow.Unknown;
        Grow(60);

        _bench.Judge().Cause!.Should().Match<MemoryCause>(cause => cause.OthersRan == null && cause.AtWork.Count == 0);
    }

    [Fact]
    public void Items_that_cannot_be_do_no_harm()
    {
        var random = new Random(5);
        var record = new byte[BoxFormat.RecordSize];
        for (var i = 0; i < 10_000; i++)
        {
            random.NextBytes(record);
            List<NameAllocation> names = [];
            NamesRecord.Read(record, names);
            names.TrueForAll(n => n is { AllocatedBytes: >= 0, Ended: >= 0 }).Should().BeTrue();
            RunningRecord.Read(record).TrueForAll(item => item.Age >= TimeSpan.Zero).Should().BeTrue();
        }
    }

    private static ProcessorWindow Ran(OperationScope scope, bool othersRan, RunState state = RunState.Ran) => new(
        [new(scope.Inside(), state, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1))], TimeSpan.Zero, othersRan);

    private OperationScope Apart(string name) => Task.Run(() => _bench.Track(name)).GetAwaiter().GetResult();

    private OperationScope Quiet(string name, string context) =>
        Task.Run(() => (OperationScope)_bench.Tracker.Start(name, context, OperationVerbosity.Quiet)).GetAwaiter().GetResult();

    private static void AllocateFor(OperationScope scope, double megabytes)
    {
        using (scope.Enter())
        {
            Allocate.Bytes(Bytes.Megabytes(megabytes));
            OperationFlows.Settle();
        }
    }

    private void Request(string name, double megabytes)
    {
        using var scope = Quiet(name, string.Empty);
        AllocateFor(scope, megabytes);
    }

    private void Tick(MemoryZone zone) => _bench.Tick(_bench.Reader.ResidentMegabytes, zone: zone);

    private void Grow(double megabytes)
    {
        _bench.Reader.ResidentMegabytes += megabytes;
        _bench.Allocated = (_bench.Allocated ?? 0) + Bytes.Megabytes(megabytes);
        _bench.Tick(_bench.Reader.ResidentMegabytes);
    }
}
