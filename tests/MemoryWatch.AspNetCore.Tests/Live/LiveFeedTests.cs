using System.Text;
using MemoryWatch.AspNetCore.Page;
using MemoryWatch.AspNetCore.Page.Live;
using MemoryWatch.AspNetCore.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.AspNetCore.Tests.Live;

/// <summary>One producer for all viewers, none of whom can delay another.</summary>
[Collection(Alone.Name)]
public sealed class LiveFeedTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(Demo.Now);
    private readonly CountingSource _source = new();
    private readonly LiveFeed _feed;

    public LiveFeedTests() => _feed = new(_source, _time);

    public void Dispose() => _feed.Dispose();

    [Fact]
    public void Each_second_is_made_once_whoever_looks()
    {
        var viewers = Enumerable.Range(0, LiveFeed.MostViewers).Select(_ => _feed.Join()!).ToArray();

        _time.Advance(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));

        _source.Made.Should().Be(2);
        viewers.Should().AllSatisfy(viewer => Read(viewer).Should().Equal("now", "next 1", "next 2"));
    }

    [Fact]
    public void Nothing_runs_and_nothing_is_kept_while_nobody_looks()
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        _source.Made.Should().Be(0);

        var (first, second) = (_feed.Join()!, _feed.Join()!);
        _feed.Leave(first);
        _feed.IsRunning.Should().BeTrue();
        _feed.Leave(second);
        _time.Advance(TimeSpan.FromMinutes(1));

        _feed.IsRunning.Should().BeFalse();
        _source.Made.Should().Be(0);
        _source.Forgotten.Should().Be(1);
    }

    [Fact]
    public void There_are_at_most_100_viewers_and_one_who_leaves_makes_room()
    {
        var viewers = Enumerable.Range(0, LiveFeed.MostViewers).Select(_ => _feed.Join()!).ToArray();

        _feed.Join().Should().BeNull();
        _feed.Leave(viewers[50]);
        _feed.Join().Should().NotBeNull();
    }

    [Fact]
    public void A_viewer_who_takes_nothing_is_dropped_and_the_others_miss_nothing()
    {
        var (stuck, quick) = (_feed.Join()!, _feed.Join()!);
        var read = new List<string>(Read(quick));
        for (var i = 0; i < 20; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            read.AddRange(Read(quick));
        }

        Wait.Until(() => stuck.Dropped.IsCancellationRequested, "it is dropped, even in the middle of a write");
        quick.Dropped.IsCancellationRequested.Should().BeFalse();
        read.Should().HaveCount(21);
    }

    [Fact]
    public void Ten_thousand_who_come_and_go_leave_nothing()
    {
        for (var i = 0; i < 10_000; i++)
        {
            _feed.Leave(_feed.Join()!);
        }

        _feed.Count.Should().Be(0);
        _feed.IsRunning.Should().BeFalse();
    }

    [Fact]
    public void The_end_of_the_application_ends_all_streams_and_lets_nobody_in()
    {
        var viewer = _feed.Join()!;

        _feed.Dispose();

        Read(viewer).Should().Equal("now");
        viewer.Events.Completion.IsCompleted.Should().BeTrue();
        _feed.Join().Should().BeNull();
        _feed.IsRunning.Should().BeFalse();
    }

    [Fact]
    public void A_fault_in_making_an_event_costs_that_event_only()
    {
        var viewer = _feed.Join()!;
        _source.Failure = new InvalidOperationException("broken");
        _time.Advance(TimeSpan.FromSeconds(1));
        _source.Failure = null;
        _time.Advance(TimeSpan.FromSeconds(1));

        Read(viewer).Should().Equal("now", "next 1");
    }

    [Fact]
    public void What_has_not_changed_is_not_sent_again()
    {
        var watch = Demo.Watch();
        var source = new LiveSource(new PageData(watch, showContext: true, _time));

        Names(source.Now()).Should().Equal("tick", "state");
        Names(source.Next()).Should().Equal("tick", "state");
        Names(source.Next()).Should().Equal("tick");
        watch.InFlight = [];
        Names(source.Next()).Should().Equal("tick", "state");
        Names(source.Next()).Should().Equal("tick");
    }

    [Fact]
    public void A_day_of_looking_leaves_nothing()
    {
        var watch = new StubWatch { Current = Demo.Snapshot(200) };
        using var feed = new LiveFeed(new LiveSource(new PageData(watch, showContext: true, _time)), _time);
        var viewer = feed.Join()!;
        Look(1000);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        Look(24 * 60 * 60);

        (GC.GetTotalMemory(forceFullCollection: true) - before).Should().BeLessThan(256 << 10);
        viewer.Dropped.IsCancellationRequested.Should().BeFalse();

        void Look(int seconds)
        {
            for (var i = 0; i < seconds; i++)
            {
                watch.Current = Demo.Snapshot(200 + (i % 50), time: _time.GetUtcNow());
                _time.Advance(TimeSpan.FromSeconds(1));
                while (viewer.Events.TryRead(out _))
                {
                }
            }
        }
    }

    private static IEnumerable<string> Names(ReadOnlyMemory<byte> events) =>
        Encoding.UTF8.GetString(events.Span).Split('\n').Where(l => l.StartsWith("event: ", StringComparison.Ordinal)).Select(l => l["event: ".Length..]);

    private static string[] Read(Viewer viewer)
    {
        var read = new List<string>();
        while (viewer.Events.TryRead(out var data))
        {
            read.Add(Encoding.UTF8.GetString(data.Span));
        }

        return [.. read];
    }

    private sealed class CountingSource : ILiveSource
    {
        public int Made { get; private set; }

        public int Forgotten { get; private set; }

        public Exception? Failure { get; set; }

        public ReadOnlyMemory<byte> Now() => "now"u8.ToArray();

        public ReadOnlyMemory<byte> Next() => Failure is null ? Encoding.UTF8.GetBytes($"next {++Made}") : throw Failure;

        public void Forget() => Forgotten++;
    }
}
