using System.Text;
using MemoryWatch.BlackBox.Format;
using MemoryWatch.Read;

namespace MemoryWatch.Tests.BlackBox;

/// <summary>What the kernel's log says of kills, and what is concluded from it.</summary>
public sealed class KernelLogTests
{
    private const int Process = 4711;

    // A log as the kernel gives it, with a program's own line in it that looks like the kernel's.
    private const string Text =
        """
        <5>[    0.000000] Linux version 5.10.0
        <4>[10279.945700] tail invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
        <6>[10279.945701] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),oom_memcg=/app,task_memcg=/app,task=tail,pid=2381,uid=0
        <3>[10279.945702] Memory cgroup out of memory: Killed process 2381 (tail) total-vm:35476kB, anon-rss:32512kB, UID:0
        <3>[10280.5][  T123] Out of memory: Killed process 99 (a) b (c) total-vm:1kB, anon-rss:1kB
        <12>[10281.000000] Memory cgroup out of memory: Killed process 77 (fake) total-vm:1kB
        <4>[10282.000000] [  4711]     0  4711  2050340  40497 Killed process 4711 (
        <3>[10283.250000] Killed process 100 (old), UID 0, total-vm:1kB, anon-rss:1kB
        <3>[10284.000000] Memory cgroup out of memory: Kill process 5 (victim) score 1000 or sacrifice child

        """;

    private static readonly MemoryGroup Group = new("/sys/fs/cgroup/app", 29, 42);
    private static readonly TimeSpan Started = TimeSpan.FromHours(10);

    private readonly BoxBench _bench = new();

    public KernelLogTests()
    {
        _bench.Reader.Group = Group;
        var header = _bench.Header with
        {
            Identity = _bench.Header.Identity with { IsLoggedProcessId = true, BootClock = Started },
        };
        header.Write(_bench.File.Bytes.AsSpan(0, BoxFormat.HeaderSize));
        _bench.Tick(13, kills: 0);
    }

    [Fact]
    public void Kills_are_found_in_every_form_of_the_line_and_only_in_the_kernels_own_lines()
    {
        var log = Parse(Text)!;

        log.Oldest.Should().Be(TimeSpan.Zero);
        log.Kills.Should().Equal(
            new KernelLog.Kill(TimeSpan.FromSeconds(10279.945702), 2381, "tail"),
            new KernelLog.Kill(TimeSpan.FromSeconds(10280.5), 99, "a) b (c"),
            new KernelLog.Kill(TimeSpan.FromSeconds(10283.25), 100, "old"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("no prefix at all\n")]
    [InlineData("<3>no time\n")]
    [InlineData("<3>[")]
    [InlineData("<3>[abc] Killed process 1 (x) total-vm\n")]
    [InlineData("<99999999999>[1.0] Killed process 1 (x)\n")]
    [InlineData("<-1>[1.0] Killed process 1 (x)\n")]
    [InlineData("<3>[-1.0] Killed process 1 (x)\n")]
    [InlineData("<3>[99999999999999999999999999999999] x\n")]
    public void Junk_is_no_log(string text) => Parse(text).Should().BeNull();

    [Theory]
    [InlineData("<3>[1.0] Killed process")]
    [InlineData("<3>[1.0] Killed process (x)")]
    [InlineData("<3>[1.0] Killed process 99999999999 (x)")]
    [InlineData("<3>[1.0] Killed process -5 (x)")]
    [InlineData("<3>[1.0] Out of memory: nobody")]
    public void A_line_that_is_cut_or_wrong_names_nobody(string text) => Parse(text)!.Kills.Should().BeEmpty();

    [Fact]
    public void Random_bytes_are_survived()
    {
        var random = new Random(1);
        var bytes = Encoding.UTF8.GetBytes(Text);
        for (var i = 0; i < 2000; i++)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            FluentActions.Invoking(() => KernelLog.Parse(bytes)).Should().NotThrow();
        }
    }

    [Fact]
    public void A_run_that_the_log_names_was_killed_in_whatever_group_it_starts_again_and_whoever_else_was_there()
    {
        var run = Judge(inGroup: false, Kill(2, Process, "dotnet"));

        run.Verdict.Should().Be(RunVerdict.Killed);
        run.Evidence[0].Describe().Should().Be("the kernel's log names this run's process: dotnet (4711) was OOM-killed");
        run.Describe().Should().StartWith("💀 PREVIOUS RUN: OOM-killed by the kernel (confirmed)\n");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_run_that_the_log_does_not_name_was_not_killed_and_who_was_is_told(bool inGroup)
    {
        var run = Judge(inGroup, Kill(1.1, 5000, "ffmpeg"));

        run.Verdict.Should().Be(RunVerdict.EndedWithoutMark);
        run.Evidence[0].Describe().Should().Be("the kernel's log names 1 OOM kill around its end, none of this run: ffmpeg (5000) was killed");
        run.Evidence[1].Kind.Should().Be(inGroup ? RunEvidenceKind.GroupKills : RunEvidenceKind.MachineKills);
    }

    [Fact]
    public void A_log_that_does_not_go_back_far_enough_or_has_too_few_kills_says_nothing()
    {
        Judge(true, Kill(1.1, 5000, "ffmpeg") with { Oldest = Started + TimeSpan.FromSeconds(1) }).Verdict.Should().Be(RunVerdict.Killed);
        Judge(true, Kill(-120, 5000, "ffmpeg")).Verdict.Should().Be(RunVerdict.Killed, "that kill was long before");
        Judge(true, null).Verdict.Should().Be(RunVerdict.Killed, "nothing is known of a log that cannot be read");
    }

    [Fact]
    public void A_kill_of_a_process_that_had_the_same_id_before_the_run_is_not_its_own() =>
        Judge(true, Kill(-3600, Process, "other")).Evidence.Should().NotContain(e => e.Kind == RunEvidenceKind.KernelLog);

    [Fact]
    public void The_log_is_not_read_if_no_count_rose_or_the_process_id_is_that_of_a_container()
    {
        var reads = 0;
        KernelLog? Read()
        {
            reads++;
            return Kill(2, Process, "dotnet");
        }

        _bench.Judge(_bench.Next with { Group = Group, GroupKills = 0 }, Read).Verdict.Should().Be(RunVerdict.EndedWithoutMark);
        _bench.Header.Write(_bench.File.Bytes.AsSpan(0, BoxFormat.HeaderSize));
        _bench.Judge(_bench.Next with { Group = Group, GroupKills = 1 }, Read).Evidence.Should().NotContain(e => e.Kind == RunEvidenceKind.KernelLog);
        reads.Should().Be(0);
    }

    private static KernelLog? Parse(string text) => KernelLog.Parse(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n")));

    private static KernelLog Kill(double secondsAfterStart, int process, string name) =>
        new(TimeSpan.Zero, [new(Started + TimeSpan.FromSeconds(secondsAfterStart), process, name)]);

    private PreviousRun Judge(bool inGroup, KernelLog? log)
    {
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        _bench.Recorder.OnReport(BoxBench.Report(new MemorySnapshot
        {
            Usage = _bench.Snapshot(13).Usage, Container = new() { OomKills = 0 }, Machine = new() { OomKills = 5 },
        }));
        return _bench.Judge(
            _bench.Next with
            {
                Group = inGroup ? Group : Group with { Inode = 43 }, GroupKills = 1, MachineKills = 6, Started = _bench.Time.GetUtcNow(),
            },
            () => log);
    }
}
