using System.Text.RegularExpressions;
using MemoryWatch.AspNetCore.Page.Files;
using MemoryWatch.AspNetCore.Tests.Support;

namespace MemoryWatch.AspNetCore.Tests;

/// <summary>The files of the page: small, and without anything that the policy forbids.</summary>
public sealed partial class FileTests
{
    private static readonly PageFile[] All = [PageFiles.Page, PageFiles.Enter, PageFiles.Style, PageFiles.Script, PageFiles.EnterScript];

    [Fact]
    public void All_of_them_together_are_below_60_KB() =>
        All.Sum(file => file.Compressed.Length).Should().BeLessThan(60 << 10);

    [Fact]
    public void No_markup_has_a_script_or_a_style_in_it_and_nothing_comes_from_elsewhere()
    {
        foreach (var file in All)
        {
            var text = System.Text.Encoding.UTF8.GetString(file.Content);

            InlineCode().IsMatch(text).Should().BeFalse(file.Name);
            text.Replace("http://www.w3.org/2000/svg", string.Empty, StringComparison.Ordinal).Should().NotContain("http:").And.NotContain("https:");
            text.Should().NotContain("innerHTML", "texts of the application are never markup").And.NotContain("eval(");
        }
    }

    [Fact]
    public void The_script_has_each_of_its_files_once()
    {
        var embedded = typeof(PageFile).Assembly.GetManifestResourceNames().Where(name => name.Contains(".Script.", StringComparison.Ordinal));

        PageFiles.Script.Parts.Select(part => $"{typeof(PageFile).Namespace}.{part}").Should().BeEquivalentTo(embedded).And.OnlyHaveUniqueItems();
        PageFiles.Script.Parts.Should().HaveCountGreaterThan(20).And.StartWith("Script.state.js").And.EndWith("Script.start.js");
    }

    [Fact]
    public async Task Browsers_keep_them_until_there_is_another_version()
    {
        await using var host = await PageHost.StartAsync();

        var known = await host.SendAsync($"/memory/page.js?v={PageFiles.Version}");
        var other = await host.SendAsync("/memory/page.js?v=1");

        known.Response.Headers.CacheControl.ToString().Should().Contain("immutable");
        other.Response.Headers.CacheControl.ToString().Should().Be("no-store");
        known.Response.ContentType.Should().StartWith("text/javascript");
    }

    [Fact]
    public async Task The_first_view_has_everything_in_it_and_is_readable_without_a_script()
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch(MemoryZone.Critical));

        var text = System.Net.WebUtility.HtmlDecode(await PageHost.TextAsync(await host.SendAsync("/memory", from: "127.0.0.1", host: "localhost"))).Replace('\u00a0', ' ');

        text.Should().Contain("Critical: 461 of 512 MB, full in 36-44 s. ").And.Contain("Download (User 5) allocated 118.0 MB of 131.0 MB in the last 12 s.")
            .And.Contain("One operation takes much at once: Download allocated").And.Contain("📊 MEMORY SNAPSHOT").And.Contain("💀 PREVIOUS RUN: OOM-killed by the kernel (confirmed)")
            .And.MatchRegex(@"<li class=""Critical"">[^<]*[^.<]\.</li>").And.NotContain("{{");
    }

    [GeneratedRegex(@"\son\w+=|\sstyle=|<style|<script(?![^>]*\ssrc=)(?![^>]*application/json)", RegexOptions.IgnoreCase)]
    private static partial Regex InlineCode();
}
