using System.Runtime.Versioning;
using MemoryWatch.AspNetCore.Page.Access;
using MemoryWatch.AspNetCore.Tests.Support;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.AspNetCore.Tests.Access;

/// <summary>The random key: made where none is set, kept beside the black box, and printed with the address.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class KeyFileTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task It_is_the_same_after_a_restart_and_only_its_owner_may_read_it()
    {
        using var folder = new TempFolder();
        var box = folder.File("data/memory.blackbox");

        var first = await ReadAsync(box);
        var second = await ReadAsync(box);

        first.Problem.Should().BeNull();
        first.Text.Should().MatchRegex("^[a-z2-9]{26}$");
        second.Text.Should().Be(first.Text);
        File.GetUnixFileMode(KeyFile.PathFor(box)).Should().Be(OwnerOnly);
        Directory.GetFiles(folder.File("data")).Should().Equal(KeyFile.PathFor(box));
    }

    [Fact]
    public async Task Two_keys_differ()
    {
        using var folder = new TempFolder();

        (await ReadAsync(folder.File("a"))).Text.Should().NotBe((await ReadAsync(folder.File("b"))).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("has spaces and is long enough")]
    [InlineData("<script>alert(1)</script>aaaaaaaaaaaa")]
    [InlineData("ends\nin\nmany\nlines\nof\ntext")]
    public async Task Junk_is_replaced(string junk)
    {
        using var folder = new TempFolder();
        var box = folder.File("memory.blackbox");
        await File.WriteAllTextAsync(KeyFile.PathFor(box), junk);

        var key = await ReadAsync(box);

        key.Problem.Should().BeNull();
        (await File.ReadAllTextAsync(KeyFile.PathFor(box))).Should().Be($"{key.Text}\n");
        File.GetUnixFileMode(KeyFile.PathFor(box)).Should().Be(OwnerOnly);
    }

    [Fact]
    public async Task A_huge_file_is_junk_and_is_not_read_to_its_end()
    {
        using var folder = new TempFolder();
        var box = folder.File("memory.blackbox");
        using (var file = File.Create(KeyFile.PathFor(box)))
        {
            file.SetLength(1L << 40);
        }

        (await ReadAsync(box)).Text.Should().MatchRegex("^[a-z2-9]{26}$");
        new FileInfo(KeyFile.PathFor(box)).Length.Should().Be(27);
    }

    [Fact]
    public async Task A_key_that_others_could_read_is_closed_to_them()
    {
        using var folder = new TempFolder();
        var box = folder.File("memory.blackbox");
        await File.WriteAllTextAsync(KeyFile.PathFor(box), "akeythatsomebodyplacedthere");
        File.SetUnixFileMode(KeyFile.PathFor(box), OwnerOnly | UnixFileMode.OtherRead | UnixFileMode.GroupRead);

        (await ReadAsync(box)).Text.Should().Be("akeythatsomebodyplacedthere");

        File.GetUnixFileMode(KeyFile.PathFor(box)).Should().Be(OwnerOnly);
    }

    [Fact]
    public async Task Where_it_cannot_be_kept_it_is_for_this_run_and_says_why()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("file"), string.Empty);
        Directory.CreateDirectory(KeyFile.PathFor(folder.File("taken")));

        foreach (var box in new[] { folder.File("file/memory.blackbox"), folder.File("taken"), "/proc/no/memory.blackbox", null, string.Empty })
        {
            var key = await ReadAsync(box);

            key.Text.Should().MatchRegex("^[a-z2-9]{26}$");
            key.Problem.Should().NotBeNullOrEmpty();
        }
    }

    [Fact]
    public async Task Those_who_start_at_once_have_one_key()
    {
        using var folder = new TempFolder();
        var box = folder.File("memory.blackbox");
        await ReadAsync(box);

        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ReadAsync(box)));

        keys.Select(k => k.Text).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task The_log_says_where_the_page_is_with_its_key_and_that_key_opens_it()
    {
        using var folder = new TempFolder();
        await using var host = await PageHost.StartAsync(_ => { }, Demo.Watch(), blackBox: folder.File("memory.blackbox"));

        Wait.Until(() => host.Log.All.Any(l => l.Event.Id == 48), "the address is logged");

        var line = host.Log.All.Single(l => l.Event.Id == 48);
        line.Level.Should().Be(LogLevel.Information);
        line.Text.Should().MatchRegex(@"^Memory page: /memory#key=[a-z2-9]{26} \(from elsewhere use the service's own address and the same path and key\)$");
        (await host.EnterAsync(line.Text.Split("#key=")[1][..26])).Response.StatusCode.Should().Be(303);
        host.Log.All.Should().NotContain(l => l.Event.Id == 49);
    }

    [Fact]
    public async Task A_session_outlives_a_restart()
    {
        using var folder = new TempFolder();
        string cookie;
        await using (var before = await PageHost.StartAsync(_ => { }, blackBox: folder.File("memory.blackbox")))
        {
            Wait.Until(() => before.Log.All.Any(l => l.Event.Id == 48), "the address is logged");
            cookie = await before.CookieAsync(before.Log.All.Single(l => l.Event.Id == 48).Text.Split("#key=")[1][..26]);
        }

        await using var after = await PageHost.StartAsync(_ => { }, blackBox: folder.File("memory.blackbox"));

        (await after.SendAsync("/memory/snapshot", request: r => r.Headers.Cookie = cookie)).Response.StatusCode.Should().Be(200);
    }

    [Fact]
    public async Task Without_a_black_box_a_warning_says_that_the_key_will_change()
    {
        await using var host = await PageHost.StartAsync(_ => { });

        Wait.Until(() => host.Log.All.Any(l => l.Event.Id == 48), "the address is logged");

        host.Log.All.Single(l => l.Event.Id == 49).Text.Should().StartWith("The access key of the memory page is valid for this run only (there is no black box");
    }

    [Fact]
    public async Task A_key_that_was_set_is_not_logged()
    {
        await using var host = await PageHost.StartAsync();

        Wait.Until(() => host.Log.All.Any(l => l.Event.Id == 48), "the address is logged");

        host.Log.All.Single(l => l.Event.Id == 48).Text.Should().Be("Memory page: /memory (from this machine, and from elsewhere with the configured access key)");
        host.Log.All.Should().NotContain(l => l.Text.Contains(PageHost.Key));
    }

    private static Task<AccessKey> ReadAsync(string? box) => KeyFile.ReadOrCreateAsync(box);
}
