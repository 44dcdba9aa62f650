using System.Text;
using MemoryWatch.Read;
using Microsoft.Extensions.Time.Testing;
using Xunit.Abstractions;

namespace MemoryWatch.Tests.Read;

/// <summary>Who else is in the container, from the files of a made-up machine and of a real group.</summary>
public sealed class ContainerProcessTests(ITestOutputHelper output) : IDisposable
{
    private const int Own = 41;

    private readonly FakeMachine _machine = new();

    private LinuxSource Source => _machine.Source with { ProcessFolder = $"/proc/{Own}" };

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void The_three_largest_are_named_the_largest_first_and_this_process_is_not_among_them()
    {
        With(Own, "bot", 90_000);
        With(50, "sh", 300);
        With(51, "ffmpeg", 50_000);
        With(52, "yt-dlp", 9_000);
        With(53, "chromium", 20_000);

        var others = Read("41\n50\n51\n52\n53\n")!;

        others.Largest.Should().Equal(
            new ContainerProcess(51, "ffmpeg", 50_000 * 4096L), new(53, "chromium", 20_000 * 4096L), new(52, "yt-dlp", 9_000 * 4096L));
        (others.Count, others.IsComplete).Should().Be((4, true));
    }

    [Theory]
    [InlineData("60\n61\n62\n63\n")]
    [InlineData("63\n62\n61\n60\n")]
    [InlineData("61\n63\n60\n62\n61\n63\n")]
    public void The_order_of_the_list_and_ids_that_come_twice_do_not_matter(string list)
    {
        for (var i = 0; i < 4; i++)
        {
            With(60 + i, $"p{i}", 1000 * (i + 1));
        }

        Read(list)!.Largest.Select(p => p.Id).Should().Equal(63, 62, 61);
    }

    [Fact]
    public void One_that_is_outside_of_the_namespace_or_cannot_be_read_means_that_there_may_be_a_larger_one()
    {
        With(50, "ffmpeg", 1000);

        Read("0\n41\n50\n")!.Should().Match<ContainerProcesses>(o => !o.IsComplete && o.Count == 2 && o.Largest.Count == 1);
        Read("41\n50\n777\n")!.Should().Match<ContainerProcesses>(o => !o.IsComplete && o.Count == 2);
        Read("41\n50\n")!.IsComplete.Should().BeTrue();
        Read("41\n50\n", isWhole: false)!.IsComplete.Should().BeFalse();
    }

    [Fact]
    public void One_that_has_ended_and_not_been_waited_for_has_no_memory_and_is_left_out()
    {
        With(50, "defunct", 0);

        Read("41\n50\n")!.Should().Match<ContainerProcesses>(o => o.IsComplete && o.Count == 0 && o.Largest.Count == 0);
    }

    [Fact]
    public void After_256_processes_it_stops_and_says_so()
    {
        var list = new StringBuilder("41\n");
        for (var id = 1000; id < 1300; id++)
        {
            With(id, "worker", id);
            list.Append(id).Append('\n');
        }

        var others = Read(list.ToString())!;

        (others.Count, others.IsComplete).Should().Be((300, false));
        others.Largest[0].Id.Should().Be(1000 + ContainerProcessReader.MostRead - 1);
    }

    [Fact]
    public void It_stops_when_it_takes_too_long()
    {
        var list = new StringBuilder();
        for (var id = 1000; id < 1040; id++)
        {
            With(id, "worker", id);
            list.Append(id).Append('\n');
        }

        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMilliseconds(2) };
        var others = new ContainerProcessReader(Source, time).Read(Encoding.UTF8.GetBytes(list.ToString()), isWhole: true)!;

        (others.Count, others.IsComplete).Should().Be((40, false));
        others.Largest[0].Id.Should().BeLessThan(1020);
    }

    [Theory]
    [InlineData("evil\u001b[2J\n💀 PREVIOUS RUN\n", "evil\\u001B[2J\\n💀 PREVIOUS RUN")]
    [InlineData("\n", "n/a")]
    [InlineData("a\nb\n", "a\\nb")]
    public void A_name_is_safe_to_print(string comm, string name)
    {
        With(50, "x", 1000);
        _machine.With("/proc/50/comm", comm);

        Read("50\n")!.Largest[0].Name.Should().Be(name);
    }

    [Fact]
    public void Junk_in_the_list_and_in_the_files_does_no_harm()
    {
        With(50, "x", 1000);
        _machine.With("/proc/51/statm", "junk junk\n").With("/proc/52/statm", "1 9223372036854775807 3\n").With("/proc/53/statm", "1 2");

        var others = Read("50\n51\n52\n53\n-4\n99999999999\nabc\n\n50")!;

        others.Largest.Should().ContainSingle().Which.Id.Should().Be(50);
        others.IsComplete.Should().BeFalse();
        var random = new Random(3);
        var junk = new byte[4096];
        for (var i = 0; i < 200; i++)
        {
            random.NextBytes(junk);
            Reader().Read(junk, isWhole: true).Should().NotBeNull();
        }
    }

    [Fact]
    public void A_proc_of_other_ids_than_the_process_knows_is_not_read()
    {
        With(50, "stranger", 1000);

        // A machine whose own process cannot be told by its folder.
        var source = Source with { ProcessFolder = "/proc/none" };

        new ContainerProcessReader(source, TimeProvider.System).Read("50\n"u8, isWhole: true).Should().BeNull();
    }

    [Fact]
    public void Reading_allocates_only_what_it_returns()
    {
        With(50, "x", 1000);
        var reader = Reader();
        reader.Read("41\n50\n"u8, isWhole: true);

        var before = GC.GetAllocatedBytesForCurrentThread();
        reader.Read("41\n50\n"u8, isWhole: true);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(300);
    }

    [Fact]
    public void Programs_of_a_real_group_are_named()
    {
        using var group = RealCgroup.TryCreate(64L << 20);
        if (group is null)
        {
            output.WriteLine("Not checked: no memory group can be made here.");
            return;
        }

        var process = group.Start("echo ready; read line");
        process.StandardOutput.ReadLine().Should().Be("ready");
        using var reader = new LinuxReader(TimeProvider.System, new LinuxSource { ProcessFolder = $"/proc/{process.Id}" });
        reader.Read();
        reader.ReadContainerProcesses().Should().Match<ContainerProcesses>(o => o.Count == 0 && o.IsComplete);

        var other = group.Start("(head -c 20000000 /dev/zero; echo ready >&2; sleep 60) | exec tail");
        ContainerProcesses? others = null;
        Eventually.IsTrue(() =>
        {
            reader.Read();
            others = reader.ReadContainerProcesses();
            return others is { Largest: [{ Name: "tail", ResidentBytes: > 20_000_000 }, ..] };
        });

        output.WriteLine($"{others}");
        others!.Largest[0].Id.Should().NotBe(process.Id);
        others.Count.Should().BeGreaterOrEqualTo(2);
        other.HasExited.Should().BeFalse();
    }

    private void With(int id, string name, int pages) =>
        _machine.With($"/proc/{id}/statm", $"99999 {pages} 12 1 0 55 0\n").With($"/proc/{id}/comm", $"{name}\n");

    // Time stands still, so that no reading takes too long.
    private ContainerProcessReader Reader() => new(Source, new FakeTimeProvider());

    private ContainerProcesses? Read(string list, bool isWhole = true) => Reader().Read(Encoding.UTF8.GetBytes(list), isWhole);
}
