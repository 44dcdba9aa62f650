using MemoryWatch.Read;
using static MemoryWatch.Tests.Read.CgroupFixtures;

namespace MemoryWatch.Tests.Read;

[Collection(RunsAlone.Name)]
public class LinuxReaderAllocationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Readings_of_this_machine_allocate_nothing(bool countsEntries)
    {
        using var reader = new LinuxReader(TimeProvider.System, new LinuxSource { CountsEntries = countsEntries });

        AllocatedBy100Readings(reader).Should().Be(0);
    }

    [Fact]
    public void Readings_allocate_nothing_on_v2_with_files_missing_either()
    {
        using var machine = new FakeMachine();
        machine.OnVersion2("/pod/app")
            .With("/proc/self/statm", "100 10 5 0 0 0 0\n")
            .WithVersion2Group($"{Version2}/pod/app", $"{512 * MB}", usage: 100 * MB)
            .WithVersion2Group($"{Version2}/pod", $"{512 * MB}", usage: 200 * MB);
        using var reader = machine.Reader();

        AllocatedBy100Readings(reader).Should().Be(0);
    }

    private static long AllocatedBy100Readings(LinuxReader reader)
    {
        // What a collection in the background finds out comes bit by bit, and is asked for as long; a blocking one waits for it.
        GC.Collect();
        ReadAll(reader);
        while (true)
        {
            var collections = GC.CollectionCount(0);
            var before = GC.GetAllocatedBytesForCurrentThread();
            ReadAll(reader);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            // Asking for the figures of a collection allocates; only a run without one shows the steady state.
            if (collections == GC.CollectionCount(0))
            {
                return allocated;
            }
        }
    }

    private static void ReadAll(LinuxReader reader)
    {
        for (var i = 0; i < 100; i++)
        {
            reader.Read();
            reader.ReadThreads();
            reader.ReadOpenFiles();
            reader.ReadResidentBytes();
        }
    }
}
