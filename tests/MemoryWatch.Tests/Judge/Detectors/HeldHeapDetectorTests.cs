using MemoryWatch.Judge;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Judge;

public class HeldHeapDetectorTests
{
    private readonly HeldHeapDetector _detector = new(new FakeTimeProvider());
    private int _collections;

    [Fact]
    public void Large_objects_that_grow_beside_much_held_memory_raise_one_alert_before_they_fail()
    {
        Collect(committed: 160, small: 128, large: 16, live: 140).Should().BeNull();

        var alert = Collect(committed: 177, small: 0, large: 38, live: 38).Should().BeOfType<HeldHeapAlert>().Subject;
        alert.HeldBytes.Should().Be(Bytes.Megabytes(139));
        alert.Describe().Should().Be(
            "⚠️ HEAP SPACE HELD: the GC holds 139.0 MB that large objects cannot use; 38.0 MB of its 200 MB limit are occupied");
        Collect(committed: 190, small: 0, large: 52, live: 52).Should().BeNull();
    }

    [Fact]
    public void Large_objects_are_seen_between_collections_by_the_memory_that_they_take()
    {
        Collect(committed: 139, small: 0, large: 0, live: 0, anonymous: 150).Should().BeNull();

        Show(committed: 139, small: 0, large: 0, live: 0, heap: 40, anonymous: 190).Should().BeOfType<HeldHeapAlert>();
    }

    [Fact]
    public void Small_objects_that_use_what_is_held_raise_nothing()
    {
        Collect(committed: 165, small: 66, large: 1, live: 66, anonymous: 170);

        Show(committed: 165, small: 66, large: 1, live: 66, heap: 140, anonymous: 171).Should().BeNull();
    }

    [Fact]
    public void Space_that_large_objects_have_left_is_theirs_again()
    {
        Collect(committed: 191, small: 0, large: 76, live: 76, largeBefore: 190).Should().BeNull();
        Collect(committed: 172, small: 0, large: 57, live: 57, largeBefore: 170).Should().BeNull();
        Collect(committed: 185, small: 0, large: 76, live: 76, largeBefore: 185).Should().BeNull();
    }

    [Fact]
    public void It_is_raised_again_only_after_the_memory_was_returned()
    {
        Collect(committed: 160, small: 128, large: 16, live: 140);
        Collect(committed: 177, small: 0, large: 38, live: 38).Should().NotBeNull();
        Collect(committed: 40, small: 0, large: 40, live: 40).Should().BeNull();
        Collect(committed: 170, small: 120, large: 40, live: 160).Should().BeNull();
        Collect(committed: 185, small: 0, large: 55, live: 55).Should().NotBeNull();
    }

    [Fact]
    public void Without_a_limit_that_the_gc_enforces_nothing_is_said()
    {
        Collect(committed: 160, small: 128, large: 16, live: 140, isEnforced: false);

        Collect(committed: 177, small: 0, large: 38, live: 38, isEnforced: false).Should().BeNull();
    }

    private MemoryAlert? Collect(
        double committed, double small, double large, double live, double? largeBefore = null, double anonymous = 0, bool isEnforced = true)
    {
        _collections++;
        return Show(committed, small, large, live, live, anonymous, largeBefore, isEnforced);
    }

    private MemoryAlert? Show(
        double committed, double small, double large, double live, double heap, double anonymous, double? largeBefore = null,
        bool isEnforced = true) => _detector.Inspect(
            new()
            {
                Process = new() { AnonymousBytes = Bytes.Megabytes(anonymous) },
                Managed = new()
                {
                    HeapBytes = Bytes.Megabytes(heap),
                    LiveBytes = Bytes.Megabytes(live),
                    CommittedBytes = Bytes.Megabytes(committed),
                    SmallObjectBytes = Bytes.Megabytes(small),
                    LargeObjectBytes = Bytes.Megabytes(large),
                    LargeObjectBytesBefore = Bytes.Megabytes(largeBefore ?? large),
                    HeapLimitBytes = Bytes.Megabytes(200),
                    IsHeapLimitEnforced = isEnforced,
                    Generation0Collections = _collections,
                },
            },
            JudgeSettingsOf.Defaults);
}
