using System.Text;
using MemoryWatch.Read;
using static MemoryWatch.Tests.Read.CgroupFixtures;

namespace MemoryWatch.Tests.Read;

public sealed class LinuxReaderTests : IDisposable
{
    private const string Status =
        """
        Name:	dotnet
        State:	S (sleeping)
        VmPeak:	  274001232 kB
        VmSize:	  273965012 kB
        VmRSS:	   79052 kB
        RssAnon:	   30260 kB
        RssFile:	   48700 kB
        RssShmem:	      92 kB
        VmSwap:	     128 kB
        Threads:	17

        """;

    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Resident_memory_is_the_second_number_of_statm_in_pages()
    {
        _machine.With("/proc/self/statm", "68491253 19763 12198 18 0 113127 0\n");
        using var reader = _machine.Reader();

        reader.ReadResidentBytes().Should().Be(19763 * 4096);
        reader.Read().Process.Should().Match<ProcessReading>(p => p.ResidentBytes == 19763 * 4096 && p.VirtualBytes == 68491253L * 4096);
    }

    [Fact]
    public void The_size_of_a_page_is_the_systems()
    {
        _machine.With("/proc/self/statm", "100 10 5 0 0 0 0\n");
        using var reader = new LinuxReader(TimeProvider.System, _machine.Source with { PageSize = 65536 });

        reader.ReadResidentBytes().Should().Be(655360);
    }

    [Fact]
    public void The_split_of_resident_memory_is_read_from_status()
    {
        _machine.With("/proc/self/statm", "68491253 19763 12198 18 0 113127 0\n").With("/proc/self/status", Status);

        var process = Read().Process;

        process.AnonymousBytes.Should().Be(30260 * 1024);
        process.FileBackedBytes.Should().Be(48700 * 1024);
        process.SharedBytes.Should().Be(92 * 1024);
        process.SwappedBytes.Should().Be(128 * 1024);
    }

    [Fact]
    public void On_an_old_kernel_anonymous_memory_is_what_statm_does_not_share()
    {
        _machine.With("/proc/self/statm", "1000 300 120 18 0 113 0\n").With("/proc/self/status", "VmSize:\t4000 kB\n");

        var process = Read().Process;

        process.AnonymousBytes.Should().Be(180 * 4096);
        process.FileBackedBytes.Should().BeNull();
        process.SwappedBytes.Should().BeNull();
    }

    [Fact]
    public void The_machine_is_read_from_meminfo_and_vmstat()
    {
        var longList = string.Concat(Enumerable.Range(0, 500).Select(i => $"nr_of_something_{i} {i}\n"));
        _machine.With("/proc/meminfo", "MemTotal:       24684096 kB\nMemFree:        24314580 kB\nMemAvailable:   24365360 kB\n")
            .With("/proc/vmstat", $"{longList}oom_kill 5\nnr_unstable 0\n");

        var machine = Read().Machine;

        machine.TotalBytes.Should().Be(24684096L * 1024);
        machine.AvailableBytes.Should().Be(24365360L * 1024);
        machine.OomKills.Should().Be(5);
    }

    [Theory]
    [InlineData("MemFree: 100 kB\nBuffers: 20 kB\nCached: 300 kB\nSReclaimable: 40 kB\nShmem: 50 kB\n", 410)]
    [InlineData("MemFree: 100 kB\nMemAvailable: -5 kB\n", 100)]
    [InlineData("MemFree: 100 kB\nMemAvailable: 99999999 kB\nCached: 99999999 kB\n", 1048576)]
    [InlineData("MemFree: 100 kB\nShmem: 5000 kB\n", 0)]
    [InlineData("MemFree: 0 kB\nMemAvailable: 1048576 kB\n", 1048576)]
    public void What_is_available_is_added_up_where_the_kernel_does_not_tell(string rest, long available)
    {
        _machine.With("/proc/meminfo", $"MemTotal: 1048576 kB\n{rest}");

        Read().Machine.Should().Match<MachineReading>(m => m.TotalBytes == 1024 * MB && m.AvailableBytes == available * 1024);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MemTotal: 0 kB\nMemAvailable: 100 kB\n")]
    [InlineData("MemTotal: 4 kB\nMemAvailable: 4 kB\n")]
    [InlineData("MemTotal: 9007199254740991 kB\nMemAvailable: 4 kB\n")]
    [InlineData("MemTotal: -4 kB\n")]
    public void Without_a_plausible_total_the_runtime_knows_the_machine(string memInfo)
    {
        GC.Collect();
        _machine.With("/proc/meminfo", memInfo);

        var reading = Read();

        var known = reading.Managed.IsHeapLimitEnforced ? null : reading.Managed.HeapLimitBytes;
        reading.Machine.TotalBytes.Should().Be(known);
        reading.Gaps.Should().HaveFlag(ReadingGaps.MachineTotal);
    }

    [Theory]
    [InlineData("68000 0 0 0 0 0 0")]
    [InlineData("68000 524288 100 0 0 0 0")]
    [InlineData("68000 18446744073709551615 100 0 0 0 0")]
    public void Resident_memory_above_the_machine_or_of_nothing_is_unknown(string statm)
    {
        _machine.With("/proc/meminfo", "MemTotal: 1048576 kB\nMemAvailable: 4 kB\n").With("/proc/self/statm", $"{statm}\n");
        using var reader = _machine.Reader();

        reader.Read().Should().Match<MemoryReading>(r => r.Process.ResidentBytes == null && r.Gaps.HasFlag(ReadingGaps.ResidentMemory));
        reader.ReadResidentBytes().Should().BeNull("quick readings are judged alike");

        _machine.With("/proc/self/status", Status);
        reader.Read().Process.ResidentBytes.Should().Be(79052 * 1024, "status has it too");
    }

    [Fact]
    public void Mapped_files_may_come_on_top_of_a_machine_that_is_the_containers_limit()
    {
        _machine.With("/proc/meminfo", "MemTotal: 204800 kB\nMemAvailable: 4 kB\n").With("/proc/self/statm", "90000 64000 20000 0 0 0 0\n");

        Read().Process.ResidentBytes.Should().Be(250 * MB);
    }

    [Fact]
    public void On_an_empty_machine_all_but_the_heap_is_absent()
    {
        using var reader = _machine.Reader();

        var reading = reader.Read();

        reading.Process.Should().Be(default(ProcessReading));
        reading.Container.Should().Be(default(ContainerReading));
        reading.Machine.OomKills.Should().BeNull();
        reading.Managed.HeapBytes.Should().BePositive();
        reader.ReadResidentBytes().Should().BeNull();
        reader.ReadThreads().Should().BeNull();
        reader.ReadOpenFiles().Should().BeNull();
    }

    [Fact]
    public void A_quick_reading_works_again_once_a_full_one_has_found_its_file()
    {
        using var reader = _machine.Reader();
        reader.ReadResidentBytes().Should().BeNull();

        _machine.With("/proc/self/statm", "100 10 5 0 0 0 0\n");
        reader.Read();

        reader.ReadResidentBytes().Should().Be(40960);
    }

    [Fact]
    public void A_disposed_reader_reads_nothing_and_does_not_throw()
    {
        _machine.With("/proc/self/statm", "100 10 5 0 0 0 0\n").OnVersion2("/").WithVersion2Group(Version2, "1", 1);
        var reader = _machine.Reader();
        reader.Read();
        reader.Dispose();

        reader.ReadResidentBytes().Should().BeNull();
        reader.Read().Process.ResidentBytes.Should().BeNull();
        reader.Read().Container.Should().Be(default(ContainerReading));
    }

    [Fact]
    public void Quick_readings_of_many_threads_outlive_the_reader()
    {
        _machine.With("/proc/self/statm", "100 10 5 0 0 0 0\n");
        var reader = _machine.Reader();
        using var underWay = new CountdownEvent(4);
        using var disposed = new ManualResetEventSlim();
        var threads = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(ReadUntilDisposed, TaskCreationOptions.LongRunning)).ToArray();
        underWay.Wait();
        reader.Dispose();
        disposed.Set();

        threads.Should().OnlyContain(thread => thread.Result);

        bool ReadUntilDisposed()
        {
            var isTrue = reader.ReadResidentBytes() == 40960;
            underWay.Signal();
            while (!disposed.IsSet)
            {
                isTrue &= reader.ReadResidentBytes() is null or 40960;
            }

            return isTrue && reader.ReadResidentBytes() is null;
        }
    }

    [Fact]
    public void Content_cut_at_any_byte_gives_the_true_number_or_none()
    {
        const string Statm = "68491253 19763 12198 18 0 113127 0\n";
        _machine.OnVersion1("/app").WithVersion1Group($"{Version1}/app", 512 * MB, 400 * MB, 33 * MB, 22 * MB, 512 * MB, 3 * MB, 12);
        var stat = File.ReadAllText(_machine.Source.Resolve($"{Version1}/app/memory.stat"));
        using var reader = _machine.With("/proc/self/statm", Statm).With("/proc/self/status", Status).Reader();
        var whole = reader.Read();
        for (var length = 0; length < Math.Max(stat.Length, Status.Length); length++)
        {
            _machine.With("/proc/self/statm", Cut(Statm, length))
                .With("/proc/self/status", Cut(Status, length))
                .With($"{Version1}/app/memory.stat", Cut(stat, length))
                .With($"{Version1}/app/memory.limit_in_bytes", Cut($"{512 * MB}\n", length))
                .With($"{Version1}/app/memory.usage_in_bytes", Cut($"{400 * MB}\n", length));

            var cut = reader.Read();

            AbsentOr(whole.Process.ResidentBytes, cut.Process.ResidentBytes);
            AbsentOr(whole.Process.SwappedBytes, cut.Process.SwappedBytes);
            AbsentOr(512 * MB, cut.Container.LimitBytes);
            AbsentOr(400 * MB, cut.Container.UsageBytes);
            AbsentOr(cut.Container.UsedPrecision switch
            {
                UsagePrecision.Exact => 345 * MB,
                UsagePrecision.AtMost => 400 * MB,
                _ => whole.Process.ResidentBytes,
            }, cut.Container.UsedBytes);
            AbsentOr(3 * MB, cut.Container.SwapUsedBytes);
        }
    }

    [Fact]
    public void Random_bytes_in_every_file_never_throw_and_never_go_negative()
    {
        string[] files =
        [
            "/proc/self/statm", "/proc/self/status", "/proc/meminfo", "/proc/vmstat", $"{Version2}/app/memory.max",
            $"{Version2}/app/memory.current", $"{Version2}/app/memory.stat", $"{Version2}/app/memory.events",
            $"{Version2}/app/memory.pressure", $"{Version2}/app/memory.high", $"{Version2}/app/memory.swap.current",
        ];
        var random = new Random(7);
        var known = Encoding.ASCII.GetBytes("\nRssAnon: kB\noom_kill \ninactive_file \nactive_file 99999999999999999999\nsome avg10=9e999 ");
        using var reader = _machine.OnVersion2("/app").WithVersion2Group($"{Version2}/app").Reader();
        for (var round = 0; round < 200; round++)
        {
            foreach (var file in files)
            {
                var junk = new byte[random.Next(20_000)];
                random.NextBytes(junk);
                known.AsSpan(0, Math.Min(known.Length, junk.Length)).CopyTo(junk);
                _machine.With(file, random.Next(4) == 0 ? Encoding.ASCII.GetBytes($"{random.NextInt64()}\n") : junk);
            }

            var reading = reader.Read();

            reader.ReadResidentBytes().GetValueOrDefault().Should().BeGreaterOrEqualTo(0);
            reading.Container.UsedBytes.GetValueOrDefault().Should().BeGreaterOrEqualTo(0);
            reading.Process.AnonymousBytes.GetValueOrDefault().Should().BeGreaterOrEqualTo(0);
        }
    }

    private MemoryReading Read()
    {
        using var reader = _machine.Reader();
        return reader.Read();
    }

    private static void AbsentOr(long? expected, long? actual) => actual.Should().Match(number => number == null || number == expected);

    private static string Cut(string text, int length) => text[..Math.Min(length, text.Length)];
}
