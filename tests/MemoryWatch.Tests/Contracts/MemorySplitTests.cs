namespace MemoryWatch.Tests.Contracts;

public class MemorySplitTests
{
    [Theory]
    [InlineData(100L, 40L, 60L, 20L, 40L)] // the usual: native is what is left
    [InlineData(50L, 40L, 60L, 10L, 0L)] // committed but not resident
    [InlineData(30L, 40L, 60L, 0L, 0L)] // part of the heap in swap: nothing goes below 0
    [InlineData(100L, 60L, 40L, 0L, 40L)] // live exceeds committed as they are read at different times
    [InlineData(0L, 0L, 0L, 0L, 0L)]
    public void Overhead_and_native_follow_and_never_fall_below_zero(
        long anonymous, long live, long committed, long overhead, long native)
    {
        var split = Split(anonymous, live, committed);

        (split.ManagedLiveBytes, split.ManagedOverheadBytes, split.NativeBytes).Should().Be((live, overhead, native));
    }

    [Theory]
    [InlineData(null, 40L, 60L)]
    [InlineData(100L, null, 60L)]
    [InlineData(100L, 40L, null)]
    public void What_would_need_an_unknown_number_is_absent(long? anonymous, long? live, long? committed)
    {
        var split = Split(anonymous, live, committed);

        (split.ManagedOverheadBytes, split.NativeBytes).Should().Be((null, null));
        split.ManagedLiveBytes.Should().Be(live);
    }

    [Fact]
    public void Shared_and_file_backed_memory_are_taken_as_they_are()
    {
        var split = new MemorySnapshot { Process = new() { SharedBytes = 3, FileBackedBytes = 7 } }.Split;

        (split.SharedBytes, split.FileBackedBytes, split.ManagedLiveBytes).Should().Be((3, 7, null));
    }

    private static MemorySplit Split(long? anonymous, long? live, long? committed) => new MemorySnapshot
    {
        Process = new() { AnonymousBytes = anonymous },
        Managed = new() { LiveBytes = live, CommittedBytes = committed },
    }.Split;
}
