using System.Globalization;
using System.Text;

namespace MemoryWatch.Tests.Judge.Leaks;

public sealed class MemoryTraceTests
{
    [Fact]
    public void Each_memory_column_has_a_verdict_and_other_columns_are_metrics()
    {
        var text = new StringBuilder("t_seconds,native_mb,heap_live_mb,Sessions\n");
        for (var t = 0; t < 3600; t++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{t},{40 + (t % 7 * 0.1)},{50 + (t / 60.0):0.000},{3 + (t / 300 % 2)}");
        }

        var report = MemoryTrace.Judge(new StringReader(text.ToString()), 512 << 20);

        report.Verdicts.Select(v => (v.Worst.Track, v.Worst.Verdict)).Should().Equal(
            (LeakTrack.Native, LeakVerdict.NotLeaking), (LeakTrack.Managed, LeakVerdict.Leaking));
        report.Verdicts[1].LeakingAt.Should().Be(report.Verdicts[1].WorstAt).And.BeGreaterThan(report.Verdicts[1].SuspectedAt!.Value);
        (report.RowCount, report.SkippedRowCount, report.Length).Should().Be((3600, 0, TimeSpan.FromSeconds(3599)));
    }

    [Fact]
    public void A_row_that_cannot_be_used_is_skipped_and_named()
    {
        var report = MemoryTrace.Judge(new StringReader("t_seconds,rss_mb,Sessions\n0,10,1\n1,abc,1\n2,10\n3,-5,1\n4,,1\n5,10,x\n\n6,10,1"));

        (report.RowCount, report.SkippedRowCount).Should().Be((7, 3));
        report.SkippedLines.Should().Equal(3, 4, 5);
    }

    [Theory]
    [InlineData("", "Line 1: the header is ''; *")]
    [InlineData("time,rss_mb\n", "Line 1: the header is 'time,rss_mb'; it must have*")]
    [InlineData("t_seconds,Sessions\n", "Line 1: *")]
    [InlineData("t_seconds,rss_mb,rss_mb\n", "Line 1: *")]
    [InlineData("t_seconds,rss_mb\n0,1\n,2", "Line 3: t_seconds is ''; it must be*")]
    [InlineData("t_seconds,rss_mb\n5,1\n4,2", "Line 3: t_seconds is '4'; it must be*")]
    [InlineData("t_seconds,rss_mb\nNaN,1", "Line 2: t_seconds is 'NaN'; it must be*")]
    [InlineData("t_seconds,rss_mb\n0,1\n1e300,2", "Line 3: t_seconds is '1e300'; it must be*at most 100000000000,*")]
    public void A_series_without_times_is_an_error_that_names_the_line(string text, string message) =>
        FluentActions.Invoking(() => MemoryTrace.Judge(new StringReader(text))).Should().Throw<FormatException>().WithMessage(message);

    [Fact]
    public void The_largest_times_and_amounts_are_judged()
    {
        var report = MemoryTrace.Judge(new StringReader("t_seconds,rss_mb\n-1e11,1\n0,1e308\n1e11,1e300"), limitBytes: 1);

        (report.RowCount, report.Length).Should().Be((3, TimeSpan.FromSeconds(2e11)));
    }

    [Fact]
    public void A_line_without_end_is_refused_before_it_fills_memory() =>
        FluentActions.Invoking(() => MemoryTrace.Judge(new EndlessLine())).Should().Throw<FormatException>().WithMessage("Line 1: *longer than*");

    [Fact]
    public void Equal_times_and_an_empty_series_are_no_error()
    {
        MemoryTrace.Judge(new StringReader("t_seconds,rss_mb\n1,10\n1,11\n")).RowCount.Should().Be(2);
        MemoryTrace.Judge(new StringReader("t_seconds,rss_mb\n")).Verdicts.Single().Worst.Verdict.Should().Be(LeakVerdict.Unknown);
    }

    [Fact]
    public void A_limit_must_be_positive() =>
        FluentActions.Invoking(() => MemoryTrace.Judge(new StringReader("t_seconds,rss_mb\n"), 0)).Should().Throw<ArgumentOutOfRangeException>();

    private sealed class EndlessLine : TextReader
    {
        public override int Read() => 'x';
    }
}
