using System.Diagnostics;
using System.Net.Sockets;
using MemoryWatch.BlackBox.Format;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace MemoryWatch.Tests.BlackBox;

/// <summary>
/// Whatever is in the way of the file, the watch runs on, one warning says what is missing, and the application never sees an exception.
/// </summary>
public sealed class BoxFolderTests(ITestOutputHelper output) : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Box => _folder.File("memory.blackbox");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_that_is_missing_is_made_and_the_file_is_its_owners_alone()
    {
        var path = _folder.File("data/deeper/memory.blackbox");
        using var watch = Start(path);

        Warnings(watch).Should().BeEmpty();
        new FileInfo(path).Length.Should().Be(1 << 20);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void The_file_is_as_large_as_it_is_set_to_be_and_never_grows()
    {
        using var watch = Start(Box, o => o.BlackBox.Size = "64KB");
        for (var i = 0; i < 500; i++)
        {
            watch.Watch.Mark("Noise");
            watch.Tick();
        }

        new FileInfo(Box).Length.Should().Be(64 << 10);
    }

    [Fact]
    public void The_last_runs_are_kept_and_no_more_of_them()
    {
        for (var run = 1; run <= 6; run++)
        {
            using var watch = Start(Box, o => o.BlackBox.KeptFiles = 2);
            watch.Watch.Mark($"Run {run}");
        }

        _folder.Names.Should().Equal("memory.blackbox", "memory.blackbox.lock", "memory.previous-1.blackbox", "memory.previous-2.blackbox");
        Entries("memory.previous-1.blackbox").Should().Equal("Run 5");
        Entries("memory.previous-2.blackbox").Should().Equal("Run 4");
        Entries("memory.blackbox").Should().Equal("Run 6");
    }

    [Fact]
    public void Kept_files_of_a_larger_setting_go()
    {
        for (var run = 1; run <= 4; run++)
        {
            Start(Box).Dispose();
        }

        Start(Box, o => o.BlackBox.KeptFiles = 1).Dispose();

        _folder.Names.Should().Equal("memory.blackbox", "memory.blackbox.lock", "memory.previous-1.blackbox");
    }

    [Fact]
    public void Of_two_on_one_path_the_second_takes_a_path_of_its_own_and_says_so()
    {
        using var first = Start(Box);
        first.Watch.Mark("First");
        using var second = Start(Box);
        second.Watch.Mark("Second");
        using var third = Start(Box);
        first.Watch.Mark("First again");

        var own = $"memory.process-{Environment.ProcessId}.blackbox";
        Warnings(first).Should().BeEmpty();
        Warnings(second).Should().ContainSingle().Which.Should().Contain(_folder.File(own));
        second.Watch.PreviousRun.Should().BeNull("the first is alive");
        Entries("memory.blackbox").Should().Equal("First", "First again");
        Entries(own).Should().Equal("Second");
        _folder.Names.Should().Contain($"memory.process-{Environment.ProcessId}-2.blackbox");
    }

    [Fact]
    public void What_others_left_on_paths_of_their_own_is_cleared_away_and_the_newest_is_told()
    {
        var first = Start(Box);
        var second = Start(Box);
        var third = Start(Box, secondsLater: 60);
        third.Watch.Mark("Third");
        first.Dispose();
        second.Dispose();
        third.Dispose();

        using var next = Start(Box);

        next.Watch.PreviousRun!.RecentEntries.Select(e => e.Name).Should().Equal("Third");
        _folder.Names.Should().Equal(
            "memory.blackbox", "memory.blackbox.lock",
            "memory.previous-1.blackbox", "memory.previous-2.blackbox", "memory.previous-3.blackbox");
        Warnings(next).Should().BeEmpty();
    }

    [Fact]
    public void Each_run_that_ended_is_told_the_last_started_in_full_and_killed_ones_before_clean_ones()
    {
        for (var run = 0; run < 9; run++)
        {
            LeaveRun($"memory.process-{run + 1}.blackbox", run, stop: run is 2 or 7);
        }

        using var next = Start(Box);

        var lines = next.Log.Of(LogEvents.PreviousRun).ToList();
        lines.Select(line => line.Text.Split('\n')[0].Split(" | ")[0]).Should().Equal(
            "❔ PREVIOUS RUN: ended abruptly, no exit recorded",
            "❔ PREVIOUS RUN: ended abruptly, no exit recorded",
            "❔ PREVIOUS RUN: ended abruptly, no exit recorded",
            "❔ PREVIOUS RUN: ended abruptly, no exit recorded",
            "❔ PREVIOUS RUN: ended abruptly, no exit recorded",
            "❔ PREVIOUS RUN: and 4 more ended, which are not reported");
        lines[0].Text.Should().Contain("Run 8").And.Contain("memory.previous-1.blackbox");
        lines.Skip(1).Should().OnlyContain(line => !line.Text.Contains('\n'));
        lines[1].Text.Should().Contain(" | Process: 6, kept in ").And.EndWith("memory.previous-3.blackbox");
        lines[2].Text.Should().EndWith(" | Process: 5", "three files are kept");
        next.Watch.PreviousRun!.RecentEntries.Select(e => e.Name).Should().Equal("Run 8");
    }

    [Fact]
    public void A_second_that_outlives_the_first_is_told_of_at_the_next_start()
    {
        var old = Start(Box);
        using var overlapping = Start(Box);
        overlapping.Watch.Mark("Overlapping");
        old.Dispose();

        using var next = Start(Box);

        next.Watch.PreviousRun!.RecentEntries.Should().BeEmpty("the one that still runs is nobody's previous run");
        _folder.Names.Should().Contain($"memory.process-{Environment.ProcessId}.blackbox");
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("This is a shopping list.", "it is no black box")]
    [InlineData("MWBLKBOX", "it is no black box")]
    public void A_file_that_cannot_be_read_is_put_aside_and_named(string content, string problem)
    {
        File.WriteAllText(Box, content);

        using var watch = Start(Box);

        watch.Watch.PreviousRun.Should().BeNull();
        Warnings(watch).Should().ContainSingle().Which.Should().Contain(problem).And.Contain("memory.previous-1.blackbox");
        File.ReadAllText(_folder.File("memory.previous-1.blackbox")).Should().Be(content);
        ShouldRecord(watch, Box);
    }

    [Fact]
    public void So_are_random_bytes_and_a_file_of_another_version()
    {
        var bytes = new byte[1 << 20];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(Box, bytes);
        using (var watch = Start(Box))
        {
            Warnings(watch).Should().ContainSingle().Which.Should().Contain("it is no black box");
        }

        using (var file = File.OpenHandle(Box, FileMode.Open, FileAccess.Write))
        {
            RandomAccess.Write(file, [2, 0], BoxHeader.VersionOffset);
        }

        using var next = Start(Box);
        Warnings(next).Should().ContainSingle().Which.Should().Contain("it is of version 2, and this one reads version 1");
        ShouldRecord(next, Box);
    }

    [Fact]
    public void What_a_process_left_that_was_killed_while_it_made_its_file_is_written_over()
    {
        File.WriteAllText(Box + ".new", "half of a file");

        using var watch = Start(Box);

        Warnings(watch).Should().BeEmpty();
        ShouldRecord(watch, Box);
        _folder.Names.Should().Equal("memory.blackbox", "memory.blackbox.lock");
    }

    [Fact]
    public void A_folder_in_its_place_leaves_the_watch_without_a_black_box()
    {
        Directory.CreateDirectory(Box);

        using var watch = Start(Box);

        Warnings(watch).Should().ContainSingle().Which.Should().Contain(Box).And.Contain("it is a folder");
        ShouldRunOn(watch);
    }

    [Theory]
    [InlineData("fifo", "it is a FIFO")]
    [InlineData("device", "it is a character device")]
    [InlineData("block device", "it is a block device")]
    [InlineData("socket", "it is a socket")]
    [InlineData("folder", "it is a folder")]
    [InlineData("dangling link", "it is a symbolic link to nowhere, which does not exist")]
    [InlineData("circular link", "it is a symbolic link to memory.blackbox, which cannot be followed")]
    [InlineData("link to fifo", "it is a FIFO")]
    public void Only_a_regular_file_is_used_and_what_else_is_there_is_named_and_left_alone(string kind, string problem)
    {
        using var node = TryMake(kind, Box);
        if (node is null)
        {
            return;
        }

        var before = Listing();
        using var watch = Start(Box);

        Warnings(watch).Should().ContainSingle().Which.Should().Contain(Box).And.Contain(problem);
        Listing().Should().Equal(before, "nothing is renamed, replaced or added");
        ShouldRunOn(watch);
    }

    [Theory]
    [InlineData("memory.blackbox.lock")]
    [InlineData("memory.blackbox.new")]
    [InlineData("memory.previous-1.blackbox")]
    [InlineData("memory.previous-4.blackbox")]
    public void So_is_a_FIFO_in_the_place_of_a_file_beside_it(string name)
    {
        using var node = TryMake("fifo", _folder.File(name));
        if (node is null)
        {
            return;
        }

        using var watch = Start(Box);

        Warnings(watch).Should().ContainSingle().Which.Should().Contain($"{name} beside it is a FIFO");
        Listing().Should().ContainSingle();
        ShouldRunOn(watch);
    }

    [Fact]
    public void A_FIFO_that_has_the_name_of_another_process_or_of_a_file_no_longer_kept_is_left_alone()
    {
        using var first = TryMake("fifo", _folder.File("memory.process-1.blackbox"));
        using var second = TryMake("fifo", _folder.File("memory.previous-9.blackbox"));
        if (first is null || second is null)
        {
            return;
        }

        using var watch = Start(Box);

        Warnings(watch).Should().BeEmpty();
        ShouldRecord(watch, Box);
        Listing().Should().Contain("memory.process-1.blackbox 0").And.Contain("memory.previous-9.blackbox 0");
    }

    [Fact]
    public void A_link_to_a_file_works_and_stays_and_the_files_are_where_it_leads()
    {
        Directory.CreateDirectory(_folder.File("disk"));
        var target = _folder.File("disk/real.blackbox");
        File.WriteAllText(target, string.Empty);
        File.CreateSymbolicLink(Box, target);

        for (var run = 1; run <= 3; run++)
        {
            using var watch = Start(Box);
            watch.Watch.Mark($"Run {run}");
            watch.Watch.PreviousRun?.RecentEntries.Select(e => e.Name).Should().Equal($"Run {run - 1}");
        }

        new FileInfo(Box).LinkTarget.Should().Be(target);
        Entries("disk/real.blackbox").Should().Equal("Run 3");
        Entries("disk/real.previous-1.blackbox").Should().Equal("Run 2");
        _folder.Names.Should().Equal("memory.blackbox");
    }

    [Fact]
    public void A_link_whose_file_was_moved_and_not_yet_replaced_works_again()
    {
        Directory.CreateDirectory(_folder.File("disk"));
        var target = _folder.File("disk/real.blackbox");
        File.WriteAllText(target, string.Empty);
        File.CreateSymbolicLink(Box, target);
        Start(Box).Dispose();
        File.Delete(target);

        using var watch = Start(Box);

        Warnings(watch).Should().BeEmpty();
        ShouldRecord(watch, target);
    }

    [Theory]
    [InlineData(250, 'a')]
    [InlineData(255, 'a')]
    [InlineData(120, 'ä')]
    public void A_long_name_works_for_every_run(int length, char letter)
    {
        // Two names that differ at their ends only.
        var (one, other) = (new string(letter, length - 1) + "1", new string(letter, length - 1) + "2");
        for (var run = 1; run <= 3; run++)
        {
            foreach (var name in new[] { one, other })
            {
                using var watch = Start(_folder.File(name));
                Warnings(watch).Should().BeEmpty();
                watch.Watch.Mark($"{name[^1]} {run}");
                watch.Watch.PreviousRun?.RecentEntries.Select(e => e.Name).Should().Equal($"{name[^1]} {run - 1}");
                (watch.Watch.PreviousRun is null).Should().Be(run == 1);
            }
        }

        using var first = Start(_folder.File(one));
        using var second = Start(_folder.File(one));
        second.Watch.Mark("Second");
        Warnings(second).Should().ContainSingle().Which.Should().Contain("this process writes to ");
        _folder.Names.Count().Should().Be(10, "two files, two locks, three and two kept ones, and one of the second process");
        _folder.Names.Max(name => System.Text.Encoding.UTF8.GetByteCount(name)).Should().BeLessOrEqualTo(255);
    }

    [Fact]
    public void So_does_a_file_where_a_folder_should_be()
    {
        File.WriteAllText(_folder.File("data"), string.Empty);

        using var watch = Start(_folder.File("data/memory.blackbox"));

        Warnings(watch).Should().ContainSingle();
        ShouldRunOn(watch);
    }

    [Fact]
    public void So_does_a_read_only_disk()
    {
        using var disk = TryCreateDisk(4 << 20);
        if (disk is null)
        {
            return;
        }

        Start(disk.File("memory.blackbox")).Dispose();
        disk.MakeReadOnly();

        using var watch = Start(disk.File("memory.blackbox"));
        using var fresh = Start(disk.File("data/memory.blackbox"));

        Warnings(watch).Should().ContainSingle().Which.Should().Contain("Read-only file system");
        Warnings(fresh).Should().ContainSingle().Which.Should().Contain("Read-only file system");
        ShouldRunOn(watch);
    }

    [Fact]
    public void So_does_a_disk_without_room_and_the_previous_run_is_told_all_the_same()
    {
        using var disk = TryCreateDisk(2 << 20);
        if (disk is null)
        {
            return;
        }

        var box = disk.File("memory.blackbox");
        using (var before = Start(box))
        {
            before.Watch.Mark("Before");
        }

        disk.Fill();
        using var watch = Start(box);

        Warnings(watch).Should().ContainSingle().Which.Should().Contain("No space left on device");
        watch.Watch.PreviousRun!.RecentEntries.Single().Name.Should().Be("Before");
        File.Exists(box + ".new").Should().BeFalse("what cannot be finished is taken away");
        ShouldRunOn(watch);
    }

    [Fact]
    public void A_disk_that_is_full_later_takes_nothing_away_as_all_room_was_taken_at_the_start()
    {
        using var disk = TryCreateDisk(2 << 20);
        if (disk is null)
        {
            return;
        }

        var box = disk.File("memory.blackbox");
        using var watch = Start(box);
        disk.Fill();
        for (var i = 0; i < 3000; i++)
        {
            watch.Watch.Track("Download").Dispose();
        }

        watch.Tick();
        Warnings(watch).Should().BeEmpty();
        ShouldRecord(watch, box);
    }

    /// <summary>A watch that has started, and that nothing ends as a kill would: it is stopped when disposed.</summary>
    private static WatchHarness Start(string path, Action<MemoryWatchOptions>? configure = null, int secondsLater = 0)
    {
        var watch = new WatchHarness(o =>
        {
            o.BlackBox.Path = path;
            configure?.Invoke(o);
        });
        watch.Time.Advance(TimeSpan.FromSeconds(secondsLater));
        watch.Tick();
        return watch;
    }

    /// <summary>The file of a run that has ended, as a process left it on a path of its own.</summary>
    private void LeaveRun(string name, int number, bool stop)
    {
        var bench = new BoxBench();
        bench.Time.Advance(TimeSpan.FromSeconds(number));
        var header = bench.Header with { Identity = bench.Header.Identity with { ProcessId = number, Started = bench.Time.GetUtcNow() } };
        header.Write(bench.File.Bytes.AsSpan(0, BoxFormat.HeaderSize));
        bench.Mark($"Run {number}");
        if (stop)
        {
            bench.Recorder.WriteEnd(RecordKind.Stopped, 0, null, TimeSpan.Zero);
        }

        File.WriteAllBytes(_folder.File(name), bench.File.Bytes);
    }

    private static List<string> Warnings(WatchHarness watch) =>
        [.. watch.Log.Lines.Where(l => l.Level >= LogLevel.Warning).Select(l => l.Text)];

    private static void ShouldRunOn(WatchHarness watch)
    {
        watch.Watch.Track("Download").Dispose();
        watch.Tick(123);
        watch.Watch.Current.Process.ResidentBytes.Should().Be(123 << 20);
        watch.Log.Of(LogEvents.OperationEnded).Should().ContainSingle();
        Warnings(watch).Should().ContainSingle();
    }

    private static void ShouldRecord(WatchHarness watch, string path)
    {
        watch.Watch.Mark("Recorded");
        LiveBox.Read(path).Entries[^1].Name.Should().Be("Recorded");
    }

    private IEnumerable<string> Entries(string name) => LiveBox.Read(_folder.File(name)).Entries.Select(e => e.Name);

    /// <summary>Names and sizes of all that is in the folder.</summary>
    private List<string> Listing() =>
    [
        .. new DirectoryInfo(_folder.Path).EnumerateFileSystemInfos()
            .Select(i => $"{i.Name} {(i is FileInfo { LinkTarget: null } file ? file.Length : 0)}").Order(StringComparer.Ordinal),
    ];

    private IDisposable? TryMake(string kind, string path)
    {
        Socket? socket = null;
        var isMade = true;
        switch (kind)
        {
            case "fifo":
                isMade = TryRun("mkfifo", path);
                break;
            case "device":
                isMade = TryRun("mknod", path, "c", "1", "3");
                break;
            case "block device":
                isMade = TryRun("mknod", path, "b", "7", "200");
                break;
            case "link to fifo":
                File.CreateSymbolicLink(path, path + ".fifo");
                isMade = TryRun("mkfifo", path + ".fifo");
                break;
            case "folder":
                Directory.CreateDirectory(path);
                break;
            case "dangling link":
                File.CreateSymbolicLink(path, "nowhere");
                break;
            case "circular link":
                File.CreateSymbolicLink(path, Path.GetFileName(path));
                break;
            default:
                socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                socket.Bind(new UnixDomainSocketEndPoint(path));
                break;
        }

        return isMade ? socket ?? (IDisposable)new MemoryStream() : null;
    }

    private bool TryRun(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
        process!.WaitForExit();
        if (process.ExitCode != 0)
        {
            output.WriteLine($"Not checked: {program} is not permitted here.");
        }

        return process.ExitCode == 0;
    }

    private SmallDisk? TryCreateDisk(long bytes)
    {
        var disk = SmallDisk.TryCreate(bytes);
        if (disk is null)
        {
            output.WriteLine("Not checked: no file system can be mounted here.");
        }

        return disk;
    }
}
