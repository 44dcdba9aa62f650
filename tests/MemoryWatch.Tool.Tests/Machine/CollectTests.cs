using System.IO.Compression;
using System.Text;
using System.Text.Json;
using MemoryWatch.Files;
using MemoryWatch.Tests.Read;
using MemoryWatch.Tool.Machine;
using MemoryWatch.Tool.Tests.Support;
using Microsoft.Win32.SafeHandles;

namespace MemoryWatch.Tool.Tests.Machine;

public sealed class CollectTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("memorywatch-").FullName;

    public static TheoryData<string> Cases { get; } =
        [.. Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "Read", "Cases")).Select(folder => Path.GetFileName(folder))];

    private string File => Path.Combine(_folder, "collected.zip");

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_was_collected_gives_the_same_answer_with_names_replaced(string name)
    {
        using var machine = FakeMachine.Of(name);

        (await CommandRun.Of("machine", "--root", machine.Source.Root, "--collect", File)).ExitCode.Should().Be(0);

        await ShouldAnswerAs(MachineReader.Record(DiskFiles.Instance, machine.Source.Root, new(), TimeProvider.System));
    }

    [Fact]
    public async Task The_machine_of_the_test_gives_the_same_answer_too()
    {
        var here = MachineReader.Record(DiskFiles.Instance, "", MachineFacts.Here(TimeProvider.System), TimeProvider.System);
        using (var stream = System.IO.File.Create(File))
        {
            Archive.Write(new ContentReplacer(new()).Replace(here), stream);
        }

        await ShouldAnswerAs(here);
    }

    [Fact]
    public async Task No_name_of_the_machine_is_in_the_file_and_the_output_says_what_stands_for_each()
    {
        string[] secrets = ["acme-prod", "7f3c9d2e", "jane", "billing", "vault-7", "topsecret", "myproc"];
        using var machine = new FakeMachine()
            .With("/proc/self/cgroup", "5:cpuset:/acme-prod\n4:memory:/docker/7f3c9d2e\n1:name=systemd:/user.slice/jane.service\n0::/billing\n")
            .With("/proc/self/mountinfo",
                """
                22 28 0:21 / /proc rw,nosuid - proc proc rw
                27 1 254:0 / / rw,relatime - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/topsecret,upperdir=/home/jane/x
                29 27 254:1 /home/jane/vault-7 /data/billing rw,relatime - ext4 /dev/mapper/vault-7 rw
                35 31 0:32 /docker/7f3c9d2e /sys/fs/cgroup/memory rw,relatime shared:16 master:3 - cgroup cgroup rw,memory

                """)
            .With("/proc/self/status", "Name:\tmyproc\nVmRSS:\t   1024 kB\n")
            .With("/proc/self/statm", "1000 256 100 1 0 100 0\n")
            .WithVersion1Group("/sys/fs/cgroup/memory", limit: 512 * CgroupFixtures.MB, usage: 100 * CgroupFixtures.MB);

        var run = await CommandRun.Of("machine", "--root", machine.Source.Root, "--collect", File);

        var content = Unpacked();
        foreach (var secret in secrets)
        {
            content.Should().NotContain(secret);
        }

        content.Should().Contain("4:memory:/docker/name").And.Contain("/sys/fs/cgroup/memory rw,relatime shared:16 master:3 - cgroup cgroup rw,memory");
        run.Output.Should().MatchRegex(@"name\d+  was  7f3c9d2e").And.Contain("/proc/self/mountinfo").And.Contain("No environment variables and no command lines");
        (await CommandRun.Of("machine", "--root", File)).Output.Should().Contain("512 MB (container)");
    }

    [Fact]
    public async Task The_shape_of_the_json_is_kept()
    {
        using var machine = FakeMachine.Of("gvisor");

        var run = await CommandRun.Of("machine", "--root", machine.Source.Root, "--json");

        Names(JsonDocument.Parse(run.Output).RootElement, string.Empty).Distinct().Should().Equal(
            "kind", "system", "system.kernel", "system.pageSizeBytes", "system.processors", "system.cLibrary", "system.areArenasLimited",
            "system.kernelLogKills", "governing", "governing.source", "governing.limitBytes", "governing.usedBytes", "governing.leastUsedBytes",
            "governing.precision", "governing.zone", "governing.reason", "cgroup", "cgroup.version", "cgroup.isOwn", "cgroup.mounts",
            "cgroup.mounts.version", "cgroup.mounts.root", "cgroup.mounts.mountPoint", "cgroup.mounts.isVisible", "cgroup.mounts.isUsed",
            "cgroup.levels", "cgroup.levels.path", "cgroup.levels.limitBytes", "cgroup.levels.isLimitUnknown", "cgroup.levels.inheritedLimitBytes",
            "cgroup.levels.highBytes", "cgroup.levels.usageBytes", "cgroup.levels.usedBytes", "cgroup.levels.precision", "cgroup.levels.governs",
            "cgroup.otherProcesses", "cgroup.oomKills", "cgroup.swapUsedBytes", "cgroup.swapLimitBytes", "cgroup.pressureSome",
            "cgroup.pressureFull", "memory", "memory.residentBytes", "memory.totalBytes", "memory.availableBytes", "memory.oomKills",
            "memory.swapTotalBytes", "memory.swapFreeBytes", "memory.transparentHugePages", "memory.hugePages", "memory.pressureSome",
            "memory.pressureFull", "gc", "gc.heapLimitBytes", "gc.isEnforced", "gaps", "files", "files.path", "files.state", "files.bytes");
    }

    [Fact]
    public async Task A_file_that_exists_is_not_overwritten_unless_asked()
    {
        System.IO.File.WriteAllText(File, "mine");
        using var machine = FakeMachine.Of("gvisor");

        var refused = await CommandRun.Of("machine", "--root", machine.Source.Root, "--collect", File);

        refused.ExitCode.Should().Be(2);
        refused.Error.Should().Contain("exists; use --force to overwrite it");
        System.IO.File.ReadAllText(File).Should().Be("mine");
        (await CommandRun.Of("machine", "--root", machine.Source.Root, "--collect", File, "--force")).ExitCode.Should().Be(0);
        (await CommandRun.Of("machine", "--root", File)).ExitCode.Should().Be(0);
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_so_in_the_recording_too()
    {
        using var machine = FakeMachine.Of("gvisor");
        var files = new ForbiddingFiles("/sys/fs/cgroup/memory/memory.usage_in_bytes");

        var recording = MachineReader.Record(files, machine.Source.Root, new(), TimeProvider.System);
        var report = MachineReader.Report(recording, TimeProvider.System);

        report.Files.Should().ContainSingle(file => file.State == RecordedState.NotPermitted);
        report.Gaps.Should().Contain(gap => gap.Contains("memory.usage_in_bytes", StringComparison.Ordinal));
        MachineText.Lines(report).Should().Contain("  /sys/fs/cgroup/memory/memory.usage_in_bytes: no permission");
    }

    [Fact]
    public async Task A_damaged_file_is_refused_with_the_reason()
    {
        using var machine = FakeMachine.Of("gvisor");
        await CommandRun.Of("machine", "--root", machine.Source.Root, "--collect", File);
        var good = System.IO.File.ReadAllBytes(File);
        var random = new Random(19);
        for (var i = 0; i < 200; i++)
        {
            var bad = good[..random.Next(good.Length)];
            for (var changes = random.Next(20); changes > 0 && bad.Length > 0; changes--)
            {
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            }

            System.IO.File.WriteAllBytes(File, bad);

            (await CommandRun.Of("machine", "--root", File)).ExitCode.Should().Be(2);
        }
    }

    [Theory]
    [InlineData("{\"version\":2,\"facts\":{\"pageSize\":4096},\"entries\":[]}", "a later version")]
    [InlineData("{\"version\":1,\"facts\":null,\"entries\":[]}", "is damaged")]
    [InlineData("[]", "is damaged, or no zip file")]
    [InlineData(null, "it has no memorywatch.json")]
    public async Task A_file_of_another_form_is_refused(string? manifest, string reason)
    {
        using (var zip = ZipFile.Open(File, ZipArchiveMode.Create))
        {
            using var writer = new StreamWriter(zip.CreateEntry(manifest is null ? "other" : "memorywatch.json").Open());
            writer.Write(manifest);
        }

        var run = await CommandRun.Of("machine", "--root", File);

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain(reason);
    }

    [Fact]
    public void Junk_in_any_file_never_throws_and_the_replay_answers_the_same()
    {
        var random = new Random(7);
        foreach (var name in new[] { "memhigh1454", "lxcfs44", "colon", "par113193" })
        {
            for (var i = 0; i < 50; i++)
            {
                using var machine = FakeMachine.Of(name);
                foreach (var path in Directory.GetFiles(machine.Source.Root, "*", SearchOption.AllDirectories).Where(_ => random.Next(3) == 0))
                {
                    machine.With(path[machine.Source.Root.Length..], Junk(System.IO.File.ReadAllBytes(path), random));
                }

                var recording = MachineReader.Record(DiskFiles.Instance, machine.Source.Root, new(), TimeProvider.System);
                var report = MachineReader.Report(recording, TimeProvider.System);
                var replaced = MachineReader.Report(new ContentReplacer(new()).Replace(recording), TimeProvider.System);

                (replaced.Governing.Source, replaced.Governing.LimitBytes, replaced.Governing.UsedBytes, replaced.Cgroup.IsOwn, replaced.Cgroup.Levels.Count)
                    .Should().Be((report.Governing.Source, report.Governing.LimitBytes, report.Governing.UsedBytes, report.Cgroup.IsOwn, report.Cgroup.Levels.Count));
            }
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The lengths of the files in which names were replaced differ; all else is the same.</summary>
    private async Task ShouldAnswerAs(Recording original)
    {
        var names = new NameReplacer();
        _ = new ContentReplacer(names).Replace(original);

        var replayed = await CommandRun.Of("machine", "--root", File, "--json");

        var report = JsonSerializer.Deserialize(replayed.Output, MachineJson.Default.MachineReport)!;
        Replaced(report, path => path).Should().Be(Replaced(MachineReader.Report(original, TimeProvider.System), names.Path));
    }

    private static IEnumerable<string> Names(JsonElement element, string prefix) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(
            property => Names(property.Value, $"{prefix}{property.Name}.").Prepend(prefix + property.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Names(item, prefix)),
        _ => [],
    };

    private static byte[] Junk(byte[] content, Random random)
    {
        content = content[..random.Next(content.Length + 1)];
        for (var changes = random.Next(5); changes > 0 && content.Length > 0; changes--)
        {
            content[random.Next(content.Length)] = (byte)random.Next(256);
        }

        return content;
    }

    /// <summary>The JSON of a report, with the names in its paths replaced as collecting replaces them.</summary>
    private static string Replaced(MachineReport report, Func<string, string> replace) => JsonSerializer.Serialize(
        report with
        {
            Governing = report.Governing with
            {
                Reason = report.Cgroup.Levels.OrderByDescending(level => level.Path.Length)
                    .Aggregate(report.Governing.Reason, (reason, level) => reason.Replace($" {level.Path}", $" {replace(level.Path)}", StringComparison.Ordinal)),
            },
            Cgroup = report.Cgroup with
            {
                Mounts = [.. report.Cgroup.Mounts.Select(mount => mount with { Root = replace(mount.Root), MountPoint = replace(mount.MountPoint) })],
                Levels = [.. report.Cgroup.Levels.Select(level => level with { Path = replace(level.Path) })],
            },
            Files =
            [
                .. report.Files.Select(file => file with
                {
                    Path = replace(file.Path),
                    Bytes = file.Path is "/proc/self/mountinfo" or "/proc/self/cgroup" or "/proc/self/status" ? -1 : file.Bytes,
                }),
            ],
        },
        MachineJson.Default.MachineReport);

    private string Unpacked()
    {
        using var zip = ZipFile.OpenRead(File);
        var text = new StringBuilder();
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            text.AppendLine(entry.FullName).AppendLine(reader.ReadToEnd());
        }

        return text.ToString();
    }

    /// <summary>The files of this machine, of which one may not be read.</summary>
    private sealed class ForbiddingFiles(string path) : ReadingFiles
    {
        private static readonly DiskFiles Disk = DiskFiles.Instance;

        public override bool Exists(string path) => Disk.Exists(path);

        public override bool FolderExists(string path) => Disk.FolderExists(path);

        public override SafeFileHandle Open(string file, FileMode mode, FileAccess access, FileShare share) =>
            file.EndsWith(path, StringComparison.Ordinal) ? throw new UnauthorizedAccessException() : Disk.Open(file, mode, access, share);

        public override int? GetType(byte[] path, bool followLinks) => Disk.GetType(path, followLinks);

        public override int Read(SafeFileHandle file, Span<byte> buffer, long offset) => Disk.Read(file, buffer, offset);

        public override byte[] ReadAll(string path) => Disk.ReadAll(path);

        public override bool TryGetStatus(byte[] path, out Libc.FileStatus status) => Disk.TryGetStatus(path, out status);

        public override ReadOnlySpan<byte> ReadOnce(byte[] path, Span<byte> buffer) => Disk.ReadOnce(path, buffer);
    }
}
