using System.Text;
using MemoryWatch.Tool.Analyze;
using MemoryWatch.Tool.Tests.Analyze.Support;

namespace MemoryWatch.Tool.Tests.Analyze;

public class JunkTests
{
    public static TheoryData<string> Forms => ["text", "json", "compact", "one line"];

    [Fact]
    public void Lines_of_the_library_that_cannot_be_read_are_counted_and_the_first_are_named()
    {
        var report = Analyzed.Text("Download Started | User 5 | Memory: 1\nnothing\n⚠️ MEMORY SPIKE DETECTED: +7\nDownload Started | Memory: 1.0 MB\n");

        report.DamagedLines.Should().Be(2);
        report.FirstDamaged.Select(line => line.Line).Should().Equal(1, 3);
        report.FirstDamaged[0].Text.Should().Be("Download Started | User 5 | Memory: 1");
        report.Operations.Should().ContainSingle().Which.Started.Should().Be(1);
    }

    [Fact]
    public void Names_without_end_take_a_bounded_number_of_totals()
    {
        var text = string.Concat(Enumerable.Range(0, 3000).Select(i => $"Work {i} Started | Memory: 1.0 MB\n"));

        var report = Analyzed.Text(text);

        report.Operations.Should().HaveCount(OperationTable.Most);
        report.OtherOperations!.Started.Should().Be(3000 - OperationTable.Most);
        report.Notes.Should().ContainSingle(note => note.Kind == LogNoteKind.LostInFlight).Which.Count.Should().Be(3000 - InFlightTable.Most);
    }

    [Fact]
    public void Text_that_could_move_the_cursor_of_a_terminal_is_escaped()
    {
        var report = Analyzed.Text("Download\u202e Started | User\u0007 5 | Memory: 1.0 MB\n");

        report.Operations[0].Name.Should().Be("Download\\u202E");
    }

    [Fact]
    public void A_line_longer_than_the_buffer_is_passed_over_and_the_next_is_read()
    {
        var reader = new LogReader(bufferBytes: 1024);
        var text = $"{new string('x', 5000)} | Memory: 1.0 MB\nDownload Started | Memory: 1.0 MB\n";

        reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "log", null, CancellationToken.None);

        var report = reader.Report();
        report.Lines.Should().Be(2);
        report.Operations.Should().ContainSingle();
        report.Notes.Should().ContainSingle(note => note.Kind == LogNoteKind.OverlongLines).Which.Count.Should().Be(1);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(1000)]
    [InlineData(4096)]
    public void Where_a_buffer_ends_changes_nothing(int step)
    {
        var text = Encoding.UTF8.GetBytes(LogForms.Serilog(LogForms.FileTemplate));
        var whole = Analyzed.Bytes(text);
        var reader = new LogReader();

        reader.Read(new SlowStream(text, step), "log0", null, CancellationToken.None);

        reader.Report().Should().BeEquivalentTo(whole, options => options.Excluding(report => report.Path.EndsWith("Assessment")));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_log_that_is_cut_off_anywhere_is_read_without_an_error_and_claims_no_more(string form)
    {
        var text = Encoding.UTF8.GetBytes(FormOf(form));

        for (var length = 0; length < text.Length; length += 31)
        {
            var report = Analyzed.Bytes(text[..length]);

            report.SpikeCount.Should().BeLessThanOrEqualTo(1);
            report.UncleanEndCount.Should().BeLessThanOrEqualTo(1);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_log_with_damaged_bytes_is_read_without_an_error(string form)
    {
        var random = new Random(7);
        var good = Encoding.UTF8.GetBytes(FormOf(form));
        for (var i = 0; i < 150; i++)
        {
            var bytes = (byte[])good.Clone();
            for (var changes = random.Next(1, 40); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(1, 256);

            Analyzed.Bytes(bytes).Lines.Should().BePositive();
        }
    }

    [Fact]
    public void Lines_made_of_the_words_of_the_library_in_any_order_are_read_without_an_error()
    {
        string[] words =
        [
            " | Memory: ", "1.0 MB", " Started", " Completed", " | ", "MEMORY SNAPSHOT", "├─ ", "└─ ", "RAM Usage: ", "System: ", "at most ", "%", "(", ")", ": ",
            "+", "-", "n/a", "Sessions: 3", "OVER MAXIMUM", " / ", "PREVIOUS RUN", "MW1;", "t=", "{", "}", "\"", "[", "]", "<6>", "<14>1 ", "2026-12-01T10:00:00Z",
            "10:00:00", "info: ", "MemoryWatch[3]", "stdout P ", "stdout F ", " freed ", " -> ", " in ", "38 ms", "Likely cause: ", "Finding: ", "📜", "⚠️ ", "OVER BUDGET",
            ", allocated ", ", memory ", " after ", "app[1]: ", "\u001b[31m", "Memory watch started", "Memory watch stopped", "999999999999999999999999", "\n", "\n",
        ];
        var random = new Random(11);
        for (var i = 0; i < 200; i++)
        {
            var text = new StringBuilder();
            for (var count = 0; count < 400; count++)
                text.Append(words[random.Next(words.Length)]);

            Analyzed.Text(text.ToString()).Lines.Should().BePositive();
        }
    }

    private static string FormOf(string form) => form switch
    {
        "json" => LogForms.SerilogJson(renders: true),
        "compact" => LogForms.SerilogCompact(isRendered: false),
        "one line" => LogForms.Serilog(LogForms.FileTemplate).Replace("\n├", " ├", StringComparison.Ordinal).Replace("\n└", " └", StringComparison.Ordinal),
        _ => LogForms.Serilog(LogForms.FileTemplate),
    };

    /// <summary>A stream that gives a few bytes at a time, as a pipe may.</summary>
    private sealed class SlowStream(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, step));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, step)]);
    }
}
