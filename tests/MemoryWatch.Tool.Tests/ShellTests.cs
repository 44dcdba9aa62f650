using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tool.Tests;

public sealed class ShellTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void What_takes_less_than_a_second_shows_no_progress()
    {
        using var writer = new StringWriter();

        using (var progress = new ProgressLine(writer, _time, "Reading", 100))
        {
            _time.Advance(TimeSpan.FromSeconds(0.9));
            progress.Report(50);
        }

        writer.ToString().Should().BeEmpty();
    }

    [Fact]
    public void What_takes_longer_shows_how_far_it_is_and_leaves_nothing_behind()
    {
        using var writer = new StringWriter();

        using (var progress = new ProgressLine(writer, _time, "Reading", 100))
        {
            _time.Advance(TimeSpan.FromSeconds(1.5));
            progress.Report(50);
            progress.Report(51);
        }

        writer.ToString().Should().Be("\rReading: 50 %\r             \r");
    }

    [Fact]
    public void What_is_no_terminal_gets_no_progress()
    {
        using var progress = new ProgressLine(null, _time, "Reading", 100);
        _time.Advance(TimeSpan.FromMinutes(1));

        progress.Invoking(p => p.Report(50)).Should().NotThrow();
    }

    [Theory]
    [InlineData("short", "short")]
    [InlineData("├─ A branch that is longer than its line", "├─ A branch that is|│  longer than its|│  line")]
    [InlineData("└─ A last branch, too long for it", "└─ A last branch,|   too long for it")]
    [InlineData("No_space_in_a_line_that_is_too_long", "No_space_in_a_line_that_is_too_long")]
    public void A_long_line_is_wrapped_within_its_branch(string line, string wrapped) =>
        string.Join('|', TreeLines.Wrap(line, 20)).Should().Be(wrapped);
}
