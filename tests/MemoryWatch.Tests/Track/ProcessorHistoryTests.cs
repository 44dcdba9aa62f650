using MemoryWatch.Read;
using MemoryWatch.Tests.Support;
using MemoryWatch.Track;

namespace MemoryWatch.Tests.Track;

/// <summary>Who had the processor, by what a made-up kernel counted. Times are in milliseconds.</summary>
public sealed class ProcessorHistoryTests
{
    private readonly OperationsBench _bench = new();
    private readonly FakeThreadTimes _times = new();
    private readonly FlowThreads _threads = new();
    private readonly ProcessorHistory _history;
    private long _now = 1_000_000;
    private int _lastId;

    public ProcessorHistoryTests() =>
        _history = new(_times, _threads, () => _now, operation => operation.Nearest(_bench.Tracker.Store));

    [Fact]
    public void An_operation_that_computes_has_run()
    {
        var guilty = Begin("Guilty");
        _history.Keep(1, isKept: true);
        Pass(3000, (guilty, 2900));

        var window = _history.Since(1);

        window.OutsideRan.Should().BeFalse();
        var found = window.Operations.Should().ContainSingle().Which;
        (found.Operation.Name, found.State, found.Since.TotalMilliseconds, found.Processor.TotalMilliseconds)
            .Should().Be(("Guilty", RunState.Ran, 3000, 2900));
    }

    [Fact]
    public void An_operation_that_waits_is_not_accused()
    {
        var waiting = Begin("Innocent");
        _history.Keep(1, isKept: true);
        Pass(3000, (waiting, 3));

        _history.Since(1).Operations.Should().ContainSingle().Which.State.Should().Be(RunState.Waited);
        _history.Since(1).Ran.Should().BeEmpty();
    }

    [Fact]
    public void Time_that_was_computed_before_the_hop_is_not_the_operations()
    {
        var thread = Begin(null);
        _history.Keep(1, isKept: true);
        Pass(1000, (thread, 1000));
        Enter(thread, "Innocent");
        Pass(900, (thread, 0));

        _history.Since(1).Ran.Should().BeEmpty();
    }

    [Fact]
    public void An_operation_that_begins_while_the_threads_are_read_has_not_run_yet()
    {
        var thread = Begin(null);
        _history.Keep(1, isKept: true);
        Pass(1000, (thread, 1000));
        _now += 4;
        Enter(thread, "Innocent");
        _now -= 4;

        _history.Since(1).Ran.Should().BeEmpty();
    }

    [Fact]
    public void If_the_time_may_have_been_before_the_hop_it_counts_who_has_the_processor_now()
    {
        var thread = Begin(null);
        _history.Keep(1, isKept: true);
        Pass(800, (thread, 0));
        Enter(thread, "Burst");
        Pass(200, (thread, 200));

        _times.Running.Add(thread.KernelId);
        _history.Since(1).Ran.Should().ContainSingle();

        _times.Running.Clear();
        _history.Since(1).Operations.Should().ContainSingle().Which.State.Should().Be(RunState.Unknown);
    }

    [Fact]
    public void A_thread_that_is_ready_but_has_to_wait_for_a_processor_does_not_wait()
    {
        var throttled = Begin("Guilty");
        _history.Keep(1, isKept: true);
        Pass(3000, (throttled, 600));
        _times.Ready[throttled.KernelId] = 2300;

        _history.Since(1).Ran.Should().ContainSingle();
    }

    [Fact]
    public void Of_operations_that_wait_most_of_the_time_the_one_that_clearly_ran_most_is_named()
    {
        var sleeper = Begin("Guilty");
        var locked = Begin("Innocent");
        _history.Keep(1, isKept: true);
        Pass(3000, (sleeper, 75), (locked, 3));

        _history.Since(1).Ran.Should().ContainSingle().Which.State.Should().Be(RunState.RanMost);

        Pass(10, (locked, 10));
        _history.Since(1).Ran.Should().BeEmpty("13 ms are not clearly less than 75 ms");
    }

    [Fact]
    public void Nobody_ran_most_if_threads_outside_of_operations_ran_as_well()
    {
        var sleeper = Begin("Innocent");
        _history.Keep(1, isKept: true);
        Pass(3000, (sleeper, 60));
        _times.Process += 90;

        var window = _history.Since(1);

        window.Ran.Should().BeEmpty();
        (window.OutsideRan, window.Outside!.Value.TotalMilliseconds).Should().Be((true, 90));
    }

    [Fact]
    public void One_that_sleeps_between_its_allocations_is_known_by_the_memory_that_it_touched_first()
    {
        var (sleeper, computing) = (Begin("Guilty"), Begin("Innocent"));
        Touch(null, 0);
        _history.Keep(1, isKept: true);
        Pass(3000, (sleeper, 20), (computing, 2900));
        Touch(sleeper, 148);
        Touch(computing, 1);

        var window = Grown(150);

        window.Ran.Should().ContainSingle().Which.Should().Match<RunningOperation>(o => o.Operation.Name == "Guilty" && o.State == RunState.Touched);
        window.OutsideRan.Should().BeFalse();
    }

    [Fact]
    public void A_thread_that_only_computes_outside_of_operations_does_not_exonerate_the_one_that_touched_the_memory()
    {
        var guilty = Begin("Guilty");
        Touch(null, 0);
        _history.Keep(1, isKept: true);
        Pass(3000, (guilty, 100));
        _times.Process += 2900;
        Touch(guilty, 148);

        Grown(150).OutsideRan.Should().BeFalse();
        Grown(150).Ran.Should().ContainSingle();
    }

    [Fact]
    public void If_a_thread_outside_of_operations_touched_the_memory_nobody_is_named_however_much_they_compute()
    {
        var computing = Begin("Innocent");
        Touch(null, 0);
        _history.Keep(1, isKept: true);
        Pass(3000, (computing, 2900));
        Touch(null, 150);

        Grown(150).OutsideRan.Should().BeTrue();
        Grown(150).Ran.Should().BeEmpty();
    }

    [Fact]
    public void Those_that_touched_a_quarter_of_it_or_more_are_all_named()
    {
        var (one, two, three) = (Begin("One"), Begin("Two"), Begin("Three"));
        Touch(null, 0);
        _history.Keep(1, isKept: true);
        Pass(3000);
        Touch(one, 80);
        Touch(two, 60);
        Touch(three, 10);

        Grown(150).Ran.Select(o => o.Operation.Name).Should().Equal("One", "Two");
    }

    [Fact]
    public void What_a_thread_touched_before_its_operation_came_to_it_is_not_the_operations()
    {
        var thread = Begin(null);
        Touch(null, 0);
        _history.Keep(1, isKept: true);
        Pass(1000, (thread, 300));
        Touch(thread, 150);
        Enter(thread, "Innocent");
        Pass(900);

        Grown(150).Ran.Should().BeEmpty();
    }

    [Fact]
    public void If_a_thread_touched_it_that_runs_operations_and_other_work_in_turn_nobody_is_named_who_computed()
    {
        var (computing, pool) = (Begin("Innocent"), Begin("Request"));
        Touch(null, 0);
        _history.Keep(1, isKept: true);
        Pass(3000, (computing, 2900));
        Touch(pool, 150);
        Enter(pool, null);
        Enter(pool, "Request");

        Grown(150).Should().Be(ProcessorWindow.Unknown);
    }

    [Fact]
    public void One_that_hardly_ran_is_not_named_because_the_machine_was_too_busy_to_run_it()
    {
        var waking = Begin("Innocent");
        _history.Keep(1, isKept: true);
        Pass(3000, (waking, 5));
        _times.Ready[waking.KernelId] = 2300;

        _history.Since(1).Ran.Should().BeEmpty();
    }

    [Fact]
    public void Where_huge_pages_hide_who_touched_the_memory_the_processor_decides()
    {
        var (guilty, innocent) = (Begin("Guilty"), Begin("Innocent"));
        Touch(null, 0);
        _history.Keep(1, isKept: true);
        Pass(3000, (guilty, 2900));
        Touch(innocent, 2);

        Grown(150).Ran.Should().ContainSingle().Which.Should().Match<RunningOperation>(o => o.Operation.Name == "Guilty" && o.State == RunState.Ran);
    }

    [Fact]
    public void What_the_runtimes_threads_touch_does_not_count_as_outside()
    {
        _times.Runtime.Add(70);
        _times.Times[70] = 0;
        var guilty = Begin("Guilty");
        Touch(null, 0);
        _history.Keep(1, isKept: true);
        Pass(3000, (guilty, 100));
        Touch(guilty, 90);
        Touch(null, 60);
        _times.Touched[70] = 60;

        Grown(150).Should().Match<ProcessorWindow>(window => !window.OutsideRan && window.Ran.Single().Operation.Name == "Guilty");
    }

    [Fact]
    public void While_the_process_gets_no_new_memory_nobody_asks_which_thread_got_it()
    {
        Begin("Import");
        Touch(null, 0);
        _history.Keep(1, isKept: true);
        _times.TouchedReads = 0;
        for (var number = 2; number < 100; number++)
        {
            Pass(1000);
            _history.Keep(number, isKept: true);
        }

        _times.TouchedReads.Should().Be(0);
    }

    [Fact]
    public void The_runtimes_threads_do_not_count_as_outside()
    {
        _times.Runtime.Add(7);
        _times.Times[7] = 400;
        var guilty = Begin("Guilty");
        _history.Keep(1, isKept: true);
        Pass(3000, (guilty, 2900));
        (_times.Times[7], _times.Process) = (1400, _times.Process + 1000);

        _history.Since(1).Outside.Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void A_thread_of_the_runtime_that_has_ended_does_not_make_others_look_busy()
    {
        _times.Runtime.Add(7);
        _times.Times[7] = 400;
        var guilty = Begin("Guilty");
        _history.Keep(1, isKept: true);
        Pass(1500, (guilty, 1400));
        _times.Times.Remove(7);
        _times.Runtime.Clear();
        Pass(1500, (guilty, 1400));

        _history.Since(1).Outside.Should().Be(TimeSpan.Zero);
        _history.Since(1).Outside.Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void A_thread_that_left_its_operation_and_works_on_is_outside()
    {
        var thread = Begin(null);
        _history.Keep(1, isKept: true);
        Pass(1000);
        _history.Keep(2, isKept: true);
        Pass(3000, (thread, 2900));

        _history.Since(2).OutsideRan.Should().BeTrue();
    }

    [Fact]
    public void Threads_of_one_operation_count_together()
    {
        var one = Begin("Guilty");
        var two = new FlowThread(++_lastId, null, null);
        _threads.Add(two);
        two.Hop(one.Read().Operation, 0, 0, _now);
        _times.Times[two.KernelId] = 0;
        _history.Keep(1, isKept: true);
        Pass(2000, (one, 10), (two, 1900));

        var found = _history.Since(1).Operations.Should().ContainSingle().Which;

        (found.State, found.Processor.TotalMilliseconds).Should().Be((RunState.Ran, 1910));
    }

    [Fact]
    public async Task An_operation_of_another_watch_is_not_shown()
    {
        var other = new OperationsBench();
        var thread = new FlowThread(++_lastId, null, null);
        _threads.Add(thread);
        thread.Hop(await Task.Run(() => other.Track("Other").Inside()), 0, 0, _now);
        _times.Times[thread.KernelId] = 0;
        _history.Keep(1, isKept: true);
        Pass(2000, (thread, 1900));

        _history.Since(1).Operations.Should().BeEmpty();
    }

    [Fact]
    public void Where_the_kernel_does_not_count_nobody_is_accused()
    {
        var guilty = Begin("Guilty");
        _times.Times.Clear();
        _history.Keep(1, isKept: true);
        _now += 3000;
        _times.Running.Add(guilty.KernelId);

        _history.Since(1).Ran.Should().BeEmpty();
        new ProcessorHistory(null, _threads, () => _now, o => o).Since(1).Should().Be(ProcessorWindow.Unknown);
    }

    [Fact]
    public void At_most_64_threads_are_read_the_ones_that_have_not_hopped_for_longest_first()
    {
        var old = Begin("Old");
        _now += 1000;
        for (var i = 0; i < 200; i++)
        {
            Begin("Young");
        }

        _times.Reads = 0;
        _history.Keep(1, isKept: true);
        _times.Reads.Should().BeLessThanOrEqualTo(ProcessorHistory.MostThreads);
        Pass(2000, (old, 2000));

        _history.Since(1).Ran.Should().ContainSingle().Which.Operation.Name.Should().Be("Old");
    }

    [Fact]
    public void If_more_threads_are_in_operations_than_are_read_the_memory_is_not_said_to_be_of_threads_outside()
    {
        for (var i = 0; i < 200; i++)
        {
            Begin("Request");
        }

        Touch(null, 0);
        _history.Keep(1, isKept: true);
        Pass(3000);
        Touch(null, 150);

        Grown(150).Should().Be(ProcessorWindow.Unknown);
    }

    [Fact]
    public void A_reading_that_is_too_old_is_replaced_by_the_oldest_one_kept()
    {
        var guilty = Begin("Guilty");
        for (var number = 1; number <= 40; number++)
        {
            _history.Keep(number, isKept: true);
            Pass(1000, (guilty, 900));
        }

        _history.Since(1).Operations.Single().Processor.TotalMilliseconds.Should().Be(ProcessorHistory.Length * 900);
    }

    [Fact]
    public void Keeping_a_reading_allocates_nothing()
    {
        for (var i = 0; i < 10; i++)
        {
            Begin("Import");
        }

        for (var number = 1; number < 5; number++)
        {
            _history.Keep(number, isKept: true);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var number = 5; number < 1000; number++)
        {
            _history.Keep(number, isKept: true);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    private FlowThread Begin(string? name)
    {
        var thread = new FlowThread(++_lastId, null, null);
        _times.Times[thread.KernelId] = 0;
        _threads.Add(thread);
        Enter(thread, name);
        return thread;
    }

    private void Enter(FlowThread thread, string? name) =>
        thread.Hop(name is null ? null : Task.Run(() => _bench.Track(name).Inside()).GetAwaiter().GetResult(), 0, 0, _now);

    /// <summary>Threads are the first to touch memory, in megabytes; without a thread, one that the watch does not know.</summary>
    private void Touch(FlowThread? thread, long megabytes)
    {
        _times.ProcessTouched = (_times.ProcessTouched ?? 0) + megabytes;
        if (thread is not null)
        {
            _times.Touched[thread.KernelId] = _times.Touched.GetValueOrDefault(thread.KernelId) + megabytes;
        }
    }

    private ProcessorWindow Grown(long megabytes) => _history.Since(1, megabytes << 20);

    /// <summary>Lets time pass in which threads had the processor.</summary>
    private void Pass(long time, params (FlowThread Thread, long Processor)[] used)
    {
        _now += time;
        foreach (var (thread, processor) in used)
        {
            _times.Times[thread.KernelId] += processor;
            _times.Process += processor;
        }
    }

    private sealed class FakeThreadTimes : IThreadTimes
    {
        public Dictionary<int, long> Times { get; } = [];

        public Dictionary<int, long> Ready { get; } = [];

        public HashSet<int> Running { get; } = [];

        /// <summary>Megabytes of new memory that threads touched first; unknown where absent.</summary>
        public Dictionary<int, long> Touched { get; } = [];

        public long? ProcessTouched { get; set; }

        public int TouchedReads { get; set; }

        public HashSet<int> Runtime { get; } = [];

        public long Process { get; set; }

        public int Reads { get; set; }

        public ThreadTime? Read(int threadId)
        {
            Reads++;
            return Times.TryGetValue(threadId, out var time) ? new(time * 1_000_000, Ready.GetValueOrDefault(threadId) * 1_000_000) : null;
        }

        public bool? IsRunning(int threadId) => Running.Contains(threadId);

        public long? ReadProcess() => Process * 1_000_000;

        public long? ReadTouched(int threadId)
        {
            TouchedReads++;
            return Touched.TryGetValue(threadId, out var touched) ? touched << 20 : ProcessTouched is null ? null : 0;
        }

        public long? ReadProcessTouched() => ProcessTouched << 20;

        public int[] FindRuntimeThreads() => [.. Runtime];
    }
}
