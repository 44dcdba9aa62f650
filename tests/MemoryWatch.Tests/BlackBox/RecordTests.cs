using MemoryWatch.BlackBox.Format;
using MemoryWatch.Read;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.BlackBox;

/// <summary>What is recorded comes back as it was, or as much of it as has room.</summary>
public sealed class RecordTests
{
    [Fact]
    public void An_operation_comes_back_with_all_that_is_known_of_it()
    {
        var bench = new BoxBench();
        using var outer = bench.Track("Batch", "User 5");
        bench.Reader.ResidentMegabytes = 152.5;
        var inner = bench.Track("Download", "User 5 | File size: 45.3 MB");
        bench.Reader.ResidentMegabytes = 170;
        bench.Time.Advance(TimeSpan.FromSeconds(12.4));
        inner.Fail(new IOException("disk\nfull"));
        inner.Dispose();

        var entries = bench.Read().Entries;

        entries.Select(e => e.Title).Should().Equal("Batch Started", "Download Started", "Download Failed");
        entries[^1].Should().BeEquivalentTo(new
        {
            Time = bench.Time.GetUtcNow(),
            Kind = JournalEntryKind.Ended,
            OperationId = inner.Id,
            ParentId = outer.Id,
            Name = "Download",
            ResidentBytes = (long?)(170 << 20),
            ChangeBytes = (long?)(17.5 * 1048576),
            Duration = (TimeSpan?)TimeSpan.FromSeconds(12.4),
            Outcome = OperationOutcome.Failed,
            Error = @"IOException: disk\nfull",
        });
        entries[^1].Context.Text.Should().Be("User 5 | File size: 45.3 MB");
        entries[0].ParentId.Should().Be(0);
    }

    [Fact]
    public void What_an_operation_allocated_comes_back_with_its_end()
    {
        var bench = new BoxBench();
        var outer = bench.Track("Batch");
        var inner = bench.Track("Download");
        GC.KeepAlive(new byte[5_000_000]);
        inner.Charge(700_000);
        inner.Dispose();
        outer.Dispose();

        var (first, second) = (bench.Read().Entries[^2].Allocation!.Value, bench.Read().Entries[^1].Allocation!.Value);

        first.AllocatedBytes.Should().BeInRange(5_000_000, 5_500_000).And.Be(first.SelfAllocatedBytes);
        (first.ChargedBytes, first.SelfChargedBytes).Should().Be((700_000, 700_000));
        second.AllocatedBytes.Should().BeGreaterOrEqualTo(first.AllocatedBytes);
        second.SelfAllocatedBytes.Should().BeLessThan(500_000);
        (second.ChargedBytes, second.SelfChargedBytes).Should().Be((700_000, 0));
    }

    [Fact]
    public void What_could_not_be_read_stays_absent()
    {
        var bench = new BoxBench();
        bench.Reader.Resident = null;
        bench.Mark("Session Created");

        bench.Read().Entries.Single().Should().Match<JournalEntry>(
            e => e.ResidentBytes == null && e.ChangeBytes == null && e.Duration == null && e.Error == null && e.Context.Text.Length == 0);
    }

    [Fact]
    public void Long_texts_are_cut_at_a_whole_character()
    {
        var bench = new BoxBench();
        var name = string.Concat(Enumerable.Repeat("😀", 32));
        var context = string.Concat(Enumerable.Repeat("語", 256));
        bench.Mark(name, context);

        var entry = bench.Read().Entries.Single();

        entry.Name.Should().Be(name, "64 of UTF-16 are 128 bytes, and there is room for them");
        entry.Context.Text.Should().Be(context[..85], "384 bytes less 128 hold 85 characters of 3 bytes, and not a part of the next");
    }

    [Fact]
    public void Both_a_long_context_and_an_error_have_room()
    {
        var bench = new BoxBench();
        var scope = bench.Track("Download", new string('c', 256));
        scope.Fail(new IOException(new string('e', 300)));
        scope.Dispose();

        var entry = bench.Read().Entries[^1];

        entry.Error.Should().HaveLength(112).And.StartWith("IOException: eee");
        entry.Context.Text.Should().Be(new string('c', 256));
    }

    [Theory]
    [InlineData(LimitSource.Container)]
    [InlineData(LimitSource.GCHeap)]
    [InlineData(LimitSource.Process)]
    public void A_sample_comes_back_with_what_governs_its_zone_its_bounds_and_who_else_was_there(LimitSource governing)
    {
        var bench = new BoxBench();
        var usage = new MemoryUsage
        {
            UsedBytes = 500, LeastUsedBytes = 150, Precision = UsagePrecision.AtMost, LimitBytes = 512, Source = LimitSource.Container,
        };
        var snapshot = new MemorySnapshot
        {
            Usage = usage,
            Process = new() { ResidentBytes = 150 },
            Managed = new() { HeapBytes = 90, LiveBytes = 95, HeapLimitBytes = 100, IsHeapLimitEnforced = true },
            Container = new() { UsedPrecision = UsagePrecision.AtLeast, OtherProcesses = 0 },
        };
        var governs = governing switch
        {
            LimitSource.GCHeap => snapshot.HeapUsage,
            LimitSource.Process => new MemoryUsage { UsedBytes = 150, Source = LimitSource.Process },
            _ => usage,
        };
        using var quiet = bench.TrackQuiet("GET /");
        bench.Recorder.OnReport(BoxBench.Report(
            snapshot.Judged(new(MemoryZone.Critical, MemoryZone.Elevated, MemoryZone.Imminent, governs.Source))));

        var sample = bench.Read().LastSample!;

        sample.Snapshot.Zone.Should().Be(MemoryZone.Imminent);
        sample.LeastZone.Should().Be(MemoryZone.Elevated);
        sample.Snapshot.Usage.Should().Be(usage);
        sample.Snapshot.Governing.Should().Be(governs);
        sample.Snapshot.HeapUsage.Should().Be(snapshot.HeapUsage);
        sample.Snapshot.Container.UsedPrecision.Should().Be(UsagePrecision.AtLeast);
        sample.Snapshot.Container.OtherProcesses.Should().Be(0);
        sample.Quiet.Should().Be(1);
    }

    [Fact]
    public void A_sample_of_an_earlier_version_knows_one_limit_and_nothing_of_others()
    {
        var bench = new BoxBench();
        var snapshot = bench.Snapshot(100, zone: MemoryZone.Critical).With(
            managed: new() { HeapBytes = 90, HeapLimitBytes = 100 }, machine: new() { TotalBytes = 1000 });
        var record = new byte[BoxFormat.RecordSize];
        RecordFields.Begin(record, RecordKind.Sample, bench.Time.GetUtcNow(), default);
        SampleRecord.Write(record, snapshot, null, isMetered: false, quiet: 3);
        record.AsSpan(SampleRecord.PrecisionOffset, 2).Clear();
        record.AsSpan(SampleRecord.OtherProcessesOffset, 8).Clear();

        var old = SampleRecord.Read(record, []);

        SampleRecord.LeastZone(record).Should().Be(MemoryZone.Critical);
        SampleRecord.Quiet(record).Should().BeNull();
        old.Container.OtherProcesses.Should().BeNull();
        old.Governing.Should().Be(old.Usage);
        old.Managed.IsHeapLimitEnforced.Should().BeTrue("a heap limit below the machine's memory is one");
    }

    [Fact]
    public void A_sample_comes_back_with_its_numbers_metrics_and_group()
    {
        var metrics = new MetricDefinition[]
        {
            new("Sessions", new() { Key = "active_sessions", Maximum = 3 }), new("Cache", new() { Unit = "items" }), new("Silent"),
        };
        var bench = new BoxBench(metrics: metrics);
        bench.Reader.Group = new("/sys/fs/cgroup/app", 29, 0x1_0000_0042);
        var snapshot = bench.Snapshot(421.7, kills: 2, MemoryZone.Critical).With(
            peak: 11,
            process: new() { ResidentBytes = 1, VirtualBytes = 2, AnonymousBytes = 3, FileBackedBytes = 4, SharedBytes = 5 },
            managed: new()
            {
                HeapBytes = 6, LiveBytes = 7, CommittedBytes = 8, HeapLimitBytes = 9, TotalAllocatedBytes = 10, Generation2Collections = 12,
            },
            container: new() { Version = 2, LimitBytes = 13, UsageBytes = 14, UsedBytes = 8, OomKills = 2 },
            machine: new() { TotalBytes = 16, AvailableBytes = 17, OomKills = 18 },
            metrics: new([.. metrics, BuiltInMetrics.Threads, BuiltInMetrics.OpenFiles], [2, -7, null, 8, null]));

        bench.Recorder.OnSnapshot(snapshot);

        var sample = bench.Read().LastSample!;
        sample.Snapshot.Zone.Should().Be(MemoryZone.Critical);
        sample.Group!.IsSameAs(bench.Reader.Group).Should().BeTrue();
        var read = sample.Snapshot;
        (read.Time, read.Usage, read.Process, read.PeakResidentBytes).Should()
            .Be((snapshot.Time, snapshot.Usage, snapshot.Process, snapshot.PeakResidentBytes));
        (read.Managed, read.Container, read.Machine).Should().Be((snapshot.Managed, snapshot.Container, snapshot.Machine));
        read.Describe().Should().Be(
            """
            📊 MEMORY SNAPSHOT | Operation: Last Seen
            ├─ RAM Usage: 0.0 MB (Virtual: 0.0 MB)
            ├─ System: 82.4% used (90.3 MB available)
            ├─ Sessions: 2 | Cache: -7 items | Silent: n/a
            └─ Threads: 8 | Open files: n/a
            """.ReplaceLineEndings("\n"));
        read.Metrics[0].Definition.Should().BeEquivalentTo(metrics[0]);
    }

    [Fact]
    public void The_first_32_metrics_have_their_place_and_threads_and_files_always()
    {
        var metrics = Enumerable.Range(0, SampleRecord.MostMetrics + 5).Select(i => new MetricDefinition($"M{i}")).ToArray();
        var bench = new BoxBench(metrics: metrics);

        bench.Recorder.OnSnapshot(bench.Snapshot().With(metrics: new(
            [.. metrics, BuiltInMetrics.Threads, BuiltInMetrics.OpenFiles],
            [.. Enumerable.Range(0, metrics.Length).Select(i => (long?)(i == 7 ? null : i * 1000L)), 8, 15])));

        var recording = bench.Read();
        recording.LastSample!.Snapshot.Metrics.Select(m => m.Value).Should()
            .Equal([.. Enumerable.Range(0, SampleRecord.MostMetrics).Select(i => i == 7 ? null : (long?)(i * 1000L)), 8, 15]);
        recording.MoreMetrics.Should().Be(5);
        bench.Judge().Describe().Should().Contain("├─ Metrics: 5 more, which the file had no room for\n");
    }

    [Fact]
    public void Alerts_and_reliefs_come_back_the_last_five_of_each()
    {
        var bench = new BoxBench();
        for (var i = 1; i <= 7; i++)
        {
            bench.Recorder.OnReport(BoxBench.Report(bench.Snapshot(), new SpikeAlert(Bytes.Megabytes(i), TimeSpan.FromMinutes(1), 1)));
        }

        var outcome = new ReliefOutcome
        {
            Name = "GC", Time = bench.Time.GetUtcNow(), Duration = TimeSpan.FromMilliseconds(38),
            Before = new() { ResidentBytes = 100, HeapBytes = 2, CommittedBytes = 3 },
            After = new() { HeapBytes = 5, CommittedBytes = 6 },
            Error = "TimeoutException: too long",
        };
        bench.Recorder.OnRelief(outcome);

        var recording = bench.Read();
        recording.Alerts.Select(a => a.Message).Should().Equal(
            Enumerable.Range(3, 5).Select(i => $"⚠️ MEMORY SPIKE DETECTED: +{i}.0 MB increase!"));
        recording.Alerts[0].Should().Match<PreviousAlert>(a => a.Kind == "spike" && a.Severity == AlertSeverity.Warning);
        recording.Reliefs.Single().Should().BeEquivalentTo(outcome);
    }

    [Fact]
    public void The_header_says_who_writes_it()
    {
        var identity = new RunIdentity
        {
            RunId = Guid.NewGuid(), BootId = Guid.NewGuid(), ProcessId = 7,
            Started = DateTimeOffset.UnixEpoch.AddDays(20_000), ProcessStarted = DateTimeOffset.UnixEpoch.AddDays(19_999),
            MachineName = "box", LibraryVersion = "0.1.0", Group = new("/sys/fs/cgroup/memory/app", 29, ulong.MaxValue),
            LimitBytes = 512 << 20, GroupKills = 1, MachineKills = 0,
        };
        var page = new byte[BoxFormat.HeaderSize];
        new BoxHeader(identity, 20, 60) { HistoryRecords = 7 }.Write(page);

        var header = BoxHeader.Read(page, out var problem);

        problem.Should().BeEmpty();
        header.Should().Be(new BoxHeader(identity, 20, 60) { HistoryRecords = 7 });
    }

    [Fact]
    public void A_file_of_any_size_is_used_to_its_last_whole_record()
    {
        foreach (var size in new[] { BoxFormat.SmallestSize, 1 << 20, BoxFormat.LargestSize, BoxFormat.SmallestSize + 511 })
        {
            var (watch, operations) = BoxFormat.Rings(size);
            var records = watch + operations + BoxFormat.History(size);
            (BoxFormat.WatchRingOffset + records * BoxFormat.RecordSize).Should().BeInRange((int)size - 511, (int)size);
            watch.Should().BeGreaterOrEqualTo(20);
        }

        (4096 % BoxFormat.RecordSize).Should().Be(0, "no record lies across two pages");
        (BoxFormat.WatchRingOffset % BoxFormat.RecordSize).Should().Be(0);
    }

    [Fact]
    public void The_checksum_is_CRC32C() =>
        MemoryWatch.BlackBox.Format.Checksum.Of("123456789"u8).Should().Be(0xE3069283, "that is the check value in the catalogue of CRCs");
}
