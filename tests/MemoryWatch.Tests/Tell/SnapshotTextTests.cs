using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Tell;

// Read under a culture that writes numbers otherwise: none of it may show.
public sealed class SnapshotTextTests : IDisposable
{
    private static readonly MetricDefinition[] Definitions =
    [
        new("Sessions"), new("Queue"), new("Active DLs"), new("Cache", new() { Unit = "items" }), new("Threads"), new("Open files"),
    ];

    private readonly CommaCulture _culture = new();
    private readonly MemorySnapshot _snapshot = new()
    {
        Operation = "Download Started",
        Context = "User 12345 | Active: 1",
        Process = new() { ResidentBytes = Bytes.Megabytes(287.5), VirtualBytes = Bytes.Megabytes(1024.3) },
        Usage = new() { UsedBytes = Bytes.Megabytes(288.2), LimitBytes = Bytes.Megabytes(512), Source = LimitSource.Container },
        Metrics = new(Definitions, [2L, 0L, 1L, 12L, 8L, 15L]),
    };

    public void Dispose() => _culture.Dispose();

    [Fact]
    public void The_form_is_that_of_the_documentation_to_the_letter() => ShouldRead(
        _snapshot.With(usage: SnapshotOf.Usage(287.2, 511).Usage),
        "📊 MEMORY SNAPSHOT | Operation: Download Started",
        "├─ RAM Usage: 287.5 MB (Virtual: 1024.3 MB)",
        "├─ System: 56.2% used (223.8 MB available)",
        "├─ Sessions: 2 | Queue: 0 | Active DLs: 1",
        "├─ Cache: 12 items | Threads: 8 | Open files: 15",
        "└─ Context: User 12345 | Active: 1");

    [Fact]
    public void The_system_line_is_of_what_governs_not_of_resident_memory() =>
        Lines(_snapshot)[2].Should().Be("├─ System: 56.3% used (223.8 MB available)");

    [Fact]
    public void An_empty_context_is_left_out_and_the_last_line_closes() =>
        Lines(_snapshot.With(context: new(null)))[^1].Should().Be("└─ Cache: 12 items | Threads: 8 | Open files: 15");

    [Theory]
    [InlineData(0, new string[0])]
    [InlineData(1, new[] { "├─ Sessions: 2" })]
    [InlineData(3, new[] { "├─ Sessions: 2 | Queue: 0 | Active DLs: 1" })]
    [InlineData(4, new[] { "├─ Sessions: 2 | Queue: 0 | Active DLs: 1", "├─ Cache: 12 items" })]
    public void Metrics_print_three_to_a_line(int count, string[] lines)
    {
        var metrics = new MetricValues(Definitions[..count], new long?[] { 2, 0, 1, 12 }.AsSpan(0, count));

        Lines(_snapshot.With(metrics: metrics))[3..^1].Should().Equal(lines);
    }

    [Fact]
    public void With_no_metrics_and_no_context_two_lines_are_left() => ShouldRead(
        _snapshot.With(metrics: MetricValues.Empty, context: new(null)),
        "📊 MEMORY SNAPSHOT | Operation: Download Started",
        "├─ RAM Usage: 287.5 MB (Virtual: 1024.3 MB)",
        "└─ System: 56.3% used (223.8 MB available)");

    [Fact]
    public void What_could_not_be_read_is_not_available_never_zero() => ShouldRead(
        _snapshot.With(process: new(), usage: new(), metrics: new(Definitions[2..4], [null, null])),
        "📊 MEMORY SNAPSHOT | Operation: Download Started",
        "├─ RAM Usage: n/a (Virtual: n/a)",
        "├─ System: n/a",
        "├─ Active DLs: n/a | Cache: n/a",
        "└─ Context: User 12345 | Active: 1");

    [Theory]
    [InlineData(null, 512d, "├─ System: n/a")]
    [InlineData(288d, null, "├─ System: n/a")]
    [InlineData(0d, 512d, "├─ System: 0.0% used (512.0 MB available)")]
    [InlineData(512d, 512d, "├─ System: 100.0% used (0.0 MB available)")]
    [InlineData(600d, 512d, "├─ System: 117.2% used (0.0 MB available)")]
    public void The_system_line_needs_both_numbers(double? used, double? limit, string line)
    {
        var usage = SnapshotOf.Usage(used, limit).Usage;

        Lines(_snapshot.With(usage: usage))[2].Should().Be(line);
    }

    [Fact]
    public void Numbers_are_whole_and_without_groups() =>
        Lines(_snapshot.With(metrics: new(Definitions[..1], [-1_234_567L])))[3].Should().Be("├─ Sessions: -1234567");

    [Fact]
    public void Hostile_text_makes_no_line_of_its_own()
    {
        var hostile = new MetricDefinition("a\nb", new() { Unit = "c\u2028d" });
        var lines = Lines(_snapshot.With(context: "x\n└─ Context: forged", metrics: new([hostile], [1L])));

        lines.Should().HaveCount(5);
        lines[3].Should().Be(@"├─ a\nb: 1 c\u2028d");
        lines[4].Should().Be(@"└─ Context: x\n└─ Context: forged");
    }

    [Fact]
    public void A_snapshot_of_nothing_can_be_printed() => ShouldRead(
        MemorySnapshot.Empty,
        "📊 MEMORY SNAPSHOT",
        "├─ RAM Usage: n/a (Virtual: n/a)",
        "└─ System: n/a");

    [Theory]
    [InlineData(UsagePrecision.AtMost, "├─ System: at most 98.7% used (at least 6.6 MB available)")]
    [InlineData(UsagePrecision.AtLeast, "├─ System: at least 98.7% used (at most 6.6 MB available)")]
    public void A_bound_is_said_to_be_one(UsagePrecision precision, string line) => Lines(_snapshot.With(usage: new()
    {
        UsedBytes = Bytes.Megabytes(505.4), LimitBytes = Bytes.Megabytes(512), Source = LimitSource.Container, Precision = precision,
    }))[2].Should().Be(line);

    [Fact]
    public void Alerts_and_reports_show_both_limits_and_the_parts_too()
    {
        var full = _snapshot.With(
            usage: new() { UsedBytes = Bytes.Megabytes(410), LimitBytes = Bytes.Megabytes(512), Source = LimitSource.Container },
            managed: new()
            {
                HeapBytes = Bytes.Megabytes(201.3), LiveBytes = Bytes.Megabytes(180), CommittedBytes = Bytes.Megabytes(210),
                HeapLimitBytes = Bytes.Megabytes(384), IsHeapLimitEnforced = true,
            },
            process: new()
            {
                ResidentBytes = Bytes.Megabytes(287.5), VirtualBytes = Bytes.Megabytes(1024.3), AnonymousBytes = Bytes.Megabytes(270),
                SharedBytes = Bytes.Megabytes(1.5), FileBackedBytes = Bytes.Megabytes(16),
            },
            container: new() { UsedBytes = Bytes.Megabytes(410), LimitBytes = Bytes.Megabytes(512) });

        full.DescribeInFull().Should().Be(string.Join(
            '\n',
            "📊 MEMORY SNAPSHOT | Operation: Download Started",
            "├─ RAM Usage: 287.5 MB (Virtual: 1024.3 MB)",
            "├─ System: 80.1% used (102.0 MB available)",
            "├─ Limits: 410.0 MB of 512 MB (container), 201.3 MB of 384 MB (GC heap)",
            "├─ Split: managed live 180.0 MB, GC overhead 30.0 MB, native 60.0 MB, shared 1.5 MB, files 16.0 MB",
            "├─ Rest of container: 138.5 MB",
            "├─ Sessions: 2 | Queue: 0 | Active DLs: 1",
            "├─ Cache: 12 items | Threads: 8 | Open files: 15",
            "└─ Context: User 12345 | Active: 1"));
        Lines(full).Should().HaveCount(7, "an explicit snapshot keeps its form");
    }

    [Theory]
    [InlineData(250.8, 190.9, 70.1, LimitSource.Container, true)]
    [InlineData(250.8, 190.9, 70.1, LimitSource.Throttling, true)]
    [InlineData(250.8, 190.9, 70.1, LimitSource.Machine, false)]
    [InlineData(205.8, 190.9, 70.1, LimitSource.Container, false)]
    [InlineData(150.8, 190.9, 10.1, LimitSource.Container, false)]
    [InlineData(250.8, 190.9, null, LimitSource.Container, false)]
    public void Resident_memory_well_above_what_counts_is_explained(double resident, double used, double? files, LimitSource source, bool isExplained)
    {
        var snapshot = _snapshot.With(
            usage: new() { UsedBytes = Bytes.Megabytes(used), LimitBytes = 200 << 20, Source = source },
            process: new() { ResidentBytes = Bytes.Megabytes(resident), FileBackedBytes = files is { } known ? Bytes.Megabytes(known) : null });

        snapshot.DescribeInFull().Contains("(Virtual: n/a), 70.1 MB of it are file pages, which do not count against the limit\n", StringComparison.Ordinal)
            .Should().Be(isExplained);
        snapshot.Describe().Should().NotContain("file pages");
    }

    [Fact]
    public void Limits_and_parts_that_are_unknown_are_left_out_and_a_bound_is_one_in_the_limits_too()
    {
        MemorySnapshot.Empty.DescribeInFull().Should().Be(MemorySnapshot.Empty.Describe());
        _snapshot.With(usage: new()
        {
            UsedBytes = Bytes.Megabytes(505.4), LimitBytes = 512 << 20, Source = LimitSource.Container, Precision = UsagePrecision.AtMost,
        }).DescribeInFull().Should().Contain("\n├─ Limits: at most 505.4 MB of 512 MB (container)\n").And.NotContain("Split");
    }

    private static string[] Lines(MemorySnapshot snapshot) => snapshot.Describe().Split('\n');

    private static void ShouldRead(MemorySnapshot snapshot, params string[] lines) =>
        snapshot.Describe().Should().Be(string.Join('\n', lines));
}
