using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Track;

public class OperationScopeTests
{
    private readonly OperationsBench _bench = new();

    [Fact]
    public void An_operation_is_entered_at_both_ends_with_memory_change_and_duration()
    {
        _bench.Reader.Resident = Bytes.Megabytes(152.5);
        var scope = _bench.Track("Download", "User 123");
        _bench.Reader.Resident = Bytes.Megabytes(150);
        _bench.Time.Advance(TimeSpan.FromSeconds(12.4));
        scope.Dispose();

        var (start, end) = (_bench.Entries[0], _bench.Entries[1]);
        start.Title.Should().Be("Download Started");
        start.Outcome.Should().Be(OperationOutcome.Running);
        start.ResidentBytes.Should().Be(Bytes.Megabytes(152.5));
        (start.ChangeBytes, start.Duration).Should().Be((null, null));
        start.Time.Should().Be(new DateTimeOffset(2024, 5, 1, 10, 15, 23, TimeSpan.Zero));
        end.Title.Should().Be("Download Completed");
        end.Context.Text.Should().Be("User 123");
        end.ResidentBytes.Should().Be(Bytes.Megabytes(150));
        end.ChangeBytes.Should().Be(Bytes.Megabytes(-2.5));
        end.Duration.Should().Be(TimeSpan.FromSeconds(12.4));
        end.Time.Should().Be(start.Time + TimeSpan.FromSeconds(12.4));
        end.OperationId.Should().Be(start.OperationId).And.Be(scope.Id);
        _bench.Told.Select(e => (e.OperationId, e.Kind)).Should().Equal(_bench.Entries.Select(e => (e.OperationId, e.Kind)));
    }

    [Theory]
    [InlineData(null, 100d)]
    [InlineData(100d, null)]
    public void Where_one_end_could_not_be_read_there_is_no_change(double? before, double? after)
    {
        _bench.Reader.Resident = before is { } start ? Bytes.Megabytes(start) : null;
        var scope = _bench.Track("Download");
        _bench.Reader.Resident = after is { } end ? Bytes.Megabytes(end) : null;
        scope.Dispose();

        _bench.Entries[1].ChangeBytes.Should().BeNull();
    }

    [Fact]
    public void Ending_twice_enters_one_end()
    {
        var scope = _bench.Track("Download");

        scope.Dispose();
        scope.Dispose();

        _bench.Titles.Should().Equal("Download Started", "Download Completed");
        _bench.InFlight.Should().BeEmpty();
    }

    [Fact]
    public async Task Ending_on_many_threads_at_once_enters_one_end()
    {
        var scope = _bench.Track("Download");
        using var start = new Barrier(4);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                scope.Dispose();
            },
            TaskCreationOptions.LongRunning))).WaitAsync(Deadline.Backstop);

        _bench.Titles.Should().Equal("Download Started", "Download Completed");
    }

    [Fact]
    public void A_failure_is_entered_with_type_and_message()
    {
        using (var scope = _bench.Track("Download"))
        {
            scope.Fail(new IOException("disk full"));
        }

        _bench.Entries[1].Title.Should().Be("Download Failed");
        _bench.Entries[1].Error.Should().Be("IOException: disk full");
    }

    [Fact]
    public void A_cancellation_is_no_failure()
    {
        using (var scope = _bench.Track("Download"))
        {
            scope.Fail(new TaskCanceledException());
        }

        _bench.Entries[1].Title.Should().Be("Download Cancelled");
        _bench.Entries[1].Error.Should().BeNull();
    }

    [Fact]
    public void The_first_failure_counts_and_after_the_end_none_does()
    {
        var scope = _bench.Track("Download");
        scope.Fail(new IOException("first"));
        scope.Fail(new OperationCanceledException());
        scope.Dispose();
        scope.Fail(new IOException("late"));
        scope.Dispose();

        _bench.Entries.Should().HaveCount(2);
        _bench.Entries[1].Error.Should().Be("IOException: first");
        FluentActions.Invoking(() => scope.Fail((Exception)null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void Hostile_text_of_an_exception_is_escaped_and_capped()
    {
        using (var scope = _bench.Track("Download"))
        {
            scope.Fail(new IOException("no\n12:00 [INF] all is well\u202E" + new string('x', 1000)));
        }

        _bench.Entries[1].Error.Should().StartWith(@"IOException: no\n12:00 [INF] all is well\u202Exxx").And.HaveLength(256);
    }

    [Fact]
    public void An_exception_whose_message_throws_still_ends_the_operation()
    {
        var scope = _bench.Track("Download");
        scope.Fail(new UnspeakableException());

        scope.Dispose();

        _bench.Entries[1].Error.Should().Be("UnspeakableException");
        _bench.InFlight.Should().BeEmpty();
    }

    [Fact]
    public void Hostile_names_are_escaped_in_entries_and_in_flight()
    {
        using var scope = _bench.Track("a\nb", "c\rd");

        scope.Name.Should().Be(@"a\nb");
        _bench.Entries[0].Title.Should().Be(@"a\nb Started");
        (_bench.InFlight[0].Name, _bench.InFlight[0].Context.Text).Should().Be((@"a\nb", @"c\rd"));
    }

    [Fact]
    public void The_scope_of_no_operation_does_nothing()
    {
        OperationScope.None.Fail(new IOException("x"));
        OperationScope.None.Dispose();

        (OperationScope.None.Id, OperationScope.None.Name).Should().Be((0L, string.Empty));
    }

    [Fact]
    public void A_mark_is_one_entry_that_belongs_to_no_operation()
    {
        _bench.Reader.Resident = Bytes.Megabytes(150.2);
        _bench.Mark("Session\nCreated", "User 123");

        var entry = _bench.Entries.Should().ContainSingle().Which;
        (entry.Kind, entry.Title, entry.OperationId, entry.Outcome)
            .Should().Be((JournalEntryKind.Mark, @"Session\nCreated", 0L, OperationOutcome.Completed));
        entry.ResidentBytes.Should().Be(Bytes.Megabytes(150.2));
        (entry.ChangeBytes, entry.Duration, entry.Error).Should().Be((null, null, null));
    }

    private sealed class UnspeakableException : Exception
    {
        public override string Message => throw new InvalidOperationException("The message is broken too.");
    }
}
