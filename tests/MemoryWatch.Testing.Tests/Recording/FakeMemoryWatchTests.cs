using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Testing.Tests.Recording;

public sealed class FakeMemoryWatchTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeMemoryWatch _watch;

    public FakeMemoryWatchTests() => _watch = new(_time);

    [Fact]
    public void An_operation_is_recorded_with_its_name_context_duration_and_outcome()
    {
        using (_watch.Track("Download", "User 7"))
        {
            _time.Advance(TimeSpan.FromSeconds(3));
        }

        _time.Advance(TimeSpan.FromSeconds(5));

        var download = _watch.Operations.Should().ContainSingle().Subject;
        download.Name.Should().Be("Download");
        download.Context.Text.Should().Be("User 7");
        download.Started.Should().Be(_time.GetUtcNow() - TimeSpan.FromSeconds(8));
        download.Duration.Should().Be(TimeSpan.FromSeconds(3));
        download.Outcome.Should().Be(OperationOutcome.Completed);
        download.Verbosity.Should().Be(OperationVerbosity.Normal);
        download.ToString().Should().Be("Download (User 7), Completed after 3.0 s");
    }

    [Fact]
    public void An_operation_in_flight_runs_and_ages()
    {
        using var scope = _watch.Track("Download");
        _time.Advance(TimeSpan.FromSeconds(2));

        var download = _watch.OperationsInFlight.Should().ContainSingle().Subject;
        download.Should().BeSameAs(scope);
        download.Outcome.Should().Be(OperationOutcome.Running);
        download.Duration.Should().Be(TimeSpan.FromSeconds(2));
        _watch.InFlight.Should().ContainSingle().Which.Age.Should().Be(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_failed_function_is_recorded_with_its_exception()
    {
        var failure = new InvalidOperationException("No disk");

        await _watch.Awaiting(w => w.TrackAsync("Download", () => Task.FromException(failure))).Should().ThrowAsync<InvalidOperationException>();

        var download = _watch.Operations.Single();
        download.Outcome.Should().Be(OperationOutcome.Failed);
        download.FailedWith.Should().BeSameAs(failure);
        download.FailureReason.Should().BeNull();
        _watch.RecentEntries[^1].Error.Should().Be("InvalidOperationException: No disk");
    }

    [Fact]
    public void Only_the_first_failure_counts_and_none_after_the_end()
    {
        var first = _watch.Track("First");
        first.Fail("HTTP 503");
        first.Fail(new OperationCanceledException());
        first.Dispose();
        var second = _watch.Track("Second");
        second.Dispose();
        second.Fail("Too late");

        _watch.Operations[0].FailureReason.Should().Be("HTTP 503");
        _watch.Operations[0].Outcome.Should().Be(OperationOutcome.Failed);
        _watch.Operations[1].Outcome.Should().Be(OperationOutcome.Completed);
    }

    [Fact]
    public void A_cancelled_operation_is_recorded_as_cancelled()
    {
        _watch.Fail("Download", "User 7", new OperationCanceledException());

        _watch.Operations.Single().Outcome.Should().Be(OperationOutcome.Cancelled);
    }

    [Fact]
    public async Task Operations_nest_along_async_flows_and_not_across_them()
    {
        using var outer = _watch.Track("Outer");
        var first = Task.Run(InnerAsync);
        var second = Task.Run(InnerAsync);
        await Task.WhenAll(first, second);
        outer.Dispose();
        using var next = _watch.Track("Next");

        _watch.Operations.Where(o => o.Name == "Inner").Should().HaveCount(2).And.OnlyContain(o => o.Parent == outer);
        _watch.Operations.Where(o => o.Name == "Step").Should().HaveCount(2).And.OnlyContain(o => o.Parent!.Name == "Inner");
        _watch.Operations[^1].Parent.Should().BeNull();

        async Task InnerAsync()
        {
            using var inner = _watch.Track("Inner");
            await Task.Yield();
            using var step = _watch.Track("Step");
            await Task.Yield();
        }
    }

    [Fact]
    public void An_entered_block_works_for_the_operation_and_then_for_the_previous_one_again()
    {
        using var request = _watch.Track("Request");
        using var job = _watch.Track("Job");
        using (request.Enter())
        {
            _watch.Mark("Inside");
        }

        _watch.Mark("Outside");

        _watch.Marks.Select(m => m.Operation!.Name).Should().Equal("Request", "Job");
        _watch.Operations[0].Entries.Should().Be(1);
        _watch.CurrentOperation.Should().BeSameAs(job);
    }

    [Fact]
    public void An_operation_that_has_ended_cannot_be_entered()
    {
        using var request = _watch.Track("Request");
        var job = _watch.Track("Job");
        job.Dispose();
        using (job.Enter())
        {
            _watch.CurrentOperation.Should().BeSameAs(request);
        }

        _watch.Operations[1].Entries.Should().Be(0);
    }

    [Fact]
    public async Task A_tracked_sequence_is_one_operation_that_each_step_enters()
    {
        var read = 0;
        await foreach (var item in _watch.TrackAsync("Export", "User 7", ItemsAsync()))
        {
            read += item;
            _watch.CurrentOperation.Should().BeNull();
        }

        read.Should().Be(3);
        _watch.Operations.Single().Entries.Should().BeGreaterThanOrEqualTo(3);
        _watch.AssertNoneInFlight();

        static async IAsyncEnumerable<int> ItemsAsync()
        {
            yield return 1;
            await Task.Yield();
            yield return 2;
        }
    }

    [Fact]
    public void Charges_count_for_the_operation_and_for_those_around_it()
    {
        using var outer = _watch.Track("Outer");
        outer.Charge(10);
        using (var inner = _watch.Track("Inner"))
        {
            inner.Charge(5);
            inner.Charge(2);
        }

        _watch.Operations[1].Allocation.Should().Be(new OperationAllocation { ChargedBytes = 7, SelfChargedBytes = 7 });
        _watch.Operations[0].Allocation.Should().Be(new OperationAllocation { ChargedBytes = 17, SelfChargedBytes = 10 });
        _watch.Operations[1].Invoking(o => o.Charge(1)).Should().NotThrow();
        _watch.Operations[0].Allocation.ChargedBytes.Should().Be(17);
    }

    [Fact]
    public void Budgets_are_kept_after_the_end()
    {
        var scope = _watch.Track("Download");
        scope.SetBudget(allocated: "80MB");
        scope.SetBudget(change: "20MB");
        var budget = scope.Budget;
        scope.Dispose();

        budget!.ToString().Should().Be("change 20 MB");
        scope.Budget.Should().BeNull();
        _watch.Operations.Single().Budgets.Select(b => b.ToString()).Should().Equal("allocated 80 MB", "change 20 MB");
    }

    [Fact]
    public void Marks_snapshots_and_expected_objects_are_recorded_with_their_time()
    {
        var session = new object();
        _watch.Current = new() { Zone = MemoryZone.Critical };
        _watch.Mark("Session Created", "User 7");
        var snapshot = _watch.Snapshot("Upload Finished");
        _watch.ExpectCollected(session, "UserSession", "User 7");

        _watch.Marks.Single().ToString().Should().Be("Session Created (User 7)");
        _watch.Marks.Single().Time.Should().Be(_time.GetUtcNow());
        snapshot.Zone.Should().Be(MemoryZone.Critical);
        _watch.Snapshots.Single().Result.Should().BeSameAs(snapshot);
        _watch.ExpectedObjects.Single().Target.Should().BeSameAs(session);
        _watch.RecentEntries.Select(e => e.Kind).Should().Equal(JournalEntryKind.Mark, JournalEntryKind.Snapshot);
        GC.KeepAlive(session);
    }

    [Fact]
    public void An_expected_object_is_not_kept_alive()
    {
        MemoryAssert.Collected(expected =>
        {
            var session = new object();
            _watch.ExpectCollected(session, "UserSession");
            expected.Add(session);
        });

        _watch.ExpectedObjects.Single().Target.Should().BeNull();
    }

    [Fact]
    public void What_the_watch_returns_can_be_set()
    {
        var watch = new FakeMemoryWatch
        {
            PreviousRun = new() { Verdict = RunVerdict.Clean },
            DiagnosisToReturn = new() { Time = DateTimeOffset.UnixEpoch },
            HistoryToReturn = new() { Window = TimeSpan.FromHours(1) },
        };
        IMemoryWatch seen = watch;

        seen.PreviousRun.Should().BeSameAs(watch.PreviousRun);
        seen.Diagnose().Should().BeSameAs(watch.DiagnosisToReturn);
        seen.History(TimeSpan.FromMinutes(1)).Should().BeSameAs(watch.HistoryToReturn);
        seen.IsEnabled.Should().BeTrue();
    }

    [Fact]
    public void A_disabled_fake_records_nothing()
    {
        _watch.IsEnabled = false;
        using (var scope = _watch.Track("Download"))
        {
            scope.Should().BeSameAs(OperationScope.None);
        }

        _watch.Mark("Mark");
        _watch.Snapshot("Snapshot").Should().BeSameAs(MemorySnapshot.Empty);
        _watch.ExpectCollected(this, "Test");

        _watch.Operations.Should().BeEmpty();
        _watch.Marks.Should().BeEmpty();
        _watch.Snapshots.Should().BeEmpty();
        _watch.ExpectedObjects.Should().BeEmpty();
    }

    [Fact]
    public void Quiet_operations_are_recorded_but_not_in_the_journal()
    {
        _watch.Track("Message", default, OperationVerbosity.Quiet).Dispose();

        _watch.Operations.Single().Verbosity.Should().Be(OperationVerbosity.Quiet);
        _watch.RecentEntries.Should().BeEmpty();
    }

    [Fact]
    public void The_journal_keeps_the_latest_256_entries()
    {
        for (var i = 1; i <= 300; i++)
        {
            _watch.Mark("Mark");
        }

        _watch.RecentEntries.Should().HaveCount(256);
        _watch.RecentEntries[^1].Sequence.Should().Be(300);
    }

    [Fact]
    public void Totals_add_up_ended_operations_by_name()
    {
        for (var seconds = 1; seconds <= 20; seconds++)
        {
            using var scope = _watch.Track("Download");
            _time.Advance(TimeSpan.FromSeconds(seconds));
            scope.Charge(100);
        }

        _watch.Fail("Upload", default, new InvalidOperationException());
        using var running = _watch.Track("Running");

        _watch.TotalsByName.Select(t => t.Name).Should().Equal("Download", "Upload");
        var download = _watch.TotalsByName[0];
        (download.Count, download.Failures, download.ChargedTotalBytes).Should().Be((20, 0, 2000));
        (download.DurationP50, download.DurationP95, download.DurationMax).Should()
            .Be((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(19), TimeSpan.FromSeconds(20)));
        download.AllocatedTotalBytes.Should().BeNull();
        _watch.TotalsByName[1].Failures.Should().Be(1);
    }

    [Fact]
    public void Scopes_that_are_not_disposed_are_named()
    {
        _watch.Track("Done").Dispose();
        using var first = _watch.Track("Download", "User 7");
        _time.Advance(TimeSpan.FromSeconds(3.2));
        using var second = _watch.Track("Upload");

        var failure = _watch.Invoking(w => w.AssertNoneInFlight()).Should().Throw<MemoryAssertionException>().Which;

        failure.Message.ReplaceLineEndings("\n").Should().Be(
            """
            2 operations have not ended. Dispose each scope that Track returns:
            - Download (User 7), started 3.2 s ago
            - Upload, started 0.0 s ago
            """);
    }

    [Fact]
    public void Of_many_scopes_that_are_not_disposed_ten_are_named()
    {
        for (var i = 0; i < 12; i++)
        {
            _ = _watch.Track($"Operation {i}");
        }

        _watch.Invoking(w => w.AssertNoneInFlight()).Should().Throw<MemoryAssertionException>().WithMessage("12 operations*Operation 9*2 more");
    }

    [Fact]
    public void Clear_forgets_what_was_recorded_and_keeps_what_was_set()
    {
        _watch.Current = new() { Zone = MemoryZone.Elevated };
        var scope = _watch.Track("Download");
        _watch.Mark("Mark");
        _watch.Clear();
        scope.Dispose();

        _watch.Operations.Should().BeEmpty();
        _watch.Marks.Should().BeEmpty();
        _watch.Current.Zone.Should().Be(MemoryZone.Elevated);
    }

    [Fact]
    public async Task Many_flows_record_at_once()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 1000), async (i, _) =>
        {
            using var scope = _watch.Track("Download", $"User {i}");
            await Task.Yield();
            using var inner = _watch.Track("Step");
            inner.Charge(1);
            _watch.Mark("Mark");
        });

        _watch.AssertNoneInFlight();
        _watch.Operations.Select(o => o.Id).Should().OnlyHaveUniqueItems().And.HaveCount(2000);
        _watch.Operations.Where(o => o.Name == "Download").Should().OnlyContain(o => o.Allocation.ChargedBytes == 1 && o.Parent == null);
        _watch.Operations.Where(o => o.Name == "Step").Should().OnlyContain(o => o.Parent != null);
        _watch.Marks.Should().HaveCount(1000).And.OnlyContain(m => m.Operation!.Name == "Step");
    }

    [Fact]
    public void Null_names_are_refused_as_by_a_real_watch()
    {
        _watch.Invoking(w => w.Track(null!)).Should().Throw<ArgumentNullException>();
        _watch.Invoking(w => w.Mark(null!)).Should().Throw<ArgumentNullException>();
        _watch.Invoking(w => w.Snapshot(null!)).Should().Throw<ArgumentNullException>();
        _watch.Invoking(w => w.ExpectCollected(null!, "Session")).Should().Throw<ArgumentNullException>();
    }
}
