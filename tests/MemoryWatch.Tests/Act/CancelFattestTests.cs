using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;
using MemoryWatch.Watch;

namespace MemoryWatch.Tests.Act;

/// <summary>The last resort before a restart: in the imminent zone, when nothing else has helped, one operation is cancelled.</summary>
public sealed class CancelFattestTests
{
    private const int Megabyte = 1 << 20;

    [Fact]
    public void The_operation_that_took_most_since_memory_was_healthy_is_cancelled_and_reported_as_such()
    {
        using var watch = Cancelling();
        using var small = new Work(watch, "Small");
        using var large = new Work(watch, "Large", "User 5");
        watch.Tick(100);

        small.Takes(120);
        large.Takes(280);
        Exhaust(watch, 505);
        watch.TickUntil(() => large.IsCancelled);
        large.Dispose();
        watch.TickUntil(() => Outcomes(watch).Any());

        small.IsCancelled.Should().BeFalse();
        watch.Log.Of(LogEvents.OperationCancelled).Single().Text.Should().Be(
            "✂️ Large (User 5) is cancelled to free memory: it took 280.0 MB since memory was last healthy, which has grown by 405.0 MB since");
        var ended = watch.Watch.RecentEntries.Last(e => e.Name == "Large");
        (ended.Outcome, ended.Error).Should().Be((OperationOutcome.Cancelled, "cancelled by MemoryWatch to free memory"));
    }

    [Fact]
    public void It_is_off_by_default()
    {
        using var watch = new WatchHarness(o => o.EnableCollectionWhenHigh = false);
        using var work = new Work(watch, "Work");
        watch.Tick(100);

        work.Takes(400);
        Exhaust(watch, 505);
        TickFor(watch, 50);

        work.IsCancelled.Should().BeFalse();
    }

    [Fact]
    public void Nothing_is_cancelled_below_the_imminent_zone()
    {
        using var watch = Cancelling();
        using var work = new Work(watch, "Work");
        watch.Tick(100);

        work.Takes(380);
        Exhaust(watch, 490);
        TickFor(watch, 50);

        work.IsCancelled.Should().BeFalse();
    }

    [Fact]
    public void Other_steps_come_first()
    {
        using var watch = Cancelling(b => b.AddRelief("Sessions", MemoryZone.Healthy, _ => Task.CompletedTask));
        using var work = new Work(watch, "Work");
        watch.Tick(100);

        work.Takes(400);
        Exhaust(watch, 505);
        watch.TickUntil(() => work.IsCancelled);

        watch.Log.Lines.Should().ContainSingle(l => l.Event.Id == LogEvents.Relief && l.Text.Contains("Sessions"))
            .And.Subject.TakeWhile(l => l.Event.Id != LogEvents.OperationCancelled).Should().Contain(l => l.Text.Contains("Sessions freed"));
    }

    [Fact]
    public void One_that_took_less_than_a_quarter_of_the_growth_is_left_alone()
    {
        using var watch = Cancelling();
        using var work = new Work(watch, "Work");
        watch.Tick(100);

        work.Takes(100);
        Exhaust(watch, 505);
        watch.TickUntil(() => NotCancelled(watch) is not null);

        NotCancelled(watch).Should().Be("No operation was cancelled: none that can be cancelled took a quarter of what memory has grown by");
        work.IsCancelled.Should().BeFalse();
    }

    [Fact]
    public void What_was_taken_before_memory_was_last_healthy_does_not_count()
    {
        using var watch = Cancelling();
        using var old = new Work(watch, "Old");
        old.Takes(2000);
        watch.Tick(100);

        old.Takes(50);
        Exhaust(watch, 505);
        watch.TickUntil(() => NotCancelled(watch) is not null);

        old.IsCancelled.Should().BeFalse();
    }

    [Fact]
    public void One_that_waits_is_left_alone()
    {
        using var watch = Cancelling();
        using var waits = new Work(watch, "Waits");
        using var works = new Work(watch, "Works");
        watch.Tick(100);
        waits.Takes(300);
        watch.Tick(420);
        watch.Tick(420, seconds: 6);

        works.Takes(120);
        Exhaust(watch, 505);
        watch.TickUntil(() => works.IsCancelled);

        waits.IsCancelled.Should().BeFalse();
    }

    [Fact]
    public void Where_all_wait_none_is_cancelled()
    {
        using var watch = Cancelling();
        using var waits = new Work(watch, "Waits");
        watch.Tick(100);
        waits.Takes(300);
        watch.Tick(420);
        watch.Tick(420, seconds: 6);

        Exhaust(watch, 505);
        watch.TickUntil(() => NotCancelled(watch) is not null);

        NotCancelled(watch).Should().Be("No operation was cancelled: each one that can be cancelled waits");
    }

    [Fact]
    public void Where_none_can_be_cancelled_it_says_so()
    {
        using var watch = Cancelling();
        watch.Tick(100);

        Exhaust(watch, 505);
        watch.TickUntil(() => NotCancelled(watch) is not null);

        NotCancelled(watch).Should().Be("No operation was cancelled: none in flight can be cancelled, or each one was cancelled before");
    }

    [Fact]
    public void One_is_cancelled_in_a_cool_down_and_none_twice()
    {
        using var watch = Cancelling();
        using var first = new Work(watch, "First");
        using var second = new Work(watch, "Second");
        watch.Tick(100);
        first.Takes(250);
        second.Takes(150);
        Exhaust(watch, 505);
        watch.TickUntil(() => first.IsCancelled);
        TickFor(watch, 30);
        second.IsCancelled.Should().BeFalse();

        // It does not end: the step is cancelled after its time limit, backs off, and takes the other one the next time.
        watch.Tick(seconds: 9);
        watch.TickUntil(() => watch.Log.Of(LogEvents.ReliefFailed).Any());
        watch.Log.Of(LogEvents.ReliefFailed).First().Text.Should().Contain("First was cancelled and still runs.");
        second.Takes(1);
        watch.Tick(seconds: 130);
        second.Takes(1);
        watch.TickUntil(() => second.IsCancelled);
        watch.Log.Of(LogEvents.OperationCancelled).Should().HaveCount(2);
    }

    [Fact]
    public void What_a_nested_operation_took_belongs_to_the_outermost_that_can_be_cancelled()
    {
        using var watch = Cancelling();
        using var outer = new Work(watch, "Outer", isNested: true);
        using var inner = new Work(watch, "Inner", isNested: true);
        watch.Tick(100);

        inner.Takes(400);
        Exhaust(watch, 505);
        watch.TickUntil(() => outer.IsCancelled);

        inner.IsCancelled.Should().BeFalse("the application passes the outer token on, or does not");
        watch.Log.Of(LogEvents.OperationCancelled).Single().Text.Should().Contain("Outer is cancelled").And.Contain("400.0 MB");
    }

    [Fact]
    public void Callbacks_that_throw_are_the_failure_of_the_step_and_nothing_more()
    {
        using var watch = Cancelling();
        using var work = new Work(watch, "Work");
        using var throws = work.Source.Token.Register(() => throw new InvalidOperationException("no"));
        watch.Tick(100);

        work.Takes(400);
        Exhaust(watch, 505);
        watch.TickUntil(() => watch.Log.Of(LogEvents.ReliefFailed).Any());

        watch.Log.Of(LogEvents.ReliefFailed).Single().Text.Should().Contain("Cancel fattest failed").And.Contain("no");
    }

    [Fact]
    public void Callbacks_that_hang_do_not_stop_the_watch()
    {
        using var watch = Cancelling();
        using var gate = new ManualResetEventSlim();
        using var work = new Work(watch, "Work");
        using var hangs = work.Source.Token.Register(() => gate.Wait(Deadline.Backstop));
        watch.Tick(100);

        work.Takes(400);
        Exhaust(watch, 505);
        watch.TickUntil(() => work.IsCancelled);
        watch.Tick(seconds: 12);
        watch.TickUntil(() => watch.Log.Of(LogEvents.ReliefFailed).Any());

        gate.Set();
    }

    [Fact]
    public void A_source_that_was_disposed_is_no_failure_if_the_operation_ends()
    {
        using var watch = Cancelling();
        using var work = new Work(watch, "Work");
        watch.Tick(100);
        work.Takes(400);
        work.Source.Dispose();

        Exhaust(watch, 505);
        watch.TickUntil(() => watch.Log.Of(LogEvents.OperationCancelled).Any());
        work.Dispose();
        watch.TickUntil(() => Outcomes(watch).Any());

        watch.Log.Of(LogEvents.ReliefFailed).Should().BeEmpty();
    }

    [Fact]
    public void Relief_that_only_observes_cancels_nothing()
    {
        using var watch = new WatchHarness(o =>
        {
            o.CancelFattest.Enabled = true;
            o.Relief.ObserveOnly = true;
        });
        using var work = new Work(watch, "Work");
        watch.Tick(100);

        work.Takes(400);
        Exhaust(watch, 505);
        TickFor(watch, 100);

        work.IsCancelled.Should().BeFalse();
    }

    [Fact]
    public void A_failure_of_its_own_remains_the_outcome()
    {
        using var watch = Cancelling();
        using var work = new Work(watch, "Work");
        watch.Tick(100);
        work.Takes(400);
        Exhaust(watch, 505);
        watch.TickUntil(() => work.IsCancelled);

        work.Scope.Fail("disk full");
        work.Dispose();

        watch.Watch.RecentEntries.Last(e => e.Name == "Work").Should().Match<JournalEntry>(e => e.Outcome == OperationOutcome.Failed && e.Error == "disk full");
    }

    [Fact]
    public void An_operation_that_has_ended_is_forgotten_and_one_that_could_be_cancelled_and_was_not_completes()
    {
        using var watch = Cancelling();
        var work = new Work(watch, "Work");
        work.Dispose();
        work.Scope.CancelWith(work.Source);
        watch.Tick(100);

        Exhaust(watch, 505);
        watch.TickUntil(() => NotCancelled(watch) is not null);

        watch.Watch.RecentEntries.Last(e => e.Name == "Work").Outcome.Should().Be(OperationOutcome.Completed);
        FluentActions.Invoking(() => work.Scope.CancelWith(null!)).Should().Throw<ArgumentNullException>();
    }

    private static WatchHarness Cancelling(Action<MemoryWatchBuilder>? plug = null) => new(
        o =>
        {
            o.EnableCollectionWhenHigh = false;
            o.Relief.TrimNativeHeap = false;
            o.CancelFattest.Enabled = true;
        },
        plug);

    private static void Exhaust(WatchHarness watch, double used)
    {
        watch.Tick(used);
        watch.Tick(used);
    }

    private static void TickFor(WatchHarness watch, int ticks)
    {
        for (var i = 0; i < ticks; i++)
        {
            watch.Tick(seconds: 0.01);
        }
    }

    private static IEnumerable<LogLine> Outcomes(WatchHarness watch) =>
        watch.Log.Of(LogEvents.Relief).Where(l => l.Text.Contains(CancelFattestRelief.StepName));

    private static string? NotCancelled(WatchHarness watch) => watch.Log.Of(LogEvents.NothingCancelled).FirstOrDefault()?.Text;

    /// <summary>An operation that can be cancelled and takes what a test says.</summary>
    private sealed class Work : IDisposable
    {
        public Work(WatchHarness watch, string name, string context = "", bool isNested = false)
        {
            // A flow of its own starts it, or the second of two would be nested in the first.
            Scope = isNested ? watch.Watch.Track(name, context) : Task.Run(() => watch.Watch.Track(name, context)).GetAwaiter().GetResult();
            Scope.CancelWith(Source);
        }

        public OperationScope Scope { get; }

        public CancellationTokenSource Source { get; } = new();

        public bool IsCancelled => Source.IsCancellationRequested;

        public void Takes(int megabytes) => Scope.Charge((long)megabytes * Megabyte);

        public void Dispose() => Scope.Dispose();
    }
}
