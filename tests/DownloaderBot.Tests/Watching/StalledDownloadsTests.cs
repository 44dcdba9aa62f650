using DownloaderBot.Downloads;
using DownloaderBot.Sessions;
using DownloaderBot.Storage;
using DownloaderBot.Tests.Support;
using DownloaderBot.Watching;
using MemoryWatch;
using Microsoft.Extensions.Logging.Abstractions;

namespace DownloaderBot.Tests.Watching;

/// <summary>Two places for downloads, and a patience of seven minutes.</summary>
public sealed class StalledDownloadsTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _root = new();
    private readonly DownloadQueue _queue;
    private readonly AssetStore _store;
    private readonly StalledDownloadsDetector _detector;
    private readonly TransitMetrics _metrics;

    public StalledDownloadsTests()
    {
        var options = new BotOptions { MaxConcurrent = 2 };
        _queue = new(options);
        _store = new(options, new TestEnvironment(_root.Path), new Disk(), TimeProvider.System, NullLogger<AssetStore>.Instance);
        _detector = new(_queue, _store, options);
        _metrics = new(_store);
    }

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Downloads_that_move_no_byte_for_longer_than_they_wait_by_themselves_raise_one_alert()
    {
        Fill();
        _queue.Add(Job(3));

        Inspect(0, 5, 7).Should().BeEmpty();
        var alert = Inspect(8, 9, 60).Should().ContainSingle().Subject;

        alert.Describe().Should().Be("⚠️ DOWNLOADS STALLED: 2 running, 1 waiting, no byte for 8 min");
        (alert.Kind, alert.Severity).Should().Be(("downloads_stalled", AlertSeverity.Warning));
        ((CustomAlert)alert).Values.Should().Contain(new KeyValuePair<string, object?>("seconds", 480L));
    }

    [Fact]
    public async Task A_single_byte_is_progress_and_afterwards_it_counts_anew()
    {
        Fill();
        using var file = _store.Reserve("a.bin", 2);
        await using var stream = file.OpenWrite();

        Inspect(0, 6).Should().BeEmpty();
        await stream.WriteAsync(new byte[1]);
        Inspect(8, 9, 15).Should().BeEmpty();
        Inspect(17).Should().ContainSingle();
        await stream.WriteAsync(new byte[1]);
        Inspect(18, 19, 26, 27).Should().ContainSingle();
    }

    [Fact]
    public void A_free_place_is_no_reason_for_an_alert()
    {
        _queue.Add(Job(1));

        Inspect(0, 10, 100).Should().BeEmpty();
    }

    [Fact]
    public void The_files_in_transit_are_counted_with_the_space_that_is_kept_for_them()
    {
        using (_store.Reserve("a.bin", 3 << 20))
        using (_store.Reserve("b.bin", 2 << 20))
        {
            Read().Should().Be("Transit: 2 files | On disk: 5 MB");
        }

        Read().Should().Be("Transit: 0 files | On disk: 0 MB");
    }

    private static DownloadJob Job(long user) => new(user, isPremium: false, new PostLink("demo", 1));

    private void Fill()
    {
        _queue.Add(Job(1));
        _queue.Add(Job(2));
    }

    private List<MemoryAlert> Inspect(params int[] minutes) =>
        [.. minutes.Select(minute => _detector.Inspect(new() { Time = Start.AddMinutes(minute) })).OfType<MemoryAlert>()];

    private string Read()
    {
        var values = new long?[2];
        _metrics.Read(values);
        return new MetricValues([.. _metrics.Definitions.Zip(values, (definition, value) => new MetricValue(definition, value))]).ToString();
    }
}
