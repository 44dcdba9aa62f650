using MemoryWatch.Judge;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge;

public sealed class HeapLimitJudgeTests
{
    private static readonly MemoryThreshold Reserve = MemoryThreshold.Relative(0.1);

    [Fact]
    public void The_heap_gets_what_is_left_beside_everything_else_and_the_reserve() =>
        HeapLimitJudge.Judge(Snapshot(), null, Reserve, isSetByUser: false)
            .Should().Be(new HeapLimitDecision(HeapLimitRefusal.None, Mb(512 - 150) - (512L << 20) / 10, Mb(150), Mb(384)) { MostBytes = Mb(512 - 150) - (512L << 20) / 10 / 4 });

    [Fact]
    public void The_native_peak_of_the_previous_run_counts_if_it_is_more()
    {
        // 120 MB of the 150 MB are native now; the rest is shared and files.
        HeapLimitJudge.Judge(Snapshot(), Mb(200), Reserve, isSetByUser: false).BesideBytes.Should().Be(Mb(230));
        HeapLimitJudge.Judge(Snapshot(), Mb(100), Reserve, isSetByUser: false).BesideBytes.Should().Be(Mb(150));
    }

    [Fact]
    public void What_the_user_has_set_stays() =>
        HeapLimitJudge.Judge(Snapshot(), null, Reserve, isSetByUser: true).Should().Be(new HeapLimitDecision(HeapLimitRefusal.SetByUser));

    [Theory]
    [InlineData(LimitSource.Machine)]
    [InlineData(LimitSource.Throttling)]
    [InlineData(LimitSource.None)]
    public void Only_a_limit_that_kills_this_container_counts(LimitSource source) =>
        HeapLimitJudge.Judge(Snapshot(source: source), null, Reserve, isSetByUser: false).Refusal.Should().Be(HeapLimitRefusal.NoLimit);

    [Fact]
    public void Without_a_number_there_is_no_limit() =>
        HeapLimitJudge.Judge(Snapshot(used: null), null, Reserve, isSetByUser: false).Refusal.Should().Be(HeapLimitRefusal.Unknown);

    [Fact]
    public void It_is_never_raised() =>
        HeapLimitJudge.Judge(Snapshot(own: 300), null, Reserve, isSetByUser: false).Refusal.Should().Be(HeapLimitRefusal.AlreadyLower);

    [Theory]
    [InlineData(460)]
    [InlineData(600)]
    public void A_heap_is_not_left_with_next_to_nothing(double peak) =>
        HeapLimitJudge.Judge(Snapshot(), Mb(peak), Reserve, isSetByUser: false).Refusal.Should().Be(HeapLimitRefusal.TooLittle);

    [Fact]
    public void A_heap_that_has_committed_more_is_not_limited_below_that() =>
        HeapLimitJudge.Judge(Snapshot(used: 505, committed: 330), null, Reserve, isSetByUser: false).Refusal.Should().Be(HeapLimitRefusal.TooLittle);

    [Fact]
    public void A_heap_that_has_grown_since_its_last_GC_is_not_taken_for_something_else() =>
        HeapLimitJudge.Judge(Snapshot(committed: 15), null, Reserve, isSetByUser: false).BesideBytes.Should().Be(Mb(200 - 45));

    [Fact]
    public void Before_the_first_GC_the_heap_counts_as_it_is() =>
        HeapLimitJudge.Judge(Snapshot(committed: null), null, Reserve, isSetByUser: false).BesideBytes.Should().Be(Mb(200 - 45));

    private static MemorySnapshot Snapshot(double? used = 200, double? committed = 50, double own = 384, LimitSource source = LimitSource.Container) => new()
    {
        Usage = new() { UsedBytes = used is { } u ? Mb(u) : null, LimitBytes = Mb(512), Source = source },
        Process = new() { ResidentBytes = Mb(200), AnonymousBytes = Mb(170) },
        Managed = new() { HeapBytes = Mb(45), LiveBytes = committed is null ? null : Mb(40), CommittedBytes = committed is { } c ? Mb(c) : null, HeapLimitBytes = Mb(own), IsHeapLimitEnforced = true },
    };

    private static long Mb(double megabytes) => Bytes.Megabytes(megabytes);
}
