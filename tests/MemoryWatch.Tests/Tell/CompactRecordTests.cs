using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tests.Tell;

/// <summary>The line that is left of a run on a host without a disk.</summary>
public sealed class CompactRecordTests : IDisposable
{
    private const string Line =
        "MW1; t=2026-11-22T10:15:14Z; zone=Critical; used=460.0/512.0MB(Container); heap=201.5/384.0MB; rss=455.1MB; "
        + "split=live:180.2MB,gc:30.0MB,native:78.0MB,shared:11.8MB,files:155.1MB; rest=160.0MB; "
        + "in=2: Upload(,3.0s,alloc:9.5MB,charged:45.0MB), Download(User+5,12.4s,alloc:45.3MB); "
        + "top=1: Session+Created(12x,540.0MB); metrics=2: Sessions(3), Queue(n/a); crc=";

    private readonly CommaCulture _culture = new();
    private readonly MemorySnapshot _snapshot = new()
    {
        Time = new(2026, 11, 22, 10, 15, 14, 700, TimeSpan.Zero),
        Zone = MemoryZone.Critical,
        Usage = new() { UsedBytes = Bytes.Megabytes(460), LimitBytes = Bytes.Megabytes(512), Source = LimitSource.Container },
        Process = new()
        {
            ResidentBytes = Bytes.Megabytes(455.1), AnonymousBytes = Bytes.Megabytes(288.2), SharedBytes = Bytes.Megabytes(11.8),
            FileBackedBytes = Bytes.Megabytes(155.1),
        },
        Managed = new()
        {
            HeapBytes = Bytes.Megabytes(201.5), LiveBytes = Bytes.Megabytes(180.2), CommittedBytes = Bytes.Megabytes(210.2),
            HeapLimitBytes = Bytes.Megabytes(384), IsHeapLimitEnforced = true,
        },
        Container = new() { UsedBytes = Bytes.Megabytes(460), LimitBytes = Bytes.Megabytes(512) },
        Metrics = new([new("Sessions"), new("Queue")], [3L, null]),
    };

    private readonly OperationInFlight[] _inFlight =
    [
        new()
        {
            Name = "Download", Context = "User 5", Age = TimeSpan.FromSeconds(12.4),
            Allocation = new() { AllocatedBytes = Bytes.Megabytes(45.3) },
        },
        new()
        {
            Name = "Upload", Age = TimeSpan.FromSeconds(3),
            Allocation = new() { AllocatedBytes = Bytes.Megabytes(9.5), ChargedBytes = Bytes.Megabytes(45) },
        },
    ];

    private readonly OperationTotals[] _totals = [new() { Name = "Session Created", Count = 12, AllocatedTotalBytes = Bytes.Megabytes(540) }];

    public void Dispose() => _culture.Dispose();

    [Fact]
    public void The_line_is_readable_without_a_tool() => Write().Should().StartWith(Line).And.MatchRegex("crc=[0-9A-F]{8}$").And.HaveLength(Line.Length + 8);

    [Fact]
    public void Its_numbers_come_back()
    {
        var record = Read(Write()).Should().BeOfType<CompactRecord>().Subject;

        record.Should().BeEquivalentTo(new CompactRecord
        {
            Time = new(2026, 11, 22, 10, 15, 14, TimeSpan.Zero),
            Zone = MemoryZone.Critical,
            Used = _snapshot.Usage,
            Heap = new() { UsedBytes = Bytes.Megabytes(201.5), LimitBytes = Bytes.Megabytes(384), Source = LimitSource.GCHeap },
            ResidentBytes = Bytes.Megabytes(455.1),
            ManagedLiveBytes = Bytes.Megabytes(180.2),
            ManagedOverheadBytes = Bytes.Megabytes(30),
            NativeBytes = Bytes.Megabytes(78),
            SharedBytes = Bytes.Megabytes(11.8),
            FileBackedBytes = Bytes.Megabytes(155.1),
            RestOfContainerBytes = Bytes.Megabytes(160),
            InFlightCount = 2,
            InFlight =
            [
                new("Upload", "", TimeSpan.FromSeconds(3), Bytes.Megabytes(9.5), Bytes.Megabytes(45)),
                new("Download", "User 5", TimeSpan.FromSeconds(12.4), Bytes.Megabytes(45.3), 0),
            ],
            NameCount = 1,
            Top = [new("Session Created", 12, Bytes.Megabytes(540))],
            MetricCount = 2,
            Metrics = [new("Sessions", 3), new("Queue", null)],
        }, options => options.ComparingByMembers<MemoryUsage>().Using<long>(c => c.Subject.Should().BeCloseTo(c.Expectation, 1)).WhenTypeIs<long>());
    }

    [Theory]
    [InlineData(UsagePrecision.AtMost, "used=at-most:460.0/512.0MB(Container)")]
    [InlineData(UsagePrecision.AtLeast, "used=at-least:460.0/512.0MB(Container)")]
    public void A_bound_is_one_when_it_is_read(UsagePrecision precision, string text)
    {
        var usage = new MemoryUsage { UsedBytes = 460 << 20, LimitBytes = 512 << 20, Source = LimitSource.Container, Precision = precision };
        var line = CompactRecordText.Write(_snapshot.With(usage: usage), [], []);

        line.Should().Contain(text);
        Read(line)!.Used.Should().BeEquivalentTo(usage);
    }

    [Fact]
    public void What_is_unknown_stays_unknown()
    {
        var line = CompactRecordText.Write(MemorySnapshot.Empty, [], []);

        line.Should().Contain("used=n/a/n/aMB(None); heap=n/a/n/aMB; rss=n/a;").And.Contain("in=0; top=0; metrics=0; crc=");
        Read(line).Should().BeEquivalentTo(new CompactRecord { Heap = new() { Source = LimitSource.GCHeap } }, options => options.Excluding(r => r.Time));
    }

    [Fact]
    public void A_usage_without_a_limit_comes_back()
    {
        var line = CompactRecordText.Write(_snapshot.With(usage: new() { UsedBytes = 460 << 20 }), [], []);

        Read(line)!.Used.Should().BeEquivalentTo(new MemoryUsage { UsedBytes = 460 << 20 });
        Read(CompactRecordText.Write(_snapshot.With(usage: new() { LimitBytes = 460 << 20 }), [], []))!.Used.LimitBytes.Should().Be(460 << 20);
    }

    [Fact]
    public void A_line_that_was_cut_off_anywhere_is_no_record()
    {
        var line = Write();

        for (var length = "MW1; t=".Length; length < line.Length; length++)
        {
            CompactRecordReader.ReadAll(line[..length]).Should().Equal([(CompactRecordState.CutOff, null)], "{0} characters are left", length);
        }
    }

    [Fact]
    public void Every_change_of_one_character_is_detected()
    {
        var line = Write();

        for (var i = 0; i < line.Length; i++)
        {
            foreach (var other in "aZ09;=,:.()+%/~-\u00e9" + (char.IsLetter(line[i]) ? $"{(char)(line[i] ^ ' ')} " : line[i] == ' ' ? string.Empty : " "))
            {
                if (other != line[i])
                {
                    var changed = $"{line[..i]}{other}{line[(i + 1)..]}";
                    CompactRecordReader.ReadAll(changed).Should().NotContain(r => r.State == CompactRecordState.Intact, "{0} was changed", i);
                }
            }

            // One that was lost or came twice.
            if (line[i] != ' ')
            {
                CompactRecordReader.ReadAll(line.Remove(i, 1)).Should().NotContain(r => r.State == CompactRecordState.Intact);
                CompactRecordReader.ReadAll(line.Insert(i, line[i].ToString())).Should()
                    .NotContain(r => r.State == CompactRecordState.Intact && i > 0 && i < line.Length - 1);
            }
        }
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r\n    ")]
    [InlineData("\t")]
    [InlineData("\u00a0")]
    public void Wraps_anywhere_change_nothing(string wrap)
    {
        var line = Write();
        var expected = Read(line);

        for (var width = 1; width < 120; width += 7)
        {
            Read(string.Join(wrap, line.Chunk(width).Select(c => new string(c)))).Should().BeEquivalentTo(expected, "the console is {0} wide", width);
        }

        Read(line.Replace(" ", wrap, StringComparison.Ordinal)).Should().BeEquivalentTo(expected);
        Read(line.Replace(" ", string.Empty, StringComparison.Ordinal)).Should().BeEquivalentTo(expected);
    }

    [Fact]
    public void Records_are_found_in_the_middle_of_a_log()
    {
        var line = Write();
        var log = $"2026-11-22 warn: MemoryWatch[59]\n      {line}\n12 more\n{line[..300]}\nMW1; t=junk\nwarn: {line} trailing";

        CompactRecordReader.ReadAll(log).Select(r => r.State).Should().Equal(
            CompactRecordState.Intact, CompactRecordState.CutOff, CompactRecordState.CutOff, CompactRecordState.Intact);
        CompactRecordReader.ReadAll("nothing here").Should().BeEmpty();
    }

    [Fact]
    public void A_later_versions_fields_are_passed_over_and_what_is_missing_makes_it_unknown()
    {
        var fields = Write().Split("; crc=")[0];

        Read(WithSum($"{fields}; later=1:2(3)"))!.Zone.Should().Be(MemoryZone.Critical);
        CompactRecordReader.ReadAll(WithSum(fields.Replace("; rss=", "; was=", StringComparison.Ordinal))).Should()
            .Equal([(CompactRecordState.Unknown, null)]);
        CompactRecordReader.ReadAll(WithSum(fields.Replace("zone=Critical", "zone=Worst", StringComparison.Ordinal))).Should()
            .Equal([(CompactRecordState.Unknown, null)]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public void It_has_at_most_1500_characters_however_much_goes_on(int length)
    {
        foreach (var filling in new[] { "x", " ", "語", "🦊", "\n", "=" })
        {
            var name = string.Concat(Enumerable.Repeat(filling, length));
            var inFlight = Enumerable.Range(0, 100).Select(i => new OperationInFlight
            {
                Name = name, Context = name, Age = TimeSpan.FromDays(999), Allocation = new() { AllocatedBytes = long.MaxValue, ChargedBytes = 1L << 60 },
            }).ToArray();
            var totals = Enumerable.Range(0, 65).Select(_ => new OperationTotals { Name = name, Count = long.MaxValue, AllocatedTotalBytes = long.MaxValue });
            MetricValue[] metrics = [.. Enumerable.Range(0, 32).Select(_ => new MetricValue(new(name.Trim().Length == 0 ? "x" : name), long.MinValue))];
            var worst = new MemorySnapshot
            {
                Time = DateTimeOffset.MaxValue,
                Zone = MemoryZone.Imminent,
                Usage = new() { UsedBytes = long.MaxValue, LimitBytes = long.MaxValue, Source = LimitSource.Throttling, Precision = UsagePrecision.AtLeast },
                Process = new() { ResidentBytes = long.MaxValue, AnonymousBytes = long.MaxValue, SharedBytes = long.MaxValue, FileBackedBytes = long.MaxValue },
                Managed = new() { HeapBytes = long.MaxValue, LiveBytes = 1, CommittedBytes = long.MaxValue, HeapLimitBytes = long.MaxValue, IsHeapLimitEnforced = true },
                Container = new() { UsedBytes = long.MaxValue, LimitBytes = long.MaxValue },
                Metrics = new(metrics),
            };

            var line = CompactRecordText.Write(worst, inFlight, [.. totals]);

            line.Length.Should().BeInRange(800, CompactRecordText.MaxLength);
            var record = Read(line)!;
            (record.InFlightCount, record.NameCount, record.MetricCount).Should().Be((100, 65, 32));
            record.InFlight.Should().NotBeEmpty();
            record.Top.Should().NotBeEmpty();
            record.Metrics.Should().NotBeEmpty();
        }
    }

    [Theory]
    [InlineData("Deliberate Spike")]
    [InlineData("GET /a?b=c&d=e;f")]
    [InlineData("50% of it + more, (x): y")]
    [InlineData("🦊 fox")]
    [InlineData("a\nMW1; t=2026-11-22T10:15:14Z; crc=")]
    [InlineData("; crc=00000000")]
    [InlineData("\u0000\u001b[31m")]
    [InlineData("~%2B%")]
    [InlineData("\ud83e lone")]
    [InlineData("<b>`$HOME`</b>\"'\\*")]
    public void Foreign_text_neither_breaks_nor_forges_a_record(string name)
    {
        var context = new OperationContext(name);
        var line = CompactRecordText.Write(
            _snapshot.With(metrics: new(new MetricValue(new(name), 7))),
            [new() { Name = SafeText.Name(name), Context = context.ToSafe(), Age = TimeSpan.FromSeconds(1) }],
            [new() { Name = name, Count = 1 }]);

        line.Should().MatchRegex("^[A-Za-z0-9;=:.,()/+%_~ -]+$").And.NotContain("  ");
        line.Split("crc=").Should().HaveCount(2);
        var record = CompactRecordReader.ReadAll(line).Should().ContainSingle(r => r.State == CompactRecordState.Intact).Which.Record!;
        var shown = record.InFlight.Single();
        (shown.Name.EndsWith('…') ? SafeText.Name(name).StartsWith(shown.Name[..^1], StringComparison.Ordinal) : shown.Name == SafeText.Name(name))
            .Should().BeTrue("{0} was read", shown.Name);
        shown.Context.Should().Be(shown.Name);
        record.Metrics.Single().Value.Should().Be(7);
        record.Top.Single().Count.Should().Be(1);
    }

    [Fact]
    public void Each_rise_of_the_zone_is_one_line_and_the_same_zone_again_waits_for_a_minute()
    {
        using var watch = new WatchHarness(o => o.SpikeThreshold = "512MB");
        using var download = watch.Watch.Track("Download", "User 5");

        watch.Tick(100);
        Records(watch).Should().BeEmpty();
        watch.Tick(360);
        watch.Tick(361);
        watch.Tick(100);
        watch.Tick(360, seconds: 10);
        Records(watch).Select(r => r.Zone).Should().Equal(MemoryZone.Elevated);

        watch.Tick(460);
        watch.Tick(360);
        watch.Tick(460, seconds: 10);
        watch.Tick(505);
        Records(watch).Select(r => r.Zone).Should().Equal([MemoryZone.Elevated, MemoryZone.Critical, MemoryZone.Imminent], "each is worse than the one before");

        watch.Tick(100);
        watch.Tick(360, seconds: 61);
        Records(watch).Select(r => r.Zone).Should().HaveCount(4).And.EndWith(MemoryZone.Elevated);
        watch.Log.Of(LogEvents.CompactRecord).Select(l => l.Level).Should()
            .Equal(LogLevel.Information, LogLevel.Warning, LogLevel.Warning, LogLevel.Information);
        Records(watch)[0].InFlight.Single().Context.Should().Be("User 5");
    }

    [Fact]
    public void It_is_written_beside_a_black_box_too()
    {
        using var folder = new TempFolder();
        using var watch = new WatchHarness(o => o.BlackBox.Path = folder.File("memory.blackbox"));
        watch.Tick(100);
        watch.Tick(460);

        var line = watch.Log.Of(LogEvents.CompactRecord).Should().ContainSingle().Subject;
        line.State["record"].Should().Be(line.Text);
        Records(watch).Single().Used.Source.Should().Be(LimitSource.Setting);
    }

    [Fact]
    public void A_tick_without_a_rise_allocates_nothing()
    {
        var log = new CompactRecordLog(new(), new(), new LogCapture(), TimeProvider.System);
        var report = new TickReport(_snapshot, [], isHigh: false);
        log.OnReport(report);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
        {
            log.OnReport(report);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    private static CompactRecord[] Records(WatchHarness watch) =>
        [.. watch.Log.Of(LogEvents.CompactRecord).Select(line => Read(line.Text)!)];

    private static CompactRecord? Read(string text)
    {
        var (state, record) = CompactRecordReader.ReadAll(text).Single();
        state.Should().Be(CompactRecordState.Intact);
        return record;
    }

    private static string WithSum(string fields) =>
        $"{fields}; crc={CompactRecordText.SumOf(CompactRecordText.WithoutSpace(fields) + CompactRecordText.Checksum)}";

    private string Write() => CompactRecordText.Write(_snapshot, _inFlight, _totals);
}
