using MemoryWatch.Act;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Act;

/// <summary>How much of the time forced GCs may take.</summary>
public sealed class CollectionBudgetTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    [InlineData(30)]
    public void Whatever_a_GC_takes_no_hour_has_more_than_one_percent_of_them(double seconds)
    {
        var budget = new CollectionBudget(_time);
        var starts = new List<DateTimeOffset>();
        var duration = TimeSpan.FromSeconds(seconds);

        for (var end = _time.GetUtcNow() + TimeSpan.FromHours(4); _time.GetUtcNow() < end; _time.Advance(TimeSpan.FromSeconds(1)))
        {
            if (budget.Allows())
            {
                starts.Add(_time.GetUtcNow());
                _time.Advance(duration);
                budget.Spend(duration);
            }
        }

        starts.Should().HaveCountGreaterThan(1);
        foreach (var start in starts)
        {
            var inHour = starts.Count(other => other >= start && other < start + TimeSpan.FromHours(1));
            (inHour * seconds).Should().BeLessOrEqualTo(36);
        }
    }

    [Fact]
    public void The_first_ones_of_a_fast_rise_need_not_wait_for_each_other()
    {
        var budget = new CollectionBudget(_time);

        for (var i = 0; i < 3; i++)
        {
            budget.Allows().Should().BeTrue();
            budget.Spend(TimeSpan.FromSeconds(2));
        }
    }
}
