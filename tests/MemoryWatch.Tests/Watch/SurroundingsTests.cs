using MemoryWatch.Tell;
using MemoryWatch.Tests.Read;
using MemoryWatch.Tests.Support;
using MemoryWatch.Watch;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tests.Watch;

/// <summary>Who else is in the container, as a whole watch reads and shows it, and the folders that it was told to look at.</summary>
public sealed class SurroundingsTests : IDisposable
{
    private const string Line = "Others in this container: ffmpeg (pid 123) 210.4 MB, chromium (pid 130) 98.0 MB (resident); 1 more";

    private readonly WatchHarness _bench = new(options => options.Limit = null);
    private int _readings;

    public SurroundingsTests()
    {
        Use(100);
        _bench.Reader.Others = () =>
        {
            _readings++;
            return new(
                [new(123, "ffmpeg", Bytes.Megabytes(210.4)), new(130, "chromium", Bytes.Megabytes(98))], 3, true, _bench.Time.GetUtcNow());
        };
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void They_are_read_from_the_elevated_zone_on_every_10_s_and_when_the_zone_becomes_worse()
    {
        Tick(100);
        _readings.Should().Be(0);

        Tick(400);
        _readings.Should().Be(1);
        for (var i = 0; i < 9; i++)
        {
            Tick(400);
        }

        _readings.Should().Be(1);
        _bench.Watch.Current.ContainerProcesses!.Largest[0].Name.Should().Be("ffmpeg", "a recent reading is shown again");
        Tick(400);
        _readings.Should().Be(2);
        Tick(460);
        _readings.Should().Be(3);
        Tick(505);
        _readings.Should().Be(4);
        Tick(100);
        _readings.Should().Be(4);
        _bench.Watch.Current.ContainerProcesses.Should().NotBeNull();
        _bench.Tick(seconds: 10);
        _bench.Watch.Current.ContainerProcesses.Should().BeNull("they are no longer those of now");
    }

    [Fact]
    public void A_zone_alert_high_memory_and_last_words_name_them()
    {
        Tick(360);
        var elevated = _bench.Log.Of(LogEvents.Zone).Single();
        elevated.Level.Should().Be(LogLevel.Information);
        elevated.Text.Split('\n').Should().Contain(Line);
        elevated.State.Should().Contain("other_processes", 3).And.Contain("largest_other_process", "ffmpeg")
            .And.Contain("largest_other_process_id", 123).And.Contain("largest_other_process_bytes", Bytes.Megabytes(210.4));

        Tick(420);
        _bench.Log.Of(LogEvents.HighMemory).Single().Text.Should().Contain(Line);
        Tick(505);
        _bench.Log.Of(LogEvents.Zone).Last().Text.Should().Contain(Line);
        _bench.Log.Of(LogEvents.LastWords).Single().Text.Should().Contain(Line);
    }

    [Fact]
    public void If_nobody_else_is_there_nothing_is_read_and_no_line_is_written()
    {
        _bench.Reader.Container = Container(400) with { OtherProcesses = 0 };
        Tick(null);

        _readings.Should().Be(0);
        _bench.Watch.Current.ContainerProcesses.Should().Match<ContainerProcesses>(o => o.Count == 0 && o.IsComplete);
        _bench.Log.Lines.Should().NotContain(line => line.Text.Contains("Others in this container"));
    }

    [Fact]
    public void Small_ones_are_known_and_not_worth_a_line()
    {
        _bench.Reader.Others = () => new([new(7, "sh", Bytes.Megabytes(3))], 1, true, _bench.Time.GetUtcNow());

        Tick(505);

        _bench.Watch.Current.ContainerProcesses!.Largest.Should().ContainSingle();
        _bench.Log.Lines.Should().NotContain(line => line.Text.Contains("Others in this container"));
    }

    [Fact]
    public void One_that_is_too_small_to_name_is_counted()
    {
        _bench.Reader.Others = () => new([new(7, "node", Bytes.Megabytes(90)), new(1, "sh", Bytes.Megabytes(3))], 2, true, _bench.Time.GetUtcNow());

        Tick(400);

        _bench.Log.Of(LogEvents.Zone).Single().Text.Should().Contain("Others in this container: node (pid 7) 90.0 MB (resident); 1 more");
    }

    [Fact]
    public void If_not_all_could_be_read_the_line_says_at_least()
    {
        _bench.Reader.Others = () => new([new(7, "node", Bytes.Megabytes(90))], 700, false, _bench.Time.GetUtcNow());

        Tick(400);

        _bench.Log.Of(LogEvents.Zone).Single().Text.Should().Contain("Others in this container: at least node (pid 7) 90.0 MB (resident); 699 more");
    }

    [Fact]
    public void What_cannot_be_read_is_not_tried_at_each_tick()
    {
        _bench.Reader.Others = () => { _readings++; return null; };

        for (var i = 0; i < 10; i++)
        {
            Tick(400);
        }

        _readings.Should().Be(1);
    }

    [Fact]
    public void Without_a_limit_of_the_container_they_are_those_of_the_machine_and_not_read()
    {
        using var bench = new WatchHarness();
        bench.Reader.Others = () => throw new InvalidOperationException("It must not be read.");

        bench.Tick(505);

        bench.Watch.Current.Zone.Should().Be(MemoryZone.Imminent);
        bench.Watch.Current.ContainerProcesses.Should().BeNull();
    }

    [Fact]
    public void The_native_heap_is_in_the_snapshots_after_it_was_read()
    {
        _bench.Reader.NativeHeap = () => new(9, Bytes.Megabytes(80), Bytes.Megabytes(30), _bench.Time.GetUtcNow());
        UseProcess(90);
        Tick(100);

        _bench.TickUntil(() => _bench.Watch.Current.NativeHeap is { ArenaCount: 9 });
    }

    [Fact]
    public void A_watched_folder_in_memory_is_a_warning_with_what_is_in_it()
    {
        Start(new WatchedFolder("/downloads", "tmpfs", true, Bytes.Megabytes(12.3))).Should().Be(
            (LogLevel.Warning, "Watched folder /downloads is on tmpfs: each file there counts as memory (all files on it take 12.3 MB now)"));
    }

    [Theory]
    [InlineData("ext4", false, FolderProblem.None, LogLevel.Information, "is on ext4: files there do not count as memory")]
    [InlineData("overlay", null, FolderProblem.None, LogLevel.Information, "is on overlay: whether files there count as memory cannot be seen from inside")]
    [InlineData("tmpfs", true, FolderProblem.Missing, LogLevel.Warning, "does not exist yet, and would be created on tmpfs: each file there counts as memory")]
    [InlineData(null, null, FolderProblem.Missing, LogLevel.Information, "does not exist, and where it would be created is unknown")]
    [InlineData(null, null, FolderProblem.LinkLoop, LogLevel.Warning, "cannot be checked: its symbolic links lead in a circle")]
    [InlineData(null, null, FolderProblem.NotPermitted, LogLevel.Warning, "cannot be checked: this process may not enter a folder on the way to it")]
    [InlineData(null, null, FolderProblem.NotAFolder, LogLevel.Warning, "is not a folder")]
    [InlineData(null, null, FolderProblem.Unreadable, LogLevel.Warning, "cannot be checked: the system does not report where it is stored")]
    public void Any_other_folder_has_a_line_that_says_what_is_known(
        string? type, bool? isMemory, FolderProblem problem, LogLevel level, string text) =>
        Start(new WatchedFolder("/x", type, isMemory, null, problem)).Should().Be((level, $"Watched folder /x {text}"));

    [Fact]
    public void Growth_outside_of_this_process_is_a_reason_to_look_in_any_zone()
    {
        UseProcess(50);
        Tick(60);
        Tick(100);
        UseProcess(140);
        _bench.Reader.ResidentMegabytes = 190;

        Tick(340);

        _bench.Watch.Current.Zone.Should().Be(MemoryZone.Healthy);

        _bench.Log.Of(LogEvents.Spike).Last().Text.Should().Contain("rest of container +150.0 MB").And.Contain(Line);
    }

    [Fact]
    public void A_path_may_come_from_the_services()
    {
        using var bench = new WatchHarness(plug: builder => builder.WatchFolder(services => $"/{services.GetService(typeof(string)) ?? "none"}"));
        bench.Reader.Folder = path => new(path, "ext4", false, null);

        bench.Tick();

        bench.Watch.WatchedFolders.Single().Path.Should().Be("/none");
    }

    [Fact]
    public void A_folder_on_a_disk_that_hangs_does_not_hold_up_the_start()
    {
        using var gate = new ManualResetEventSlim();
        var reader = new FakeReader { Folder = path => gate.Wait(TimeSpan.FromSeconds(20)) ? new(path, "nfs4", false, null) : null };
        var inspection = new FolderInspection(reader, _bench.Log, patience: TimeSpan.FromMilliseconds(1));

        inspection.Start(["/mnt"]);

        inspection.Found.Should().BeEmpty();
        gate.Set();
        Eventually.IsTrue(() => inspection.Found.Count == 1);
    }

    private static (LogLevel Level, string Text) Start(WatchedFolder folder)
    {
        using var bench = new WatchHarness(plug: builder => builder.WatchFolder("/x"));
        bench.Reader.Folder = _ => folder;
        bench.Tick();
        bench.Watch.WatchedFolders.Should().Equal(folder);
        var line = bench.Log.Of(LogEvents.WatchedFolder).Single();
        return (line.Level, line.Text);
    }

    private static ContainerReading Container(double used) => new()
    {
        LimitBytes = Bytes.Megabytes(512),
        UsageBytes = Bytes.Megabytes(used),
        UsedBytes = Bytes.Megabytes(used),
        OtherProcesses = 3,
    };

    private void UseProcess(double anonymous) => _bench.Reader.Reading = _bench.Reader.Reading with
    {
        Process = new() { AnonymousBytes = Bytes.Megabytes(anonymous), SharedBytes = 0, FileBackedBytes = 0 },
        Managed = new() { LiveBytes = Bytes.Megabytes(10), CommittedBytes = Bytes.Megabytes(20), HeapBytes = Bytes.Megabytes(12) },
    };

    private void Use(double megabytes) => _bench.Reader.Container = Container(megabytes);

    private void Tick(double? used)
    {
        if (used is { } megabytes)
        {
            Use(megabytes);
        }

        _bench.Tick();
    }
}
