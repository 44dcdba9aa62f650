namespace MemoryWatch.AspNetCore.Tests.Support;

/// <summary>A service of which much is to be seen: memory in a container of 512 MB, a spike and its cause, a restart, operations and metrics.</summary>
internal static class Demo
{
    public static readonly DateTimeOffset Now = new(2026, 12, 1, 18, 30, 0, TimeSpan.Zero);

    private const string Group = "/sys/fs/cgroup/memory/app";

    private static readonly MetricDefinition[] Metrics =
    [
        new("Sessions", new() { Maximum = 4 }), new("Queue", new() { Unit = "items" }), new("Thread count", new() { Key = "thread_count" }),
    ];

    public static StubWatch Watch(MemoryZone zone = MemoryZone.Healthy)
    {
        var cause = Cause();
        var watch = new StubWatch
        {
            Current = Snapshot(zone == MemoryZone.Healthy ? 186 : 461, zone),
            Diagnosis = Diagnosis(zone),
            InFlight = InFlight(),
            TotalsByName = Totals(),
            RecentEntries = [new() { Sequence = 41, Time = Now.AddSeconds(-4), Kind = JournalEntryKind.Started, Name = "Download", OperationId = 7, Context = "User 5" }],
            PreviousRun = Previous(),
        };
        watch.Past = window => History(window, zone, cause);
        return watch;
    }

    public static MemorySnapshot Snapshot(double used, MemoryZone zone = MemoryZone.Healthy, DateTimeOffset? time = null) => new()
    {
        Time = time ?? Now,
        Zone = zone,
        Usage = new() { UsedBytes = Bytes(used), LimitBytes = Bytes(512), Source = LimitSource.Container },
        TimeToLimit = zone == MemoryZone.Healthy
            ? null
            : new(LimitSource.Container, TimeSpan.FromSeconds(36), TimeSpan.FromSeconds(44), new(Bytes(1.2), Bytes(1.1), Bytes(1.3))),
        Process = new()
        {
            ResidentBytes = Bytes(used + 12), AnonymousBytes = Bytes(used - 22), SharedBytes = Bytes(4), FileBackedBytes = Bytes(30), VirtualBytes = Bytes(2900),
        },
        PeakResidentBytes = Bytes(used + 14),
        Managed = new()
        {
            HeapBytes = Bytes(used * 0.5), LiveBytes = Bytes(used * 0.38), CommittedBytes = Bytes(used * 0.55), HeapLimitBytes = Bytes(384),
            IsHeapLimitEnforced = true, TotalAllocatedBytes = Bytes(20480), Generation0Collections = 40, Generation1Collections = 12, Generation2Collections = 3,
        },
        Container = new()
        {
            Version = 1, Path = Group, LimitBytes = Bytes(512), UsageBytes = Bytes(used + 60), UsedBytes = Bytes(used), UsedPrecision = UsagePrecision.Exact,
        },
        Machine = new() { TotalBytes = Bytes(16384), AvailableBytes = Bytes(9000) },
        Metrics = new(new MetricValue(Metrics[0], 3), new MetricValue(Metrics[1], 12), new MetricValue(Metrics[2], 24)),
    };

    public static MemoryHistory History(TimeSpan window, MemoryZone zone = MemoryZone.Healthy, MemoryCause? cause = null)
    {
        var resolution = window.TotalMinutes <= 10 ? TimeSpan.FromSeconds(1)
            : window.TotalHours <= 2 ? TimeSpan.FromSeconds(10)
            : window.TotalHours <= 24 ? TimeSpan.FromMinutes(2)
            : TimeSpan.FromMinutes(10);
        var count = (int)(window / resolution);
        var restart = window.TotalHours >= 2 ? count / 3 : -1;
        return new()
        {
            Time = Now,
            Window = window,
            Resolution = resolution,
            Usage = Snapshot(200).Usage,
            HeapUsage = Snapshot(200).HeapUsage,
            Zone = zone,
            ElevatedBytes = Bytes(350),
            CriticalBytes = Bytes(450),
            ImminentBytes = Bytes(500),
            Metrics = Metrics,
            Points = [.. Enumerable.Range(0, count).Where(i => i < restart - (count / 60) || i >= restart).Select(i => Point(i, count, restart, resolution, zone))],
            Marks = Marks(window, restart, resolution, cause, zone),
            Operations = Operations(window),
            Counts = Counts(window),
        };
    }

    private static MemoryHistoryPoint Point(int i, int count, int restart, TimeSpan resolution, MemoryZone zone)
    {
        var at = (double)i / count;
        var wobble = (7 * Math.Sin(i / 9d)) + (4 * Math.Sin(i / 2.3));
        var used = 128 + (26 * at) + wobble;

        // A spike that is taken back, and for a critical zone a climb that is not.
        used += at is > 0.42 and < 0.56 ? 205 * Math.Sin((at - 0.42) / 0.14 * Math.PI) : 0;
        used += zone == MemoryZone.Healthy ? 32 * at : at > 0.78 ? (at - 0.78) / 0.22 * 310 : 0;
        if (restart > 0 && i < restart)
        {
            used = 180 + (at * 900) + wobble;
        }

        used = Math.Min(used, 508);
        return new()
        {
            Time = Now - (resolution * (count - 1 - i)),
            FollowsGap = i == restart,
            UsedMinBytes = Bytes(used - (resolution.TotalSeconds > 1 ? 14 : 1)),
            UsedMaxBytes = Bytes(used),
            ResidentMaxBytes = Bytes(used + 12),
            HeapMaxBytes = Bytes(used * 0.5),
            ManagedLiveBytes = Bytes(used * 0.38),
            ManagedOverheadBytes = Bytes(used * 0.17),
            NativeBytes = Bytes(used * 0.36),
            SharedBytes = Bytes(4),
            FileBackedBytes = Bytes(30),
            RestOfContainerBytes = Bytes(12 + (6 * Math.Sin(i / 40d))),
            Metrics = [1 + (long)(at * 2.99), (long)Math.Max(0, 8 + (9 * Math.Sin(i / 30d))), 20 + (i / 31 % 7)],
        };
    }

    private static MemoryHistoryMark[] Marks(TimeSpan window, int restart, TimeSpan resolution, MemoryCause? cause, MemoryZone zone)
    {
        if (window < TimeSpan.FromMinutes(10))
        {
            return zone == MemoryZone.Healthy || cause is null ? [] : [new() { Time = Now.AddSeconds(-8), Cause = cause.Describe() }];
        }

        var spike = new SpikeAlert(Bytes(118.4), TimeSpan.FromMinutes(1), Bytes(50));
        List<MemoryHistoryMark> marks =
        [
            new()
            {
                Time = Now - (window * 0.52), Kind = MemoryHistoryMarkKind.Spike, Zone = MemoryZone.Healthy, Severity = AlertSeverity.Warning,
                Text = spike.Describe(), Cause = cause?.Describe(), CauseOperations = [5],
            },
            new() { Time = Now - (window * 0.505), Kind = MemoryHistoryMarkKind.Zone, Zone = MemoryZone.Elevated, Severity = AlertSeverity.Information, Text = "⚠️ MEMORY ELEVATED: 352.1 MB / 512 MB" },
            new() { Time = Now - (window * 0.44), Kind = MemoryHistoryMarkKind.Relief, Zone = MemoryZone.Healthy, Text = "GC freed 88.0 MB in 38 ms" },
        ];
        if (restart > 0)
        {
            marks.Insert(0, new()
            {
                Time = Now - window + (resolution * restart), Kind = MemoryHistoryMarkKind.Restart, Zone = MemoryZone.Healthy, Verdict = RunVerdict.Killed,
                Text = "💀 PREVIOUS RUN: OOM-killed by the kernel (confirmed)",
            });
        }

        return [.. marks];
    }

    private static OperationSpan[] Operations(TimeSpan window)
    {
        OperationSpan Span(long id, string name, string? context, double from, double? to, double megabytes, OperationOutcome outcome = OperationOutcome.Completed) => new()
        {
            OperationId = id, Name = name, Context = context, Start = Now - (window * from), End = to is { } end ? Now - (window * end) : null,
            Outcome = to is null ? OperationOutcome.Running : outcome, AllocatedBytes = Bytes(megabytes), ChangeBytes = to is null ? null : Bytes(megabytes / 4),
        };
        return
        [
            Span(1, "Download", "User 2", 0.97, 0.82, 46), Span(2, "Download", "User 3", 0.88, 0.7, 52), Span(3, "Login", "User 9", 0.8, 0.77, 3.1, OperationOutcome.Failed),
            Span(5, "Download", "User 5", 0.58, 0.44, 118), Span(6, "Download", "User 8", 0.53, 0.36, 39, OperationOutcome.Cancelled),
            Span(4, "Parse", "feed.xml", 0.57, 0.55, 12), Span(8, "Parse", "feed.xml", 0.3, 0.28, 11), Span(9, "Parse", "feed.xml", 0.14, 0.12, 12),
            Span(7, "Download", "User 5", 0.16, null, 31), Span(10, "Login", "User 12", 0.05, null, 0.6),
        ];
    }

    private static OperationCounts[] Counts(TimeSpan window)
    {
        var length = window.TotalMinutes <= 10 ? TimeSpan.FromSeconds(10) : window.TotalHours <= 2 ? TimeSpan.FromMinutes(2) : TimeSpan.FromHours(1);
        var count = (int)(window / length);
        return
        [
            .. Enumerable.Range(0, count).SelectMany(i => new OperationCounts[]
            {
                new()
                {
                    Time = Now - (length * (count - i)), Length = length, Name = "GET /files/{id}", Ended = (int)(24 + (20 * Math.Sin(i / 5d)) + (i % 7)), Failed = i % 19 == 0 ? 1 : 0,
                    AllocatedBytes = Bytes(0.4),
                },
                new() { Time = Now - (length * (count - i)), Length = length, Name = "Download", Ended = i % 12 == 5 ? 1 : 0, AllocatedBytes = i * 100 / count is > 41 and < 57 ? Bytes(14) : Bytes(1.1) },
            }),
        ];
    }

    private static OperationInFlight[] InFlight() =>
    [
        new() { OperationId = 7, Name = "Download", Context = "User 5", Age = TimeSpan.FromSeconds(96), StartResidentBytes = Bytes(142), Allocation = new() { AllocatedBytes = Bytes(31), SelfAllocatedBytes = Bytes(4) } },
        new() { OperationId = 11, ParentId = 7, Name = "Fetch", Context = "part 3 of 8", Age = TimeSpan.FromSeconds(14), StartResidentBytes = Bytes(166), Allocation = new() { AllocatedBytes = Bytes(27) } },
        new() { OperationId = 10, Name = "Login", Context = "User 12", Age = TimeSpan.FromSeconds(30), StartResidentBytes = Bytes(160), Allocation = new() { AllocatedBytes = Bytes(0.6) } },
    ];

    private static OperationTotals[] Totals() =>
    [
        new()
        {
            Name = "Download", Count = 48, Failures = 1, Cancellations = 2, DurationP50 = TimeSpan.FromSeconds(41), DurationP95 = TimeSpan.FromSeconds(96),
            DurationMax = TimeSpan.FromSeconds(131), AllocatedMeanBytes = Bytes(49), AllocatedP95Bytes = Bytes(118), AllocatedTotalBytes = Bytes(2352), ChangeMeanBytes = Bytes(9.4), ChangeMaxBytes = Bytes(104),
        },
        new()
        {
            Name = "GET /files/{id}", Count = 18234, Failures = 31, DurationP50 = TimeSpan.FromMilliseconds(4), DurationP95 = TimeSpan.FromMilliseconds(38),
            DurationMax = TimeSpan.FromSeconds(2), AllocatedMeanBytes = Bytes(0.03), AllocatedP95Bytes = Bytes(0.08), AllocatedTotalBytes = Bytes(540), ChangeMeanBytes = 0, ChangeMaxBytes = Bytes(3),
        },
        new()
        {
            Name = "Parse", Count = 30, DurationP50 = TimeSpan.FromSeconds(2), DurationP95 = TimeSpan.FromSeconds(12), DurationMax = TimeSpan.FromSeconds(13), AllocatedMeanBytes = Bytes(12),
            AllocatedP95Bytes = Bytes(12), AllocatedTotalBytes = Bytes(361), ChangeMeanBytes = Bytes(-0.6), ChangeMaxBytes = Bytes(11),
        },
        new()
        {
            Name = "Login", Count = 12, Failures = 1, DurationP50 = TimeSpan.FromSeconds(9), DurationP95 = TimeSpan.FromSeconds(20), DurationMax = TimeSpan.FromSeconds(22), AllocatedMeanBytes = Bytes(3),
            AllocatedP95Bytes = Bytes(3.2), AllocatedTotalBytes = Bytes(36), ChangeMeanBytes = Bytes(2.1), ChangeMaxBytes = Bytes(6),
        },
    ];

    private static MemoryDiagnosis Diagnosis(MemoryZone zone) => new()
    {
        Time = Now,
        Findings = zone == MemoryZone.Healthy
            ? []
            :
            [
                new()
                {
                    Rule = FindingRule.OperationSpike, Severity = AlertSeverity.Critical, Subject = "Download",
                    Evidence =
                    [
                        new("allocated_bytes", Bytes(118), FindingUnit.Bytes), new("span_seconds", 12, FindingUnit.Seconds), new("share", 0.9, FindingUnit.Fraction),
                        new("grown_bytes", Bytes(121), FindingUnit.Bytes),
                    ],
                },
                new()
                {
                    Rule = FindingRule.NativeGrowth, Subject = null,
                    Evidence = [new("native_bytes", Bytes(166), FindingUnit.Bytes), new("grown_bytes", Bytes(84), FindingUnit.Bytes)],
                },
            ],
        Leaks = [new() { Track = LeakTrack.Managed, Verdict = LeakVerdict.NotLeaking }, new() { Track = LeakTrack.Native, Verdict = LeakVerdict.NotLeaking }],
        Costs = [new(Metrics[0], new(Bytes(18.2), Bytes(16.9), Bytes(19.6)), 11)],
    };

    private static MemoryCause Cause() => new()
    {
        Window = TimeSpan.FromSeconds(12),
        RiseBytes = Bytes(118.4),
        ResidentChangeBytes = Bytes(128),
        ManagedChangeBytes = Bytes(121),
        NativeChangeBytes = Bytes(7),
        AllocatedBytes = Bytes(131),
        UnattributedBytes = Bytes(10.5),
        Operations = [new() { Name = "Download", Context = "User 5", OperationId = 5, Count = 1, AllocatedBytes = Bytes(118), Share = 0.9 }],
        InFlightCount = 3,
    };

    private static PreviousRun Previous() => new()
    {
        Verdict = RunVerdict.Killed,
        ProcessId = 1,
        Started = Now.AddHours(-9),
        LastSeen = Now.AddHours(-4),
        Lifetime = TimeSpan.FromHours(5),
        LastSnapshot = Snapshot(506, MemoryZone.Imminent, Now.AddHours(-4)),
        InFlight = [new() { OperationId = 900, Name = "Download", Context = "User 8", Age = TimeSpan.FromSeconds(71), StartResidentBytes = Bytes(310), Allocation = new() { AllocatedBytes = Bytes(160) } }],
    };

    private static long Bytes(double megabytes) => (long)(megabytes * 1048576);
}
