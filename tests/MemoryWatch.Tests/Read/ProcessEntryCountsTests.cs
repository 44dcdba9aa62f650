using MemoryWatch.Read;

namespace MemoryWatch.Tests.Read;

[Collection(RunsAlone.Name)]
public class ProcessEntryCountsTests
{
    private static bool IsLinux => OperatingSystem.IsLinux();

    [Fact]
    public void Counting_takes_every_entry_of_a_folder_but_the_dots()
    {
        using var machine = new FakeMachine();
        machine.With("/proc/self/task/1/comm", "a").With("/proc/self/task/2/comm", "b").With("/proc/self/fd/0", "");

        var counts = new ProcessEntryCounts(machine.Source);

        counts.ReadThreads().Should().Be(IsLinux ? 2 : null);
        counts.ReadOpenFiles().Should().Be(IsLinux ? 1 : null);
    }

    [Fact]
    public void A_process_that_is_gone_has_no_counts()
    {
        var counts = new ProcessEntryCounts(new LinuxSource { ProcessFolder = "/proc/0" });

        counts.ReadThreads().Should().BeNull();
        counts.ReadOpenFiles().Should().BeNull();
    }

    [Fact]
    public void An_opened_file_is_counted_by_either_way()
    {
        if (!IsLinux)
        {
            return;
        }

        foreach (var countsEntries in new[] { false, true })
        {
            var counts = new ProcessEntryCounts(new LinuxSource { CountsEntries = countsEntries });
            counts.ReadOpenFiles();

            // Others open and close files too: this one is seen as soon as a pair of counts was not disturbed.
            Eventually.IsTrue(() =>
            {
                var before = counts.ReadOpenFiles();
                using var file = File.OpenHandle("/proc/self/statm");
                return counts.ReadOpenFiles() == before + 1;
            });
        }
    }

    [Fact]
    public void Both_ways_agree_but_for_files_that_a_thread_waits_to_open()
    {
        if (!IsLinux)
        {
            return;
        }

        var quick = new ProcessEntryCounts(new LinuxSource());
        var counting = new ProcessEntryCounts(new LinuxSource { CountsEntries = true });

        Eventually.IsTrue(() => quick.ReadThreads() == counting.ReadThreads());
        Eventually.IsTrue(() => quick.ReadOpenFiles() - counting.ReadOpenFiles() is 0 or 1);
    }

    [Fact]
    public void A_started_thread_is_counted()
    {
        if (!IsLinux)
        {
            return;
        }

        var counts = new ProcessEntryCounts(new LinuxSource());
        Eventually.IsTrue(() =>
        {
            using var started = new ManualResetEventSlim();
            using var stop = new ManualResetEventSlim();
            var before = counts.ReadThreads();
            var thread = new Thread(() =>
            {
                started.Set();
                stop.Wait();
            });
            thread.Start();
            started.Wait();
            var during = counts.ReadThreads();
            stop.Set();
            thread.Join();
            return during == before + 1;
        });
    }
}
