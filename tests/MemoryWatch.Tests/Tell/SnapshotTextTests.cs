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
        "📊 MEMORY SNAPSHOT | Operation: ",
        "├─ RAM Usage: n/a (Virtual: n/a)",
        "└─ System: n/a");

    private static string[] Lines(MemorySnapshot snapshot) => snapshot.Describe().Split('\n');

    private static void ShouldRead(MemorySnapshot snapshot, params string[] lines) =>
        snapshot.Describe().Should().Be(string.Join('\n', lines));
}
