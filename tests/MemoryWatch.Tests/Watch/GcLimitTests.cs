using MemoryWatch.Act;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Watch;

/// <summary>What the watch does with the GC's limits; the GC is the test's own.</summary>
public sealed class GcLimitTests
{
    private readonly List<string> _calls = [];
    private string? _problem;
    private long? _stored;
    private long _limit = Bytes.Megabytes(384);

    [Fact]
    public void A_heap_limit_is_set_once_when_memory_is_elevated()
    {
        using var watch = Start();
        watch.Tick(100);
        _calls.Should().BeEmpty("native memory is not yet what it will be");
        watch.Tick(360);
        watch.Tick(100);
        watch.Tick(400, 120);

        // 512 MB, less 310 MB beside a heap of 50 MB, less 51.2 MB.
        _calls.Should().Equal("store 150", "refresh");
        watch.Log.Of(LogEvents.HeapLimitSet).Single().Text.Should().Be(
            "GC heap limit set to 150.8 MB (before: 384 MB): 512 MB, less 310.0 MB beside the heap (as used now), less a reserve. At that limit, allocations throw OutOfMemoryException");
    }

    [Fact]
    public void Or_after_a_minute()
    {
        using var watch = Start();
        watch.Tick(100, 59);
        _calls.Should().BeEmpty();
        watch.Tick(200);
        watch.Tick(200);

        _calls.Should().HaveCount(2);
    }

    [Fact]
    public void Or_at_the_start_if_the_previous_run_has_left_its_native_peak()
    {
        using var folder = new TempFolder();
        using (var first = Start(folder))
        {
            first.Reader.Reading = first.Reader.Reading with { Process = new() { AnonymousBytes = Bytes.Megabytes(230) } };
            first.Tick(250);
            first.Tick(250);
        }

        _calls.Clear();
        using var watch = Start(folder);
        watch.Tick(100);

        _calls.Should().HaveCount(2);
        watch.Log.Of(LogEvents.HeapLimitSet).Single().Text.Should().Contain("(with the native peak of the previous run)");
    }

    [Fact]
    public void What_the_runtime_refuses_is_taken_back_and_said()
    {
        _problem = "RefreshMemoryLimit failed with too low hard limit.";
        using var watch = Start();
        watch.Tick(100);
        watch.Tick(360);
        watch.Tick(360, 120);

        _calls.Should().Equal("store 150", "refresh", "store ", "store 189", "refresh", "store ");
        watch.Log.Of(LogEvents.HeapLimitNotSet).Single().Text.Should().Be(
            "GC heap limit not set: the runtime did not take 150.8 MB (InvalidOperationException: RefreshMemoryLimit failed with too low hard limit.)");
    }

    [Fact]
    public void A_heap_that_has_committed_too_much_gets_most_of_the_reserve()
    {
        using var watch = Start(gc: new(Store, RefuseBelow180, () => _stored ?? _limit));
        watch.Tick(100);
        watch.Tick(360);

        _calls.Should().Equal("store 150", "store ", "store 189");
        watch.Log.Of(LogEvents.HeapLimitSet).Single().Text.Should().StartWith("GC heap limit set to 189.2 MB (before: 384 MB): ");

        void RefuseBelow180()
        {
            if (_stored < Bytes.Megabytes(180))
            {
                throw new InvalidOperationException();
            }
        }
    }

    [Fact]
    public void A_runtime_that_ignores_it_is_found_out()
    {
        using var watch = Start(gc: new(Store, () => _calls.Add("refresh"), () => Bytes.Megabytes(384)));
        watch.Tick(100);
        watch.Tick(360);

        watch.Log.Of(LogEvents.HeapLimitNotSet).Single().Text.Should().EndWith("(the runtime ignores it)");
    }

    [Fact]
    public void By_default_the_heap_limit_is_left_alone()
    {
        using var watch = Start(isEnabled: false);
        watch.Tick(100);
        watch.Tick(450, 120);

        _calls.Should().BeEmpty();
        watch.Log.Of(LogEvents.HeapLimitNotSet).Should().BeEmpty();
    }

    [Fact]
    public void A_changed_container_limit_is_passed_on_once_for_each_change_and_governs_at_once()
    {
        using var watch = Start(isEnabled: false, isContainer: true);
        watch.Tick(100);
        watch.Tick(100);
        Limit(watch, 1024);
        watch.Tick(100);
        watch.Tick(100);
        _calls.Should().Equal("refresh");
        watch.Watch.Current.Usage.LimitBytes.Should().Be(Bytes.Megabytes(1024));

        Limit(watch, null);
        watch.Tick(100);
        Limit(watch, 1024);
        watch.Tick(100);
        _calls.Should().Equal("refresh");

        _problem = "RefreshMemoryLimit failed with too low hard limit.";
        Limit(watch, 256);
        watch.Tick(250);

        _calls.Should().Equal("refresh", "refresh");
        watch.Watch.Current.Zone.Should().Be(MemoryZone.Imminent);
        watch.Log.Of(LogEvents.ContainerLimitChanged).Select(line => line.Text).Should().Equal(
            "The container's memory limit changed from 512 MB to 1024 MB; the GC has read it. GC limit: 384 MB",
            "The container's memory limit changed from 1024 MB to 256 MB; the GC did not take it (InvalidOperationException: RefreshMemoryLimit failed with too low hard limit.). GC limit: 384 MB");
    }

    private static void Limit(WatchHarness watch, double? megabytes) => watch.Reader.Container = new()
    {
        Version = 2,
        LimitBytes = megabytes is { } known ? Bytes.Megabytes(known) : null,
        UsageBytes = Bytes.Megabytes(250),
        UsedBytes = megabytes == 256 ? Bytes.Megabytes(252) : Bytes.Megabytes(100),
    };

    private WatchHarness Start(TempFolder? folder = null, bool isEnabled = true, bool isContainer = false, GcLimit? gc = null)
    {
        var watch = new WatchHarness(
            o =>
            {
                o.HeapLimit.Enabled = isEnabled;
                o.EnableCollectionWhenHigh = false;
                o.BlackBox.Path = folder?.File("memory.blackbox");
                o.Limit = isContainer ? null : o.Limit;
            },
            gc: gc ?? new(Store, Refresh, () => _limit));
        watch.Reader.Managed = new()
        {
            HeapBytes = Bytes.Megabytes(45), LiveBytes = Bytes.Megabytes(40), CommittedBytes = Bytes.Megabytes(50), HeapLimitBytes = Bytes.Megabytes(384), IsHeapLimitEnforced = true,
        };
        if (isContainer)
        {
            Limit(watch, 512);
        }

        return watch;
    }

    private void Store(long? bytes)
    {
        _stored = bytes;
        _calls.Add($"store {bytes >> 20}");
    }

    private void Refresh()
    {
        _calls.Add("refresh");
        if (_problem is { } problem)
        {
            throw new InvalidOperationException(problem);
        }

        _limit = _stored ?? _limit;
    }
}
