using MemoryWatch.BlackBox.Record;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.BlackBox;

/// <summary>A disk that is slow, hangs or fails costs the application next to nothing, and what is lost is told.</summary>
public sealed class SlowDiskTests
{
    private long _waits;

    [Fact]
    public void Writes_are_made_at_once_on_the_thread_that_makes_them()
    {
        var bench = new BoxBench();
        var writers = new HashSet<int>();
        bench.File.BeforeWrite = () => writers.Add(Environment.CurrentManagedThreadId);

        bench.Track("Download").Dispose();

        bench.File.Writes.Should().Be(2, "one at each end");
        writers.Should().Equal(Environment.CurrentManagedThreadId);
    }

    [Fact]
    public void A_write_of_over_a_millisecond_moves_the_rest_to_a_thread_of_their_own()
    {
        var bench = new BoxBench();
        Slow(bench);
        bench.Mark("Slow");
        var gate = Hang(bench);

        // Would wait for ever here.
        bench.Mark("First");
        using var scope = bench.Track("Download");

        bench.Writer.IsQueueing.Should().BeTrue();
        bench.Read().Entries.Select(e => e.Name).Should().Equal("Slow");
        gate.Set();
        Deadline.Until(() => bench.File.Writes == 3, "what waited should be written");
        bench.Read().Entries.Select(e => e.Title).Should().Equal("Slow", "First", "Download Started");
        bench.Read().InFlight.Should().ContainSingle();
    }

    [Fact]
    public void It_is_told_once_and_not_on_the_thread_that_met_it()
    {
        var bench = new BoxBench();
        Slow(bench);

        bench.Mark("Slow");
        bench.Log.Lines.Should().BeEmpty();
        bench.Tick();
        bench.Tick();

        bench.Log.Of(LogEvents.BlackBoxSlow).Should().ContainSingle().Which.Text.Should().Contain("took 5 ms");
    }

    [Fact]
    public void A_processor_that_was_taken_away_is_not_a_slow_disk()
    {
        var bench = new BoxBench(countWaits: () => _waits);
        Slow(bench);

        for (var i = 0; i < 50; i++)
        {
            bench.Mark("Interrupted");
        }

        bench.Writer.IsQueueing.Should().BeFalse("the thread never waited");
    }

    [Fact]
    public void Where_waits_are_counted_the_second_slow_write_within_ten_seconds_decides()
    {
        var bench = new BoxBench(countWaits: () => _waits);
        bench.File.BeforeWrite = () =>
        {
            _waits++;
            bench.Time.Advance(TimeSpan.FromMilliseconds(2));
        };

        bench.Mark("First");
        bench.Writer.IsQueueing.Should().BeFalse();
        bench.Time.Advance(TimeSpan.FromSeconds(11));
        bench.Mark("Forgotten by now");
        bench.Writer.IsQueueing.Should().BeFalse();
        bench.Mark("Again");
        bench.Writer.IsQueueing.Should().BeTrue();
    }

    [Fact]
    public void A_disk_that_has_been_quick_for_a_while_is_trusted_again_and_less_the_second_time()
    {
        var bench = new BoxBench();
        foreach (var quiet in new[] { 10, 20, 40 })
        {
            Slow(bench);
            bench.Mark("Slow");
            bench.Writer.IsQueueing.Should().BeTrue();
            bench.File.BeforeWrite = null;

            bench.Time.Advance(TimeSpan.FromSeconds(quiet - 1));
            Mark(bench);
            bench.Writer.IsQueueing.Should().BeTrue();
            bench.Time.Advance(TimeSpan.FromSeconds(1));
            Mark(bench);
            Deadline.Until(() => !bench.Writer.IsQueueing, "the disk has been quick for long enough");
        }

        static void Mark(BoxBench bench)
        {
            var writes = bench.File.Writes;
            bench.Mark("Quick");
            Deadline.Until(() => bench.File.Writes > writes, "the thread writes it");
        }
    }

    [Fact]
    public async Task A_write_that_hangs_holds_one_thread_and_no_other()
    {
        var bench = new BoxBench();
        var gate = Hang(bench);
        var stuck = Task.Run(() => bench.Mark("Stuck"));
        Deadline.Until(() => bench.Hanging, "the first write hangs");

        for (var i = 0; i < 10; i++)
        {
            bench.Mark($"Number {i}");
        }

        stuck.IsCompleted.Should().BeFalse();
        gate.Set();
        await stuck.WaitAsync(Deadline.Backstop);
        Deadline.Until(() => bench.File.Writes == 11, "all are written in the end");
        bench.Read().Entries.Select(e => e.Name).Should().Equal(["Stuck", .. Enumerable.Range(0, 10).Select(i => $"Number {i}")]);
    }

    [Fact]
    public void What_has_no_room_in_the_queue_is_lost_counted_and_told_and_what_is_in_flight_is_right_again()
    {
        var bench = new BoxBench();
        using var running = bench.Track("Running");
        var ended = bench.Track("Ended while records are lost");
        Slow(bench);
        bench.Mark("Slow");
        var gate = Hang(bench);
        for (var i = 0; i < WriteQueue.Capacity + 100; i++)
        {
            bench.Mark("Noise");
        }

        ended.Dispose();
        using var late = bench.Track("Started while records are lost");
        gate.Set();
        Deadline.Until(() => bench.File.Writes >= 3 + WriteQueue.Capacity, "the queue is written");

        Deadline.Until(() => { bench.Tick(); return bench.Log.Of(LogEvents.BlackBoxRecovered).Any(); }, "it is tried again");
        Deadline.Until(() => bench.Read().InFlight is [_, { Name: "Started while records are lost" }], "what is in flight is told again");

        var recording = bench.Read();
        recording.InFlight.Select(o => o.Name).Should().Equal("Running", "Started while records are lost");
        recording.InFlightCount.Should().Be(2);
        recording.LostRecords.Should().BeGreaterThan(90).And.Be(bench.Writer.Losses.Count);
        bench.Log.Of(LogEvents.BlackBoxFailing).Should().ContainSingle().Which.Text.Should().Contain("the disk is too slow");
    }

    [Fact]
    public void A_disk_that_fails_is_left_alone_told_once_and_tried_again_more_and_more_rarely()
    {
        var bench = new BoxBench();
        using var running = bench.Track("Running");
        var (attempts, fails) = (0, true);
        bench.File.BeforeWrite = () =>
        {
            attempts++;
            if (fails)
            {
                throw new IOException("No space left on device");
            }
        };

        for (var i = 0; i < 100; i++)
        {
            bench.Mark("Lost");
        }

        attempts.Should().Be(1);
        for (var second = 0; second < 60; second++)
        {
            bench.Tick();
        }

        attempts.Should().BeInRange(5, 7, "after 1, 2, 4, 8 … seconds");
        bench.Log.Of(LogEvents.BlackBoxFailing).Should().ContainSingle().Which.Text.Should().Contain("IOException: No space left on device");

        fails = false;
        for (var second = 0; second < 60; second++)
        {
            bench.Tick();
        }

        bench.Log.Of(LogEvents.BlackBoxRecovered).Should().ContainSingle().Which.State["lost_records"].Should().BeOfType<long>().Which.Should().BeGreaterThan(100);
        bench.Read().InFlight.Should().ContainSingle().Which.Name.Should().Be("Running");
        bench.Mark("Recorded again");
        bench.Read().Entries[^1].Name.Should().Be("Recorded again");
    }

    [Fact]
    public void A_record_allocates_nothing()
    {
        var bench = new BoxBench();
        var snapshot = bench.Snapshot(zone: MemoryZone.Critical);
        bench.Tracker.Mark("Warm", default);

        Allocated(() => bench.Recorder.OnEntry(bench.Entry)).Should().Be(0);
        Allocated(() => bench.Recorder.OnSnapshot(snapshot)).Should().Be(0);
    }

    [Fact]
    public void A_record_that_waits_allocates_nothing_either()
    {
        var bench = new BoxBench();
        Slow(bench);
        bench.Mark("Slow");
        bench.File.BeforeWrite = null;

        Allocated(() => bench.Recorder.OnEntry(bench.Entry)).Should().Be(0);
        bench.Writer.IsQueueing.Should().BeTrue();
    }

    [Fact]
    public void Many_threads_write_whole_records_in_one_order()
    {
        var bench = new BoxBench(1 << 20);
        Parallel.For(0, 8, thread =>
        {
            for (var i = 0; i < 2000; i++)
            {
                bench.Track($"Thread {thread}", $"Number {i}").Dispose();
            }
        });

        var recording = bench.Read();
        recording.DamagedRecords.Should().Be(0);
        recording.InFlight.Should().BeEmpty();
        recording.LastSequence.Should().Be(8 * 2000 * 2);
        recording.Entries.Select(e => e.Sequence).Should().Equal(Enumerable.Range(8 * 2000 * 2 - 19, 20).Select(i => (long)i));
    }

    private static void Slow(BoxBench bench) => bench.File.BeforeWrite = () => bench.Time.Advance(TimeSpan.FromMilliseconds(5));

    private static ManualResetEventSlim Hang(BoxBench bench)
    {
        var gate = new ManualResetEventSlim();
        bench.File.BeforeWrite = () =>
        {
            bench.Hanging = true;
            gate.Wait(Deadline.Backstop);
        };
        return gate;
    }

    /// <summary>Until everything is compiled for good there may be some, and on a busy machine that takes its time.</summary>
    private static long Allocated(Action act)
    {
        var least = long.MaxValue;
        SpinWait.SpinUntil(() => (least = Math.Min(least, AllocatedBy100(act))) == 0, Deadline.Backstop);
        return least;
    }

    private static long AllocatedBy100(Action act)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            act();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
