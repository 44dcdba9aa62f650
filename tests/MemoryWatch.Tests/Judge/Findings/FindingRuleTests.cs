using MemoryWatch.Judge;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge.Findings;

/// <summary>Each rule: when it fires, when it does not, and the reason that it gives then.</summary>
public sealed class FindingRuleTests
{
    private static readonly MetricDefinition Sessions = new("Sessions", new() { Maximum = 3 });
    private static readonly MetricDefinition Queue = new("Queue");
    private static readonly MetricDefinition Workers = new("Active DLs");

    [Fact]
    public void Every_rule_is_looked_at_once_in_the_order_of_the_enum() =>
        FindingJudge.Rules.Select(rule => rule.Rule).Should().Equal(Enum.GetValues<FindingRule>());

    [Fact]
    public void Of_a_program_of_which_nothing_is_known_nothing_is_found_and_each_rule_says_why()
    {
        var diagnosis = FindingJudge.Judge(FactsOf.Nothing);

        diagnosis.Findings.Should().BeEmpty();
        diagnosis.Silent.Select(silent => silent.Rule).Should().Equal(Enum.GetValues<FindingRule>());
    }

    [Fact]
    public void The_most_severe_finding_is_first_then_the_most_important_rule()
    {
        var facts = FactsOf.Memory(460) with
        {
            Metrics = [FactsOf.Trend(Sessions, 4)],
            PauseFraction = 0.5,
            Budgets = [new BudgetAlert(1, "Download", default) { Bytes = 20, BudgetBytes = 10 }],
        };

        FindingJudge.Judge(facts).Findings.Select(finding => finding.Rule).Should()
            .Equal(FindingRule.TooManyItems, FindingRule.OverBudget, FindingRule.LongPauses);
    }

    [Theory]
    [InlineData(LeakVerdict.Unknown, FindingSilence.NotReadable)]
    [InlineData(LeakVerdict.WarmingUp, FindingSilence.TooLittleData)]
    [InlineData(LeakVerdict.NotLeaking, FindingSilence.NotReached)]
    [InlineData(LeakVerdict.LevelShift, FindingSilence.NotReached)]
    [InlineData(LeakVerdict.Suspected, null)]
    [InlineData(LeakVerdict.Leaking, null)]
    public void A_leak_is_found_when_it_is_suspected(LeakVerdict verdict, FindingSilence? silence)
    {
        var facts = Leak(LeakTrack.Managed, verdict);

        facts.Silence(FindingRule.ManagedLeak).Should().Be(silence);
        facts.Silence(FindingRule.NativeLeak).Should().Be(FindingSilence.NotReadable, "nobody judged native memory");
    }

    [Fact]
    public void A_suspicion_is_information_and_a_leak_a_warning()
    {
        Leak(LeakTrack.Native, LeakVerdict.Suspected).Finding(FindingRule.NativeLeak)!.Severity.Should().Be(AlertSeverity.Information);
        Leak(LeakTrack.Native, LeakVerdict.Leaking).Finding(FindingRule.NativeLeak)!.Severity.Should().Be(AlertSeverity.Warning);
    }

    [Fact]
    public void Memory_that_an_operation_leaves_behind_is_found_from_16_MB_and_5_percent_of_the_limit()
    {
        var facts = FactsOf.Nothing with { RetentionFloors = 6, Retained = [Retained("Download", 10, 60)] };

        facts.Finding(FindingRule.NotFreed).Should().BeEquivalentTo(new { Subject = "Download", Severity = AlertSeverity.Warning });
        (facts with { Retained = [Retained("Download", 4, 24)] }).Silence(FindingRule.NotFreed).Should().Be(FindingSilence.NotReached);
        (facts with { Retained = [] }).Silence(FindingRule.NotFreed).Should().Be(FindingSilence.NotReached);
        (facts with { Retained = [], RetentionFloors = 2 }).Silence(FindingRule.NotFreed).Should().Be(FindingSilence.TooLittleData);
        (facts with { IsMetered = false }).Silence(FindingRule.NotFreed).Should().Be(FindingSilence.NotReadable);
    }

    [Fact]
    public void What_counted_sessions_explain_is_not_left_behind_by_their_logins()
    {
        var facts = FactsOf.Nothing with
        {
            RetentionFloors = 6,
            Retained = [Retained("Login", 10, 60)],
            Metrics = [FactsOf.Trend(Sessions, 3, lowest: 1)],
            Costs = [FactsOf.Cost(Sessions, 20)],
        };

        facts.Silence(FindingRule.NotFreed).Should().Be(FindingSilence.NotReached);
        (facts with { Metrics = [FactsOf.Trend(Sessions, 3, lowest: 2)] }).Finding(FindingRule.NotFreed).Should().NotBeNull("20 of 60 MB are sessions");
    }

    [Fact]
    public void Objects_that_should_have_been_collected_are_found_by_name()
    {
        var facts = Inputs(new() { Uncollected = [new("UserSession", 2, TimeSpan.FromMinutes(5)), new("Download", 7, TimeSpan.FromMinutes(3))] });

        var finding = facts.Finding(FindingRule.UncollectedObjects)!;

        (finding.Subject, finding.Number("count"), finding.Number("total_count")).Should().Be(("Download", 7d, 9d));
        Inputs(new() { Uncollected = [] }).Silence(FindingRule.UncollectedObjects).Should().Be(FindingSilence.NotReached);
        FactsOf.Nothing.Silence(FindingRule.UncollectedObjects).Should().Be(FindingSilence.NotApplicable);
    }

    [Fact]
    public void A_metric_over_its_maximum_is_found_and_within_it_no_more()
    {
        var facts = FactsOf.Nothing with { Metrics = [FactsOf.Trend(Sessions, 4)] };

        facts.Finding(FindingRule.TooManyItems)!.Subject.Should().Be("Sessions");
        (facts with { Metrics = [FactsOf.Trend(Sessions, 3)] }).Silence(FindingRule.TooManyItems).Should().Be(FindingSilence.NotReached);
        FactsOf.Nothing.Silence(FindingRule.TooManyItems).Should().Be(FindingSilence.NotApplicable);
    }

    [Fact]
    public void What_takes_half_of_the_memory_is_found_while_memory_is_elevated()
    {
        var elevated = FactsOf.Memory(400) with { Metrics = [FactsOf.Trend(Queue, 6)], Costs = [FactsOf.Cost(Queue, 40)] };

        var finding = elevated.Finding(FindingRule.TooManyItems)!;

        (finding.Subject, finding.Number("share")).Should().Be(("Queue", 0.6));
        (elevated with { Costs = [FactsOf.Cost(Queue, 30)] }).Silence(FindingRule.TooManyItems).Should().Be(FindingSilence.NotReached);
        (elevated with { Costs = [] }).Silence(FindingRule.TooManyItems).Should().Be(FindingSilence.TooLittleData);
        (FactsOf.Memory(300) with { Metrics = elevated.Metrics, Costs = elevated.Costs })
            .Silence(FindingRule.TooManyItems).Should().Be(FindingSilence.NotReached, "there is room");
    }

    [Fact]
    public void A_queue_that_only_grows_while_all_workers_are_busy_is_found()
    {
        var queue = FactsOf.Trend(Queue, 8, riseSeconds: 30, steps: 8);
        var busy = FactsOf.Trend(Workers, 1, levelSeconds: 30);
        var facts = FactsOf.Nothing with { Metrics = [queue, busy] };

        facts.Finding(FindingRule.QueueBuildUp)!.Subject.Should().Be("Queue");
        (facts with { Metrics = [queue with { Rise = TimeSpan.FromSeconds(10) }, busy] }).Finding(FindingRule.QueueBuildUp).Should().BeNull();
        (facts with { Metrics = [queue with { Value = 3 }, busy] }).Finding(FindingRule.QueueBuildUp).Should().BeNull();
        (facts with { Metrics = [queue, busy with { Highest = 2 }] }).Finding(FindingRule.QueueBuildUp).Should().BeNull("a worker is free");
        (facts with { Metrics = [queue, busy with { Level = TimeSpan.FromSeconds(2) }] }).Finding(FindingRule.QueueBuildUp).Should().BeNull();
        FactsOf.Nothing.Silence(FindingRule.QueueBuildUp).Should().Be(FindingSilence.NotApplicable);
    }

    [Fact]
    public void What_is_not_called_a_queue_is_one_if_it_was_emptied_before_and_nears_its_maximum()
    {
        var jobs = new MetricDefinition("Jobs", new() { Maximum = 10 });
        var rising = FactsOf.Trend(jobs, 9, riseSeconds: 30, steps: 8, hasFallen: true);
        var busy = FactsOf.Trend(Workers, 1, levelSeconds: 30);

        (FactsOf.Nothing with { Metrics = [rising, busy] }).Finding(FindingRule.QueueBuildUp)!.Subject.Should().Be("Jobs");
        (FactsOf.Nothing with { Metrics = [rising with { HasFallen = false }, busy] }).Finding(FindingRule.QueueBuildUp).Should().BeNull();
        (FactsOf.Nothing with { Metrics = [rising with { Value = 7 }, busy] }).Finding(FindingRule.QueueBuildUp).Should().BeNull();
    }

    [Fact]
    public void A_spike_of_one_operation_is_found()
    {
        Spike(1, 0.95).Finding(FindingRule.OperationSpike)!.Subject.Should().Be("Import");
        Spike(1, 0.6).Silence(FindingRule.OperationSpike).Should().Be(FindingSilence.NotReached);
        Spike(5, 0.95).Silence(FindingRule.OperationSpike).Should().Be(FindingSilence.NotReached, "five operations are load");
        FactsOf.Nothing.Silence(FindingRule.OperationSpike).Should().Be(FindingSilence.NotReached);
        (Spike(1, 0.95) with { IsMetered = false }).Silence(FindingRule.OperationSpike).Should().Be(FindingSilence.NotReadable);
    }

    [Fact]
    public void Memory_that_came_to_stay_is_no_spike()
    {
        Spike(1, 0.95, isRunning: false).Silence(FindingRule.OperationSpike).Should().Be(FindingSilence.NotReached, "a login leaves a session");
        Spike(1, 0.95, isRunning: false, fallen: 60).Finding(FindingRule.OperationSpike).Should().NotBeNull("it was freed");
        Spike(1, 0.95, collections: 1).Silence(FindingRule.OperationSpike).Should().Be(FindingSilence.NotReached, "a GC has not freed it");
        (Spike(1, 0.95, collections: 1) with { InFlight = [new("Import", TimeSpan.FromSeconds(3), default, 0)] })
            .Finding(FindingRule.OperationSpike).Should().NotBeNull("it is still at it");
    }

    [Fact]
    public void The_budget_that_was_exceeded_most_is_found()
    {
        var facts = FactsOf.Nothing with
        {
            Budgets =
            [
                new(1, "Download", default) { Bytes = Bytes.Megabytes(90), BudgetBytes = Bytes.Megabytes(80) },
                new(2, "Import", default) { Bytes = Bytes.Megabytes(60), BudgetBytes = Bytes.Megabytes(20), Part = BudgetPart.Change },
            ],
        };

        facts.Finding(FindingRule.OverBudget)!.Subject.Should().Be("Import");
        FactsOf.Nothing.Silence(FindingRule.OverBudget).Should().Be(FindingSilence.NotReached);
    }

    [Fact]
    public void Other_processes_are_found_from_a_fifth_of_the_limit()
    {
        Inputs(new() { Processes = [Process("ffmpeg", 90), Process("yt-dlp", 30)] }).Finding(FindingRule.OtherProcesses)!.Subject.Should().Be("ffmpeg");
        Inputs(new() { Processes = [Process("ffmpeg", 60), Process("yt-dlp", 30)] }).Silence(FindingRule.OtherProcesses).Should().Be(FindingSilence.NotReached);
        FactsOf.Nothing.Silence(FindingRule.OtherProcesses).Should().Be(FindingSilence.NotReadable);
        FactsOf.Of(SnapshotOf.Resident(100)).Silence(FindingRule.OtherProcesses).Should().Be(FindingSilence.NotApplicable);
    }

    [Fact]
    public void A_folder_in_memory_is_information_until_memory_is_elevated()
    {
        WatchedFolder At(string path, bool? isMemory) => new(path, null, isMemory, null);
        var inputs = new FindingInputs { Folders = [At("/tmp/a", null), At("/tmp/b", true)] };

        Inputs(inputs).Finding(FindingRule.FilesInMemory)!.Severity.Should().Be(AlertSeverity.Information);
        (FactsOf.Memory(400) with { Inputs = inputs }).Finding(FindingRule.FilesInMemory)!.Should()
            .BeEquivalentTo(new { Severity = AlertSeverity.Warning, Subject = "/tmp/b" });
        Inputs(new() { Folders = [At("/tmp/a", false)] }).Silence(FindingRule.FilesInMemory).Should().Be(FindingSilence.NotReached);
        Inputs(new() { Folders = [At("/tmp/a", null)] }).Silence(FindingRule.FilesInMemory).Should().Be(FindingSilence.NotReadable);
        FactsOf.Nothing.Silence(FindingRule.FilesInMemory).Should().Be(FindingSilence.NotApplicable);
    }

    [Theory]
    [InlineData(999, false)]
    [InlineData(1000, true)]
    public void Scopes_that_were_never_disposed_are_found_by_name(int count, bool isFound) =>
        ((FactsOf.Nothing with { Forgotten = [new("Download", count), new("Upload", 2)] }).Finding(FindingRule.ForgottenScopes)?.Subject == "Download")
            .Should().Be(isFound);

    [Fact]
    public void An_operation_is_stuck_from_five_times_its_99th_percentile()
    {
        Age(120, 20, 50).Finding(FindingRule.StuckOperation)!.Subject.Should().Be("Download");
        Age(90, 20, 50).Silence(FindingRule.StuckOperation).Should().Be(FindingSilence.NotReached);
        Age(50, 1, 50).Silence(FindingRule.StuckOperation).Should().Be(FindingSilence.NotReached, "that is not long for a person");
        Age(120, 20, 10).Silence(FindingRule.StuckOperation).Should().Be(FindingSilence.TooLittleData);
        FactsOf.Nothing.Silence(FindingRule.StuckOperation).Should().Be(FindingSilence.NotReached);
    }

    [Fact]
    public void Threads_are_found_from_twice_their_number_and_a_hundred_more()
    {
        var trend = FactsOf.Trend(new("Threads"), 140, lowest: 30, riseSeconds: 100);

        (FactsOf.Nothing with { Threads = trend }).Finding(FindingRule.ThreadGrowth).Should().NotBeNull();
        (FactsOf.Nothing with { Threads = trend with { Value = 120 } }).Silence(FindingRule.ThreadGrowth).Should().Be(FindingSilence.NotReached);
        (FactsOf.Nothing with { Threads = trend with { Rise = TimeSpan.FromSeconds(5) } }).Silence(FindingRule.ThreadGrowth).Should().Be(FindingSilence.NotReached);
        FactsOf.Nothing.Silence(FindingRule.ThreadGrowth).Should().Be(FindingSilence.NotReadable);
    }

    [Fact]
    public void Handles_are_found_from_five_hundred_more()
    {
        var trend = FactsOf.Trend(new("Open files"), 700, lowest: 100, riseSeconds: 100);

        (FactsOf.Nothing with { OpenFiles = trend }).Finding(FindingRule.HandleGrowth).Should().NotBeNull();
        (FactsOf.Nothing with { OpenFiles = trend with { Value = 500 } }).Silence(FindingRule.HandleGrowth).Should().Be(FindingSilence.NotReached);
        FactsOf.Nothing.Silence(FindingRule.HandleGrowth).Should().Be(FindingSilence.NotReadable);
    }

    [Fact]
    public void Native_growth_is_found_while_memory_is_elevated()
    {
        var facts = FactsOf.Memory(400, 390, FactsOf.Heap(50, 40, 60)) with { LowestNativeBytes = Bytes.Megabytes(100) };

        facts.Finding(FindingRule.NativeGrowth)!.Number("native_bytes").Should().Be(Bytes.Megabytes(330));
        (facts with { LowestNativeBytes = Bytes.Megabytes(300) }).Silence(FindingRule.NativeGrowth).Should().Be(FindingSilence.NotReached);
        (facts with { LowestNativeBytes = null }).Silence(FindingRule.NativeGrowth).Should().Be(FindingSilence.TooLittleData);
        FactsOf.Nothing.Silence(FindingRule.NativeGrowth).Should().Be(FindingSilence.NotReadable);
        (FactsOf.Memory(300, 290, FactsOf.Heap(50, 40, 60)) with { LowestNativeBytes = 0 })
            .Silence(FindingRule.NativeGrowth).Should().Be(FindingSilence.NotReached, "there is room");
    }

    [Fact]
    public void Free_memory_of_the_C_library_is_found_only_while_as_much_native_memory_is_resident()
    {
        var heap = new NativeHeapReading(14, Bytes.Megabytes(120), Bytes.Megabytes(90), default);
        var facts = FactsOf.Memory(200, 190, FactsOf.Heap(50, 40, 60)) with { Inputs = new() { NativeHeap = heap } };

        facts.Finding(FindingRule.NativeHeapFree)!.Severity.Should().Be(AlertSeverity.Information);
        (FactsOf.Memory(200, 120, FactsOf.Heap(50, 40, 60)) with { Inputs = facts.Inputs })
            .Silence(FindingRule.NativeHeapFree).Should().Be(FindingSilence.NotReached, "it was returned already");
        (facts with { Inputs = new() { NativeHeap = heap with { FreeBytes = Bytes.Megabytes(40) } } })
            .Silence(FindingRule.NativeHeapFree).Should().Be(FindingSilence.NotReached);
        (facts with { Inputs = facts.Inputs with { AreArenasLimited = true } })
            .Silence(FindingRule.NativeHeapFree).Should().Be(FindingSilence.NotApplicable, "the advice was followed");
        FactsOf.Nothing.Silence(FindingRule.NativeHeapFree).Should().Be(FindingSilence.NotReadable);
    }

    [Fact]
    public void Large_objects_are_found_while_memory_is_elevated()
    {
        FactsOf.Memory(400, managed: FactsOf.Heap(300, 280, 310, large: 200)).Finding(FindingRule.LargeObjects).Should().NotBeNull();
        FactsOf.Memory(400, managed: FactsOf.Heap(300, 280, 310, large: 100)).Silence(FindingRule.LargeObjects).Should().Be(FindingSilence.NotReached);
        FactsOf.Memory(300, managed: FactsOf.Heap(250, 240, 260, large: 200)).Silence(FindingRule.LargeObjects).Should().Be(FindingSilence.NotReached);
        FactsOf.Nothing.Silence(FindingRule.LargeObjects).Should().Be(FindingSilence.NotReadable);
    }

    [Fact]
    public void Memory_that_the_GC_holds_is_found_while_memory_is_elevated()
    {
        var facts = FactsOf.Memory(400, managed: FactsOf.Heap(60, 50, 300));

        facts.Finding(FindingRule.CommittedAboveLive).Should().NotBeNull();
        (facts with { Inputs = new() { IsConservingSet = true } })
            .Silence(FindingRule.CommittedAboveLive).Should().Be(FindingSilence.NotApplicable, "the advice was followed");
        FactsOf.Memory(400, managed: FactsOf.Heap(250, 50, 300)).Silence(FindingRule.CommittedAboveLive).Should().Be(FindingSilence.NotReached);
        FactsOf.Nothing.Silence(FindingRule.CommittedAboveLive).Should().Be(FindingSilence.NotReadable);
    }

    [Fact]
    public void A_box_is_too_small_for_what_the_load_needs_or_for_the_maximum_that_is_allowed()
    {
        Capacity(640, 600, 3).Finding(FindingRule.BoxTooSmall).Should().NotBeNull();
        Capacity(400, 380, 2).Finding(FindingRule.BoxTooSmall).Should().NotBeNull("three are allowed, and two fit");
        Capacity(400, 380, 3).Silence(FindingRule.BoxTooSmall).Should().Be(FindingSilence.NotReached);
        Capacity(530, 490, 3).Silence(FindingRule.BoxTooSmall).Should().Be(FindingSilence.NotReached, "it may fit");
        FactsOf.Nothing.Silence(FindingRule.BoxTooSmall).Should().Be(FindingSilence.TooLittleData);
        FactsOf.Of(SnapshotOf.Usage(100, null)).Silence(FindingRule.BoxTooSmall).Should().Be(FindingSilence.NotApplicable);
    }

    [Fact]
    public void A_setting_of_the_GC_that_does_not_fit_is_found()
    {
        var mismatch = new GcMismatch(GcMismatchKind.LimitLow, null) { Value = 1, Memory = (2, LimitSource.Container) };

        Inputs(new() { GcFit = new(1, null, 2, [mismatch]) }).Finding(FindingRule.GcSettings).Should().NotBeNull();
        Inputs(new() { GcFit = new(1, null, 2, []) }).Silence(FindingRule.GcSettings).Should().Be(FindingSilence.NotReached);
        FactsOf.Nothing.Silence(FindingRule.GcSettings).Should().Be(FindingSilence.NotReadable);
    }

    [Fact]
    public void Three_forced_GCs_that_free_nothing_are_found()
    {
        var (vain, useful) = (Outcome(1), Outcome(40));

        (FactsOf.Nothing with { Collections = [useful, vain, vain, vain] }).Finding(FindingRule.FutileCollections).Should().NotBeNull();
        (FactsOf.Nothing with { Collections = [vain, vain, useful] }).Silence(FindingRule.FutileCollections).Should().Be(FindingSilence.NotReached);
        (FactsOf.Nothing with { Collections = [vain, vain] }).Silence(FindingRule.FutileCollections).Should().Be(FindingSilence.NotReached);
    }

    [Fact]
    public void Pauses_are_found_from_a_tenth_of_the_time()
    {
        (FactsOf.Nothing with { PauseFraction = 0.12 }).Finding(FindingRule.LongPauses).Should().NotBeNull();
        (FactsOf.Nothing with { PauseFraction = 0.08 }).Silence(FindingRule.LongPauses).Should().Be(FindingSilence.NotReached);
        FactsOf.Nothing.Silence(FindingRule.LongPauses).Should().Be(FindingSilence.TooLittleData);
    }

    [Fact]
    public void Thrashing_is_found_by_pressure_or_by_a_recent_alert()
    {
        Pressed(12).Finding(FindingRule.Thrashing).Should().NotBeNull();
        Pressed(8).Silence(FindingRule.Thrashing).Should().Be(FindingSilence.NotReached);
        (FactsOf.Nothing with { Thrashing = new(null, Bytes.Megabytes(60)) }).Finding(FindingRule.Thrashing).Should().NotBeNull();
        FactsOf.Nothing.Silence(FindingRule.Thrashing).Should().Be(FindingSilence.NotReadable);
        FactsOf.Of(SnapshotOf.Resident(100)).Silence(FindingRule.Thrashing).Should().Be(FindingSilence.NotApplicable);
    }

    [Fact]
    public void Page_cache_is_worth_a_word_only_if_it_makes_memory_look_full()
    {
        FactsOf.Memory(480, precision: UsagePrecision.AtMost, usage: 480, least: 150).Finding(FindingRule.PageCache)!
            .Severity.Should().Be(AlertSeverity.Information);
        FactsOf.Memory(150, usage: 500).Silence(FindingRule.PageCache).Should().Be(FindingSilence.NotReached, "nobody takes it for used");
        FactsOf.Memory(480, precision: UsagePrecision.AtMost, usage: 490, least: 450).Silence(FindingRule.PageCache)
            .Should().Be(FindingSilence.NotReached, "it is full without it");
        FactsOf.Of(SnapshotOf.Resident(100)).Silence(FindingRule.PageCache).Should().Be(FindingSilence.NotApplicable);
    }

    private static FindingFacts Inputs(FindingInputs inputs) => FactsOf.Nothing with { Inputs = inputs };

    private static FindingFacts Leak(LeakTrack track, LeakVerdict verdict) => Inputs(new() { Leaks = [new() { Track = track, Verdict = verdict }] });

    private static OperationRetention Retained(string name, double each, double total) => new(
        name, new(Bytes.Megabytes(each), Bytes.Megabytes(each - 1), Bytes.Megabytes(each + 1)), 6, Bytes.Megabytes(total));

    private static FindingFacts Spike(long count, double share, bool isRunning = true, double fallen = 0, int collections = 0)
    {
        var cause = new MemoryCause
        {
            Window = TimeSpan.FromSeconds(2),
            ManagedChangeBytes = Bytes.Megabytes(100),
            ResidentChangeBytes = Bytes.Megabytes(100),
            Operations = [new() { Name = "Import", Count = count, Share = share, AllocatedBytes = Bytes.Megabytes(95), IsRunning = isRunning }],
        };
        var alert = new SpikeAlert(Bytes.Megabytes(100), TimeSpan.FromMinutes(1), Bytes.Megabytes(50)).With(cause, NoCauseReason.None);
        return FactsOf.Memory(300 - fallen, managed: new() { Generation2Collections = collections }) with
        {
            Spike = new((SpikeAlert)alert, SnapshotOf.Resident(300)),
        };
    }

    private static ContainerProcess Process(string name, double megabytes) => new(7, name, Bytes.Megabytes(megabytes));

    private static FindingFacts Age(double age, double usual, long ended) => FactsOf.Nothing with
    {
        InFlight = [new("Download", TimeSpan.FromSeconds(age), TimeSpan.FromSeconds(usual), ended)],
    };

    private static FindingFacts Capacity(double needed, double low, long units) => FactsOf.Nothing with
    {
        Capacity = new(
            new(Bytes.Megabytes(needed), Bytes.Megabytes(low), Bytes.Megabytes(needed + 20)), Bytes.Megabytes(FactsOf.Limit),
            FactsOf.Cost(Sessions, 96), units),
    };

    private static ReliefOutcome Outcome(double freed) => new()
    {
        Name = "GC", Time = default, Duration = TimeSpan.FromMilliseconds(40),
        Before = new() { ResidentBytes = Bytes.Megabytes(400) },
        After = new() { ResidentBytes = Bytes.Megabytes(400 - freed) },
    };

    private static FindingFacts Pressed(double percent) =>
        FactsOf.Of(SnapshotOf.Usage(100).With(container: new() { Version = 2, PressureFull = percent }));
}
