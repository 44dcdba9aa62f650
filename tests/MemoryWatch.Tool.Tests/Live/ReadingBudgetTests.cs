using MemoryWatch.Tool.Live;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tool.Tests.Live;

public sealed class ReadingBudgetTests
{
    [Theory]
    [InlineData(0.01, 10)]
    [InlineData(0.5, 50)]
    public void What_takes_long_is_read_so_seldom_that_it_takes_1_percent_of_the_time(double takes, double rest)
    {
        var time = new FakeTimeProvider();
        var budget = new ReadingBudget(time, TimeSpan.FromSeconds(10));
        budget.IsDue.Should().BeTrue();
        budget.Run(() =>
        {
            time.Advance(TimeSpan.FromSeconds(takes));
            return 0;
        });

        time.Advance(TimeSpan.FromSeconds(rest - 0.1));
        budget.IsDue.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(0.1));
        budget.IsDue.Should().BeTrue();
    }
}
