using MemoryWatch.AspNetCore;
using MemoryWatch.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace MemoryWatch.Tests.AspNetCore;

/// <summary>The middleware by itself.</summary>
public sealed class RequestTrackerTests
{
    private readonly DefaultHttpContext _context = new();

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.5, 350, 650)]
    [InlineData(1, 1000, 1000)]
    public async Task Sampling_takes_its_part_of_the_requests(double ratio, int least, int most)
    {
        using var harness = new WatchHarness();
        var tracker = Tracker(harness.Watch, new() { SampleRatio = ratio });
        for (var i = 0; i < 1000; i++)
        {
            await tracker.InvokeAsync(_context);
        }

        harness.Watch.TotalsByName.Sum(t => t.Count).Should().BeInRange(least, most);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_ratio_is_from_0_to_1(double ratio) =>
        new RequestTrackingOptions().Invoking(o => o.SampleRatio = ratio).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void While_the_watch_is_switched_off_a_request_costs_nothing()
    {
        using var harness = new WatchHarness(o => o.Enabled = false);
        var asked = 0;
        var tracker = Tracker(harness.Watch, new() { Filter = _ => ++asked > 0 });

        SpinWait.SpinUntil(() => AllocatedInRequests() == 0, TimeSpan.FromSeconds(20)).Should().BeTrue();
        asked.Should().Be(0);

        long AllocatedInRequests()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                _ = tracker.InvokeAsync(_context);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public async Task After_the_watch_has_stopped_requests_go_on()
    {
        using var harness = new WatchHarness();
        var tracker = Tracker(harness.Watch, new());
        harness.Watch.Dispose();

        await tracker.InvokeAsync(_context);

        harness.Watch.TotalsByName.Should().BeEmpty();
    }

    private static RequestTracker Tracker(IMemoryWatch watch, RequestTrackingOptions options) =>
        new(static _ => Task.CompletedTask, watch, options, new LogCapture());
}
