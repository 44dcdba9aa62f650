using MemoryWatch.BlackBox.Format;
using MemoryWatch.BlackBox.Recall;
using MemoryWatch.BlackBox.Record;
using MemoryWatch.Tests.Support;
using MemoryWatch.Track;

namespace MemoryWatch.Tests.BlackBox;

/// <summary>Who allocated before a run was last seen, as its file tells it.</summary>
public sealed class GrowthTests
{
    private readonly BoxBench _bench = new(1 << 20);

    [Fact]
    public void What_is_in_flight_has_what_it_had_allocated_at_the_last_sample()
    {
        using var idle = _bench.Track("Idle");
        using var download = _bench.Track("Download");
        download.Charge(Bytes.Megabytes(5));
        _bench.Tick();
        download.Charge(Bytes.Megabytes(2));
        _bench.Tick();
        download.Charge(Bytes.Megabytes(1));

        var inFlight = _bench.Read().InFlight;

        inFlight.Single(o => o.Name == "Download").Allocation.ChargedBytes.Should().Be(Bytes.Megabytes(7), "the last megabyte came after it");
        inFlight.Single(o => o.Name == "Idle").Allocation.SelfChargedBytes.Should().Be(0);
    }

    [Fact]
    public void Growth_is_told_with_who_allocated_since_it_began()
    {
        using var old = _bench.Track("Import", "all of last year");
        old.Charge(Bytes.Megabytes(4000));
        Grow(0);
        Grow(0);
        using var download = _bench.Track("Download", "User 5");
        old.Charge(Bytes.Megabytes(3));
        download.Charge(Bytes.Megabytes(60));
        Grow(80);

        var run = _bench.Judge();

        run.Cause.Should().BeEquivalentTo(new
        {
            Window = TimeSpan.FromSeconds(1),
            RiseBytes = Bytes.Megabytes(80),
            ManagedChangeBytes = (long?)Bytes.Megabytes(40),
            NativeChangeBytes = (long?)Bytes.Megabytes(40),
            AllocatedBytes = (long?)Bytes.Megabytes(80),
            InFlightCount = 2L,
        });
        run.Cause!.Operations.Select(o => (o.Name, o.Context.Text, o.ChargedBytes, o.IsRunning)).Should().Equal(
            ("Download", "User 5", Bytes.Megabytes(60), true), ("Import", "all of last year", Bytes.Megabytes(3), true));
        run.Cause.InFlight.Select(o => o.Name).Should().Equal("Download", "Import");
        run.Describe().Should().Contain("├─ Grew: +80.0 MB | Likely cause: Download (User 5) allocated 0.0 MB (charged 60.0 MB), Import ")
            .And.Contain("In flight: Download | User 5 | for 1.0 s | allocated 0.0 MB, charged 60.0 MB | Memory at start: ");
    }

    [Fact]
    public void Operations_that_ended_meanwhile_are_told_too_and_small_ones_by_their_name()
    {
        using (var early = _bench.Track("Download", "before it began"))
        {
            early.Charge(Bytes.Megabytes(500));
        }

        Grow(0);
        var large = _bench.Track("Download", "User 5");
        large.Charge(Bytes.Megabytes(40));
        large.Dispose();
        for (var i = 0; i < 10; i++)
        {
            using var small = _bench.Track("Thumbnail");
            small.Charge(Bytes.Megabytes(0.9));
        }

        Grow(50);

        var cause = _bench.Judge().Cause!;

        cause.Operations.Select(o => (o.Name, o.Count, o.ChargedBytes, o.IsRunning)).Should().Equal(
            ("Download", 1, Bytes.Megabytes(40), false), ("Thumbnail", 10, 10 * Bytes.Megabytes(0.9), false));
        cause.InFlightCount.Should().Be(11);
        cause.InFlight.Select(o => (o.Name, o.IsRunning)).Should().Equal(Enumerable.Repeat(("Thumbnail", false), 5), "the last started stand first");
    }

    [Fact]
    public void An_operation_that_allocates_is_named_by_its_own_flow()
    {
        Grow(0);
        using var batch = _bench.Track("Batch");
        using var download = _bench.Track("Download");
        GC.KeepAlive(new byte[30_000_000]);
        _bench.Tracker.Settle();
        Grow(30);

        var cause = _bench.Judge().Cause!;

        cause.Operations.Should().ContainSingle().Which.Name.Should().Be("Download", "what the one inside took is told once");
        cause.Operations[0].AllocatedBytes.Should().BeInRange(30_000_000, 31_000_000);
        cause.Describe().Should().StartWith("Likely cause: Download allocated 28.");
    }

    [Fact]
    public void Where_memory_did_not_grow_there_is_nothing_to_explain()
    {
        _bench.Judge().Cause.Should().BeNull("there is no sample");
        using var download = _bench.Track("Download");
        download.Charge(Bytes.Megabytes(60));
        Grow(50);
        Grow(0.9);
        Grow(-60);

        _bench.Judge().Cause.Should().BeNull("memory has come back");
    }

    [Fact]
    public void Growth_of_long_ago_is_no_news()
    {
        Grow(0);
        Grow(50);
        for (var i = 0; i < 61; i++)
        {
            Grow(0);
        }

        _bench.Judge().Cause.Should().BeNull();
    }

    [Fact]
    public void A_clean_end_needs_no_explanation()
    {
        Grow(0);
        Grow(50);
        _bench.Recorder.WriteEnd(RecordKind.Stopped, 0, null, TimeSpan.Zero);

        _bench.Judge().Cause.Should().BeNull();
    }

    [Theory]
    [InlineData(MemoryZone.Healthy, FlightRecorder.MostWhileHealthy)]
    [InlineData(MemoryZone.Elevated, FlightRecorder.MostAbove)]
    public async Task Of_more_than_there_is_room_for_those_that_took_most_are_recorded(MemoryZone zone, int most)
    {
        var all = await TrackManyAsync(most + 20);

        _bench.Tick(zone: zone);

        var known = _bench.Read().InFlight.Where(o => o.Allocation.ChargedBytes > 0).ToList();
        known.Select(o => o.Context.Text).Should().Equal(Enumerable.Range(20, most).Select(i => $"Number {i}"));
        all.ForEach(scope => scope.Dispose());
    }

    [Fact]
    public async Task One_that_was_not_recorded_before_is_not_said_to_have_taken_all_of_it_since()
    {
        var all = await TrackManyAsync(FlightRecorder.MostWhileHealthy + 5);
        Grow(0);

        // Number 4 had 5 MB, as no record says: at least 9 MB came after that of Number 5, the last one recorded, had 6.
        all[4].Charge(Bytes.Megabytes(10));
        Grow(20);

        var cause = _bench.Judge().Cause!;

        cause.Operations.Should().ContainSingle().Which.Should().Match<MemoryCauseOperation>(
            o => o.Context.Text == "Number 4" && o.ChargedBytes == Bytes.Megabytes(9));
        all.ForEach(scope => scope.Dispose());
    }

    [Fact]
    public void Where_allocations_are_not_tracked_nothing_is_said_of_them()
    {
        var bench = new BoxBench(isMetered: false);
        bench.Tick();
        using var download = bench.Track("Download", "User 5");
        bench.Reader.ResidentMegabytes += 80;
        bench.Allocated = Bytes.Megabytes(80);
        bench.Tick();

        var cause = bench.Judge().Cause!;

        cause.UnattributedBytes.Should().BeNull();
        cause.Describe().Should().StartWith("Likely cause: managed +40.0 MB in the last 1 s while Download (User 5) was in flight");
    }

    [Fact]
    public void Snapshots_that_are_asked_for_do_not_take_the_place_of_ticks()
    {
        using var download = _bench.Track("Download");
        _bench.Tick();
        for (var i = 1; i <= 5; i++)
        {
            download.Charge(Bytes.Megabytes(1));
            _bench.Time.Advance(TimeSpan.FromSeconds(0.9));
            _bench.Recorder.OnSnapshot(_bench.Snapshot().With(trigger: SnapshotTrigger.Explicit));
            _bench.Tick(seconds: 0.1);
            _bench.Read().InFlight.Single().Allocation.ChargedBytes.Should().Be(Bytes.Megabytes(i));
        }
    }

    [Fact]
    public void Alerts_and_reliefs_outlive_the_samples_of_a_long_time_near_the_limit()
    {
        var bench = new BoxBench();
        for (var i = 1; i <= 6; i++)
        {
            bench.Recorder.OnReport(BoxBench.Report(
                bench.Snapshot(zone: MemoryZone.Critical), new CustomAlert("high", AlertSeverity.Warning, $"Alert {i}")));
        }

        for (var i = 0; i < 1000; i++)
        {
            bench.Tick(zone: MemoryZone.Critical, seconds: 0.1);
        }

        bench.Read().Alerts.Select(a => a.Message).Should().Equal(Enumerable.Range(2, 5).Select(i => $"Alert {i}"));
        bench.Read().LastSample!.Clock.Should().BeCloseTo(TimeSpan.FromSeconds(100), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void A_record_that_says_there_were_more_than_none_does_no_harm()
    {
        var record = new byte[BoxFormat.RecordSize];
        AllocationRecord.Write(record, [], isCut: true);
        var nothing = new AllocationsAtOnce();
        nothing.Add(record);

        nothing.Since(operation: 1, own: new(5, 3), ranThen: true).Should().Be(new OperationAmount(5, 3));
    }

    [Fact]
    public void Numbers_that_cannot_be_do_no_harm_however_many()
    {
        Grow(0);
        for (var i = 0; i < 1000; i++)
        {
            using var scope = _bench.Track("Work");
            scope.Charge(long.MaxValue / 4);
        }

        Grow(20);

        _bench.Judge().Cause!.Operations.Should().ContainSingle().Which.Count.Should().BePositive();
    }

    [Fact]
    public async Task A_quiet_operation_is_in_the_file_from_ten_megabytes_on()
    {
        Grow(0);

        // Beside each other, as requests are.
        using var small = await Task.Run(() => _bench.TrackQuiet("GET /health"));
        var large = await Task.Run(() => _bench.TrackQuiet("GET /export"));
        small.Charge(Bytes.Megabytes(9.9));
        large.Charge(Bytes.Megabytes(9.9));
        Grow(20);
        _bench.Read().InFlight.Should().BeEmpty();

        large.Charge(Bytes.Megabytes(30));
        Grow(30);
        Grow(1);

        _bench.Read().InFlight.Should().ContainSingle().Which.Name.Should().Be("GET /export");
        _bench.Judge().Cause!.Operations[0].Should().Match<MemoryCauseOperation>(
            o => o.Name == "GET /export" && o.ChargedBytes == Bytes.Megabytes(39.9));

        large.Dispose();
        var recording = _bench.Read();
        recording.InFlight.Should().BeEmpty();
        recording.Entries.Select(e => e.Title).Should().Equal("GET /export Completed");
    }

    [Fact]
    public void A_quiet_operation_that_took_much_is_still_there_after_records_were_lost()
    {
        using var large = _bench.TrackQuiet("GET /export");
        large.Charge(Bytes.Megabytes(30));
        Grow(30);
        _bench.File.BeforeWrite = static () => throw new IOException("No space left on device");
        _bench.Mark("Lost");
        _bench.File.BeforeWrite = null;
        Grow(0, seconds: 60);

        _bench.Read().InFlight.Should().ContainSingle().Which.Name.Should().Be("GET /export");
    }

    /// <summary>Beside each other: the first has 1 MB, and each one more than the one before.</summary>
    private async Task<List<OperationScope>> TrackManyAsync(int count)
    {
        var all = new List<OperationScope>();
        for (var i = 0; i < count; i++)
        {
            all.Add(await Task.Run(() => _bench.Track("Work", $"Number {i}")));
            all[i].Charge(Bytes.Megabytes(i + 1));
        }

        return all;
    }

    private void Grow(double megabytes, double seconds = 1)
    {
        _bench.Reader.ResidentMegabytes += megabytes;
        _bench.Allocated = (_bench.Allocated ?? 0) + Bytes.Megabytes(Math.Max(0, megabytes));
        _bench.Tick(_bench.Reader.ResidentMegabytes, seconds);
    }
}
