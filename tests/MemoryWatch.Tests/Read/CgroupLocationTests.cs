using System.Text;
using MemoryWatch.Read;

namespace MemoryWatch.Tests.Read;

public class CgroupLocationTests
{
    [Fact]
    public void The_mount_holds_the_path_that_the_process_names() =>
        Find("4:memory:/app/web\n", CgroupFixtures.Version1Mounts)
            .Should().Be(new CgroupLocation(1, "/sys/fs/cgroup/memory", "/app/web"));

    [Fact]
    public void All_levels_up_to_the_mount_are_walked() =>
        new CgroupLocation(2, "/sys/fs/cgroup", "/a/b").Folders()
            .Should().Equal("/sys/fs/cgroup/a/b", "/sys/fs/cgroup/a", "/sys/fs/cgroup");

    [Fact]
    public void Docker_on_v1_mounts_its_own_group_so_the_rest_of_the_path_is_empty() =>
        Find("4:memory:/docker/abc\n", "35 31 0:32 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n")
            .Should().Be(new CgroupLocation(1, "/sys/fs/cgroup/memory", ""));

    [Fact]
    public void A_group_below_the_mounted_one_keeps_the_rest_of_its_path() =>
        Find("4:memory:/docker/abc/sub\n", "35 31 0:32 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n")
            .Should().Be(new CgroupLocation(1, "/sys/fs/cgroup/memory", "/sub"));

    [Theory]
    [InlineData("/docker/abcdef")]
    [InlineData("/docker")]
    [InlineData("/kubepods/pod1")]
    public void A_path_beside_the_mounted_group_is_taken_as_the_mount(string path) =>
        Find($"4:memory:{path}\n", "35 31 0:32 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n")
            .Should().Be(new CgroupLocation(1, "/sys/fs/cgroup/memory", "", IsExact: false));

    [Fact]
    public void The_root_of_a_v2_namespace_is_the_mount() =>
        Find("0::/\n", CgroupFixtures.Version2Mounts).Should().Be(new CgroupLocation(2, "/sys/fs/cgroup", ""));

    [Theory]
    [InlineData("/../..")]
    [InlineData("/../sibling")]
    [InlineData("/a/../../b")]
    public void A_path_that_leads_out_of_the_namespace_is_taken_as_the_mount(string path) =>
        Find($"0::{path}\n", CgroupFixtures.Version2Mounts).Should().Be(new CgroupLocation(2, "/sys/fs/cgroup", "", IsExact: false));

    [Fact]
    public void A_mount_whose_root_is_out_of_the_namespace_is_taken_as_it_is() =>
        Find("0::/app\n", "30 23 0:26 /../.. /sys/fs/cgroup ro - cgroup2 cgroup2 rw\n")
            .Should().Be(new CgroupLocation(2, "/sys/fs/cgroup", "", IsExact: false));

    [Theory]
    [InlineData("/../abc", "")]
    [InlineData("/../abc/app", "/app")]
    public void A_path_and_a_mount_that_are_both_out_of_the_namespace_fit_together(string path, string below) =>
        Find($"0::{path}\n", "30 23 0:26 /../abc /sys/fs/cgroup ro - cgroup2 cgroup2 rw\n")
            .Should().Be(new CgroupLocation(2, "/sys/fs/cgroup", below));

    [Fact]
    public void A_path_without_a_folder_is_taken_as_the_mount() =>
        Find("0::/gone (deleted)\n", CgroupFixtures.Version2Mounts, "/sys/fs/cgroup")
            .Should().Be(new CgroupLocation(2, "/sys/fs/cgroup", "", IsExact: false));

    [Fact]
    public void Dots_in_names_do_not_lead_out() =>
        Find("0::/user.slice/..app..\n", CgroupFixtures.Version2Mounts)!.Value.Path.Should().Be("/user.slice/..app..");

    [Fact]
    public void Of_two_mounts_the_one_that_has_the_folder_is_taken() =>
        Find(
            "0::/app\n",
            "30 23 0:26 /other /first rw - cgroup2 cgroup2 rw\n31 23 0:26 / /second rw - cgroup2 cgroup2 rw\n")
            .Should().Be(new CgroupLocation(2, "/second", "/app"));

    [Fact]
    public void On_a_hybrid_system_the_hierarchy_with_the_memory_controller_is_taken()
    {
        const string Mounts =
            "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
            + "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n";
        Find("4:memory:/app\n0::/app\n", Mounts).Should().Be(new CgroupLocation(1, "/sys/fs/cgroup/memory", "/app"));
        Find("1:name=systemd:/app\n0::/app\n", Mounts).Should().Be(new CgroupLocation(2, "/sys/fs/cgroup/unified", "/app"));
    }

    [Fact]
    public void Controllers_mounted_together_are_told_apart() =>
        Find("4:cpu,memory:/a:b\n", "35 31 0:32 / /c rw - cgroup none rw,cpu,memory\n")
            .Should().Be(new CgroupLocation(1, "/c", "/a:b"));

    [Fact]
    public void Octal_escapes_in_mounts_are_read() =>
        Find("0::/a b\n", @"30 23 0:26 /a\040b /mnt/my\040groups\134\303\244 rw - cgroup2 cgroup2 rw" + "\n")
            .Should().Be(new CgroupLocation(2, "/mnt/my groups\\ä", ""));

    [Theory]
    [InlineData("/over", "35 31 0:32 / /c rw - cgroup c rw,memory\n99 35 0:32 /over /c rw - cgroup c rw,memory\n")]
    [InlineData("/over", "99 35 0:32 /over /c rw - cgroup c rw,memory\n35 31 0:32 / /c rw - cgroup c rw,memory\n")]
    [InlineData("/over", "35 31 0:32 / /c rw - cgroup c rw,memory\n99 31 0:32 /over /c rw - cgroup c rw,memory\n")]
    [InlineData("/over", "x 31 0:32 / /c rw - cgroup c rw,memory\ny z 0:32 /over /c rw - cgroup c rw,memory\n")]
    [InlineData("/", "99 31 0:32 /over /c rw - cgroup c rw,memory\n35 31 0:32 / /c rw - cgroup c rw,memory\n")]
    [InlineData("/over", "30 1 0:9 / /x rw - tmpfs t rw\n35 30 0:32 / /x/c rw - cgroup c rw,memory\n40 30 0:9 / /x rw - tmpfs t rw\n41 40 0:32 /over /x/c rw - cgroup c rw,memory\n")]
    public void Of_equal_mount_points_the_topmost_is_seen(string root, string mounts) =>
        Find("4:memory:/over/app\n", mounts)!.Value.Path.Should().Be(root == "/" ? "/over/app" : "/app");

    [Theory]
    [InlineData("35 31 0:32 / /x/c rw - cgroup c rw,memory\n40 35 0:9 / /x/c rw - tmpfs t rw\n")]
    [InlineData("30 1 0:9 / /x rw - tmpfs t rw\n35 30 0:32 / /x/c rw - cgroup c rw,memory\n40 30 0:9 / /x rw - tmpfs t rw\n")]
    [InlineData("1 0 0:1 / / rw - ext4 e rw\n30 1 0:9 / /x rw - tmpfs t rw\n35 30 0:32 / /x/c rw - cgroup c rw,memory\n40 1 0:9 / / rw - tmpfs t rw\n")]
    public void A_mount_that_another_hides_is_not_seen_whatever_the_others_type(string mounts) =>
        Find("4:memory:/app\n", mounts).Should().BeNull();

    [Theory]
    [InlineData("40 30 0:9 / /x/d rw - tmpfs t rw\n")]
    [InlineData("40 30 0:9 / /x/c/app rw - tmpfs t rw\n")]
    [InlineData("40 30 0:9 / /x/cc rw - tmpfs t rw\n")]
    [InlineData("40 1 0:9 / /x/c rw - tmpfs t rw\n")]
    [InlineData("35 35 0:9 / /y rw - tmpfs t rw\n")]
    public void Other_mounts_hide_nothing(string other) => Find(
            "4:memory:/app\n",
            $"1 1 0:1 / / rw - ext4 e rw\n30 1 0:9 / /x rw - tmpfs t rw\n35 30 0:32 / /x/c rw - cgroup c rw,memory\n{other}")
        .Should().Be(new CgroupLocation(1, "/x/c", "/app"));

    [Theory]
    [InlineData("", "")]
    [InlineData("0::/app\n", "")]
    [InlineData("", CgroupFixtures.Version2Mounts)]
    [InlineData("0:/app\n:::\n\n4\n", CgroupFixtures.Version2Mounts)]
    [InlineData("0::/app\n", "30 23 - cgroup2 cgroup2 rw\n - \n- cgroup2\n30 23 0:26 / /sys/fs/cgroup rw cgroup2\n")]
    [InlineData("0::/app\n", "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw")]
    [InlineData("4:mem:/app\n", CgroupFixtures.Version1Mounts)]
    public void Without_a_group_or_a_mount_there_is_no_location(string membership, string mounts) =>
        Find(membership, mounts).Should().BeNull();

    [Fact]
    public void Random_bytes_never_throw()
    {
        var random = new Random(20240611);
        var bytes = new byte[300];
        for (var i = 0; i < 2000; i++)
        {
            random.NextBytes(bytes);
            MakeLookLikeMounts(bytes, random);
            CgroupLocation.Find(bytes, bytes, _ => true);
        }
    }

    private static void MakeLookLikeMounts(byte[] bytes, Random random)
    {
        for (var at = random.Next(40); at + 16 < bytes.Length; at += 20 + random.Next(40))
        {
            var piece = random.Next(3) switch
            {
                0 => " - cgroup2 x x\n"u8,
                1 => " / /\\04"u8,
                _ => "\n0::/"u8,
            };
            piece.CopyTo(bytes.AsSpan(at));
        }
    }

    private static CgroupLocation? Find(string membership, string mounts, params string[] folders) => CgroupLocation.Find(
        Encoding.UTF8.GetBytes(membership),
        Encoding.UTF8.GetBytes(mounts),
        folder => folders is [] || folders.Contains(folder));
}
