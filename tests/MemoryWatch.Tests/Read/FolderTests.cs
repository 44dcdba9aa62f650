using System.Text;
using MemoryWatch.Read;
using MemoryWatch.Tests.Support;
using Xunit.Abstractions;

namespace MemoryWatch.Tests.Read;

/// <summary>Where a folder's files are stored, from the mounts of real machines and from this one.</summary>
public sealed class FolderTests(ITestOutputHelper output) : IDisposable
{
    // A container with a tmpfs for downloads, a volume below it, and a mount over a folder that hides what was mounted there before.
    private const string Mounts =
        """
        519 385 0:48 / / rw,relatime master:176 - overlay overlay rw,lowerdir=/l,upperdir=/u,workdir=/w
        520 519 0:52 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw
        521 519 0:53 / /dev rw,nosuid - tmpfs tmpfs rw,size=65536k,mode=755
        530 519 0:60 / /downloads rw,nosuid,nodev,noexec,relatime - tmpfs tmpfs rw,size=524288k
        531 530 254:1 /vol /downloads/kept rw,relatime - ext4 /dev/vda1 rw
        540 519 0:61 / /my\040files rw - ramfs ramfs rw
        550 519 0:62 / /hidden rw - tmpfs tmpfs rw
        551 519 254:1 /a /hidden rw - ext4 /dev/vda1 rw
        560 519 0:70 / /net rw - nfs4 server:/x rw

        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/app", "overlay", null)]
    [InlineData("/", "overlay", null)]
    [InlineData("/downloads", "tmpfs", true)]
    [InlineData("/downloads/user/5", "tmpfs", true)]
    [InlineData("/downloads/kept", "ext4", false)]
    [InlineData("/downloads/kept/x", "ext4", false)]
    [InlineData("/downloads/kept2", "tmpfs", true)]
    [InlineData("/downloads2", "overlay", null)]
    [InlineData("/my files/a", "ramfs", true)]
    [InlineData("/hidden/a", "ext4", false)]
    [InlineData("/net", "nfs4", false)]
    public void The_nearest_visible_mount_decides(string path, string type, bool? isMemory)
    {
        FileSystems.Of(path, Encoding.UTF8.GetBytes(Mounts)).Should().Be(type);
        FileSystems.AreMemory(type).Should().Be(isMemory);
    }

    [Theory]
    [InlineData("")]
    [InlineData("junk\n\n - - \n")]
    [InlineData("519 385 0:48 / /elsewhere rw - tmpfs tmpfs rw\n")]
    [InlineData("519 385 0:48 / / rw - ")]
    [InlineData("519 385 0:48 / / rw - \n")]
    public void Mounts_that_do_not_say_it_leave_it_unknown(string mounts) =>
        FileSystems.Of("/downloads", Encoding.UTF8.GetBytes(mounts)).Should().BeNull();

    [Fact]
    public void A_folder_in_shared_memory_is_memory_and_its_use_is_known()
    {
        var file = new FileInfo($"/dev/shm/memorywatch-{Guid.NewGuid():N}");
        if (FileSystems.Of("/dev/shm", File.ReadAllBytes("/proc/self/mountinfo")) != "tmpfs")
        {
            output.WriteLine("Not checked: no tmpfs here.");
            return;
        }

        try
        {
            File.WriteAllBytes(file.FullName, new byte[3 << 20]);

            var folder = Read("/dev/shm");

            output.WriteLine($"{folder}");
            folder.Should().Match<WatchedFolder>(
                f => f.Path == "/dev/shm" && f.FileSystem == "tmpfs" && f.IsMemory == true && f.UsedBytes >= 3 << 20 && f.Problem == FolderProblem.None);
        }
        finally
        {
            file.Delete();
        }
    }

    [Fact]
    public void A_link_leads_to_where_the_files_are()
    {
        if (Read("/dev/shm").IsMemory != true)
        {
            output.WriteLine("Not checked: no tmpfs here.");
            return;
        }

        var link = _folder.File("link");
        Directory.CreateSymbolicLink(link, "/dev/shm");

        Read(link).Should().Match<WatchedFolder>(f => f.Path == link && f.FileSystem == "tmpfs" && f.IsMemory == true);
        Read($"{link}/not/there").Should().Match<WatchedFolder>(f => f.Problem == FolderProblem.Missing && f.IsMemory == true);
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_where_it_would_be_created()
    {
        var there = Read(_folder.File("."));

        // Others write to the disk meanwhile.
        var missing = Read(_folder.File("a/b/c"));
        missing.Should().Be(there with { Path = _folder.File("a/b/c"), Problem = FolderProblem.Missing, UsedBytes = missing.UsedBytes });
        missing.UsedBytes.Should().BePositive();
    }

    [Fact]
    public void A_circle_of_links_a_file_and_a_path_that_is_none_have_a_reason()
    {
        var (one, two, file) = (_folder.File("one"), _folder.File("two"), _folder.File("file"));
        File.CreateSymbolicLink(one, two);
        File.CreateSymbolicLink(two, one);
        File.WriteAllText(file, "x");

        Read(one).Problem.Should().Be(FolderProblem.LinkLoop);
        Read(file).Problem.Should().Be(FolderProblem.NotAFolder);
        Read($"{file}/below").Problem.Should().Be(FolderProblem.NotAFolder);
        Read("").Problem.Should().Be(FolderProblem.Unreadable);
        Read("a\0b").Problem.Should().Be(FolderProblem.Unreadable);
        Read(new string('x', 100_000)).Problem.Should().Be(FolderProblem.Unreadable);
        Read(null!).Problem.Should().Be(FolderProblem.Unreadable);
    }

    private static WatchedFolder Read(string path) => new FolderReader(new LinuxSource()).Read(path);
}
