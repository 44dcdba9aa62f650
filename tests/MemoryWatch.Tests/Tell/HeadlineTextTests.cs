using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Tell;

/// <summary>Memory in one or two sentences, and everything that is known as text. Neither says more than is known.</summary>
public sealed class HeadlineTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 10, 15, 0, TimeSpan.Zero);

    [Fact]
    public void Nothing_grows_only_if_that_is_known()
    {
        var healthy = Snapshot(128.4, MemoryZone.Healthy);

        Headline(healthy, LeakVerdict.NotLeaking, LeakVerdict.NotLeaking).Should().Be("Healthy: 128 of 512 MB, nothing grows.");
        Headline(healthy, LeakVerdict.NotLeaking, LeakVerdict.Suspected).Should().Be("Healthy: 128 of 512 MB.");
        Headline(healthy, LeakVerdict.WarmingUp, LeakVerdict.WarmingUp).Should().Be("Healthy: 128 of 512 MB.");
        Headline(healthy).Should().Be("Healthy: 128 of 512 MB.");
        Headline(healthy, LeakVerdict.NotLeaking, LeakVerdict.Leaking).Should().Be("Healthy: 128 of 512 MB, leaking.");
        Headline(Snapshot(400, MemoryZone.Elevated), LeakVerdict.NotLeaking).Should().Be("Elevated: 400 of 512 MB.");
    }

    [Fact]
    public void A_time_to_the_limit_is_told_as_an_interval_and_names_another_limit_than_the_governing_one()
    {
        Headline(Snapshot(461, MemoryZone.Critical, new(LimitSource.Container, TimeSpan.FromSeconds(36), TimeSpan.FromSeconds(44), new(1, 1, 1))))
            .Should().Be("Critical: 461 of 512 MB, full in 36-44 s.");
        Headline(Snapshot(505, MemoryZone.Imminent, new(LimitSource.GCHeap, TimeSpan.FromHours(7), TimeSpan.FromHours(9), new(1, 1, 1))))
            .Should().Be("Limit imminent: 505 of 512 MB, GC limit reached in 7-9 h.");
    }

    [Fact]
    public void A_bound_and_an_unknown_number_are_called_that()
    {
        Headline(Of(new() { UsedBytes = Bytes.Megabytes(300), LimitBytes = Bytes.Megabytes(512), Source = LimitSource.Container, Precision = UsagePrecision.AtMost }))
            .Should().Be("Healthy: at most 300 of 512 MB.");
        Headline(Of(new() { UsedBytes = Bytes.Megabytes(300) })).Should().Be("Healthy: 300 MB.");
        Headline(Of(new() { LimitBytes = Bytes.Megabytes(512), Source = LimitSource.Container })).Should().Be("Healthy: used memory is unknown.");
    }

    [Fact]
    public void A_watch_that_is_off_or_has_read_nothing_says_so()
    {
        MemoryWatcher.None.DescribeHeadline().Should().Be("The watch is off.");
        new Watch(MemorySnapshot.Empty).DescribeHeadline().Should().Be("Nothing has been read yet.");
    }

    [Fact]
    public void The_cause_of_the_last_minute_follows_and_has_no_context_where_contexts_are_hidden()
    {
        const string Cause = "Likely cause: Download (User 5) allocated 118.4 MB of 128.9 MB in the last 12 s (unattributed 10.5 MB); managed +121.0 MB";
        var watch = new Watch(Snapshot(461, MemoryZone.Critical)) { Marks = [new() { Time = Now.AddSeconds(-30), Cause = Cause }] };

        watch.DescribeHeadline().Should().Be("Critical: 461 of 512 MB. Download (User 5) allocated 118.4 MB of 128.9 MB in the last 12 s.");
        watch.DescribeHeadline(withContexts: false).Should().Be("Critical: 461 of 512 MB.");
        watch.Marks = [new() { Time = Now.AddSeconds(-61), Cause = Cause }];
        watch.DescribeHeadline().Should().Be("Critical: 461 of 512 MB.");
        watch.Marks = [new() { Time = Now, Kind = MemoryHistoryMarkKind.Restart, Cause = Cause }];
        watch.DescribeHeadline().Should().Be("Critical: 461 of 512 MB.", "that was the previous run");
        watch.Marks = [new() { Time = Now, Cause = "Likely cause: native +80.0 MB in the last 12 s, nothing in flight; managed +1.0 MB" }];
        watch.DescribeHeadline().Should().Be("Critical: 461 of 512 MB.", "nobody allocated it");
    }

    [Fact]
    public void A_sentence_begins_with_a_capital_letter_or_with_the_name_of_an_operation()
    {
        static string Second(string cause) =>
            new Watch(Snapshot(461, MemoryZone.Critical)) { Marks = [new() { Time = Now, Cause = $"Likely cause: {cause}; managed +1.0 MB" }] }
                .DescribeHeadline().Split("MB. ")[1];

        Second("unattributed 103.0 MB of 103.0 MB allocated in the last 1.2 s while only Spike was in flight")
            .Should().StartWith("Unattributed 103.0 MB of 103.0 MB allocated");
        Second("Spike allocated 80.0 MB of 85.5 MB in the last 2.1 s (others 0.8 MB, unattributed 4.7 MB)")
            .Should().Be("Spike allocated 80.0 MB of 85.5 MB in the last 2.1 s.");
        Second("import allocated 9.0 MB of 9.1 MB in the last 12 s").Should().StartWith("import allocated");
    }

    [Fact]
    public void It_says_whose_numbers_they_are()
    {
        var container = new MemorySnapshot
        {
            Usage = new() { UsedBytes = 1, LimitBytes = Bytes.Megabytes(512), Source = LimitSource.Container }, Container = new() { Path = "/sys/fs/cgroup/memory/app" },
        };

        container.DescribeScope().Should().Be("The numbers are of the container: cgroup /sys/fs/cgroup/memory/app, limit 512 MB.");
        Scope(LimitSource.Setting).Should().Be("The numbers are of this process, whose limit of 512 MB is a setting.");
        Scope(LimitSource.Machine).Should().Be("No container limits this process, so the numbers are of the whole machine, which has 512 MB.");
        Scope(LimitSource.None).Should().Be("No limit is known.");
    }

    [Fact]
    public void The_report_has_everything_and_hides_contexts_on_request()
    {
        var cause = new MemoryCause
        {
            Window = TimeSpan.FromSeconds(5), RiseBytes = Bytes.Megabytes(50), ManagedChangeBytes = Bytes.Megabytes(50), AllocatedBytes = Bytes.Megabytes(60), UnattributedBytes = 0,
            Operations = [new() { Name = "Import", Context = "User 7", Count = 1, AllocatedBytes = Bytes.Megabytes(60) }],
            AtWork = [new() { Name = "Import", Context = "User 7", Count = 1 }], Alone = new() { Name = "Import", Context = "User 7", Count = 1 },
            InFlight = [new() { Name = "Import", Context = "User 7", Count = 1 }], Waiting = [new() { Name = "Import", Context = "User 7", Count = 1 }],
        };
        var watch = new Watch(Snapshot(461, MemoryZone.Critical))
        {
            InFlight = [new() { OperationId = 1, Name = "Download", Context = "User 5", Age = TimeSpan.FromSeconds(3) }],
            RecentEntries = [new() { Sequence = 1, Time = Now, Kind = JournalEntryKind.Mark, Name = "Login", Context = "User 6" }],
            TotalsByName = [new() { Name = "Parse", Count = 3 }],
            PreviousRun = new()
            {
                Verdict = RunVerdict.Killed, Cause = cause, LastSnapshot = new() { Context = "User 8" },
                InFlight = [new() { OperationId = 2, Name = "Fetch", Context = "User 9" }], QuietOperations = [new() { Name = "Poll", Context = "User 10" }],
                RecentEntries = [new() { Kind = JournalEntryKind.Mark, Name = "Old", Context = "User 11" }],
                Alerts = [new(Now, "budget", AlertSeverity.Warning, "OVER BUDGET: Parse | User 12"), new(Now, "spike", AlertSeverity.Warning, "MEMORY SPIKE")],
            },
        };

        var report = watch.DescribeReport();
        var hidden = watch.DescribeReport(withContexts: false);

        report.Should().StartWith("Critical: 461 of 512 MB.\n").And.Contain("📊 MEMORY SNAPSHOT").And.Contain("🔎 MEMORY DIAGNOSIS").And.Contain("Download | User 5")
            .And.Contain("Parse: 3").And.Contain("Login").And.Contain("💀 PREVIOUS RUN").And.Contain("User 7").And.Contain("User 9").And.Contain("User 12");
        hidden.Should().NotContain("User ").And.Contain("Download").And.Contain("Import allocated").And.Contain("MEMORY SPIKE").And.NotContain("OVER BUDGET");
    }

    private static string Scope(LimitSource source) =>
        new MemorySnapshot { Usage = new() { LimitBytes = Bytes.Megabytes(512), Source = source } }.DescribeScope();

    private static string Headline(MemorySnapshot snapshot, params LeakVerdict[] verdicts) => new Watch(snapshot)
    {
        Diagnosis = new() { Leaks = [.. verdicts.Select(v => new LeakAssessment { Track = LeakTrack.Managed, Verdict = v })] },
    }.DescribeHeadline();

    private static MemorySnapshot Of(MemoryUsage usage) => new() { Time = Now, Usage = usage };

    private static MemorySnapshot Snapshot(double used, MemoryZone zone, TimeToLimit? time = null) => new()
    {
        Time = Now, Zone = zone, TimeToLimit = time,
        Usage = new() { UsedBytes = Bytes.Megabytes(used), LimitBytes = Bytes.Megabytes(512), Source = LimitSource.Container },
        Governing = new() { Source = LimitSource.Container },
    };

    private sealed class Watch(MemorySnapshot current) : IMemoryWatch
    {
        public MemorySnapshot Current { get; } = current;

        public IReadOnlyList<JournalEntry> RecentEntries { get; init; } = [];

        public IReadOnlyList<OperationInFlight> InFlight { get; init; } = [];

        public IReadOnlyList<OperationTotals> TotalsByName { get; init; } = [];

        public PreviousRun? PreviousRun { get; init; }

        public MemoryDiagnosis Diagnosis { get; init; } = MemoryDiagnosis.Empty;

        public IReadOnlyList<MemoryHistoryMark> Marks { get; set; } = [];

        public MemoryDiagnosis Diagnose() => Diagnosis;

        public MemoryHistory History(TimeSpan window) => new() { Marks = Marks };

        public MemorySnapshot Snapshot(string name, OperationContext context = default) => Current;

        public void Mark(string name, OperationContext context = default)
        {
        }

        public OperationScope Track(string name, OperationContext context = default) => OperationScope.None;
    }
}
