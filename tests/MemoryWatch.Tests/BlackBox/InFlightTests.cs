using MemoryWatch.BlackBox.Recall;

namespace MemoryWatch.Tests.BlackBox;

/// <summary>The file always tells exactly which operations are in flight, however often its ring has gone round.</summary>
public sealed class InFlightTests
{
    [Fact]
    public void An_operation_that_runs_for_long_is_there_after_its_ring_has_gone_round_many_times()
    {
        var bench = new BoxBench();
        bench.Time.Advance(TimeSpan.FromSeconds(3));
        using var download = bench.Track("Download", "User 5");
        for (var i = 0; i < 10_000; i++)
        {
            bench.Mark("Noise");
        }

        bench.Time.Advance(TimeSpan.FromMinutes(5));
        bench.Mark("Last");

        var recording = bench.Read();
        recording.InFlight.Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            OperationId = download.Id,
            Name = "Download",
            Age = TimeSpan.FromMinutes(5),
            StartResidentBytes = (long?)(150 << 20),
        });
        recording.InFlight[0].Context.Text.Should().Be("User 5");
        recording.Entries.Should().HaveCount(20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_starts_and_ends_the_file_knows_what_is_in_flight(int seed)
    {
        var random = new Random(seed);
        var bench = new BoxBench();
        List<OperationScope> running = [];
        for (var step = 0; step < 20_000; step++)
        {
            // Up to half of the ring's 60 places, in waves.
            var wanted = 15 + 14 * Math.Sin(step / 300.0);
            if (running.Count < 30 && random.NextDouble() * 2 * wanted > running.Count)
            {
                running.Add(bench.Track("Work", $"Number {step}"));
            }
            else
            {
                var ended = random.Next(running.Count);
                running[ended].Dispose();
                running.RemoveAt(ended);
            }

            if (step % 37 == 0)
            {
                var recording = bench.Read();
                recording.InFlight.Select(o => o.OperationId).Should().Equal(running.Select(s => s.Id).Order());
                recording.InFlightCount.Should().Be(running.Count);
                recording.DamagedRecords.Should().Be(0);
            }
        }
    }

    [Fact]
    public void More_than_the_file_has_room_for_are_counted()
    {
        var bench = new BoxBench();
        var running = Enumerable.Range(0, 500).Select(i => bench.Track("Work", $"Number {i}")).ToList();
        for (var i = 0; i < 1000; i++)
        {
            bench.Mark("Noise");
        }

        var recording = bench.Read();
        recording.InFlight.Select(o => o.Context.Text).Should().Equal(Enumerable.Range(0, 30).Select(i => $"Number {i}"));
        recording.InFlightCount.Should().Be(500);

        running.ForEach(scope => scope.Dispose());
        bench.Mark("After");
        bench.Read().Should().Match<RunRecording>(r => r.InFlight.Count == 0 && r.InFlightCount == 0);

        using var next = bench.Track("Next");
        bench.Read().InFlight.Should().ContainSingle().Which.Name.Should().Be("Next");
    }

    [Fact]
    public void What_ran_before_the_file_was_there_is_recorded_with_its_age_and_is_no_news()
    {
        var bench = new BoxBench();
        var old = new BoxBench();
        using var early = old.Track("Early", "User 1");
        old.Time.Advance(TimeSpan.FromSeconds(90));

        old.Tracker.Replay(bench.Recorder);
        bench.Time.Advance(TimeSpan.FromSeconds(10));
        bench.Mark("Late");

        var recording = bench.Read();
        recording.InFlight.Should().ContainSingle().Which.Age.Should().Be(TimeSpan.FromSeconds(100));
        recording.Entries.Select(e => e.Name).Should().Equal("Late");
    }

    [Fact]
    public void What_ends_while_it_is_told_again_has_ended()
    {
        var bench = new BoxBench();
        var scopes = Enumerable.Range(0, 3).Select(i => bench.Track("Work", $"Number {i}")).ToList();
        bench.File.BeforeWrite = () =>
        {
            // While the first is written: its own end, and one that comes before its start is told.
            bench.File.BeforeWrite = null;
            scopes[0].Dispose();
            scopes[1].Dispose();
            bench.Track("New", "In the place of one of them");
        };

        bench.Tracker.Replay(bench.Recorder);

        for (var round = 0; round < 200; round++)
        {
            var recording = bench.Read();
            recording.InFlight.Select(o => o.Context.Text).Should().Equal("Number 2", "In the place of one of them");
            recording.InFlightCount.Should().Be(2);
            bench.Mark("Noise");
        }
    }

    [Fact]
    public void A_place_that_is_used_again_before_an_end_is_recorded_confuses_nothing()
    {
        var bench = new BoxBench();
        JournalEntry Entry(JournalEntryKind kind, long operation) => new()
        {
            Kind = kind, OperationId = operation, Slot = 3, Name = $"Operation {operation}", Time = bench.Time.GetUtcNow(),
        };

        // The slot is free as soon as the operation has left, which is before its end is told.
        bench.Recorder.OnEntry(Entry(JournalEntryKind.Started, 1));
        bench.Recorder.OnEntry(Entry(JournalEntryKind.Started, 2));
        bench.Recorder.OnEntry(Entry(JournalEntryKind.Ended, 1));
        for (var i = 0; i < 500; i++)
        {
            bench.Mark("Noise");
        }

        var recording = bench.Read();
        recording.InFlight.Should().ContainSingle().Which.OperationId.Should().Be(2);
        recording.InFlightCount.Should().Be(1);
    }
}
