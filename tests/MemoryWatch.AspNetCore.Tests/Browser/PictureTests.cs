using MemoryWatch.AspNetCore.Tests.Support;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace MemoryWatch.AspNetCore.Tests.Browser;

/// <summary>
/// The pictures in the documentation. They are taken where <c>PAGE_PICTURES</c> names a folder, such as <c>docs/images</c>; otherwise the layouts are
/// only checked.
/// </summary>
public sealed class PictureTests(ITestOutputHelper output)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("PAGE_PICTURES");

    [Theory]
    [InlineData("memory-page-light", ColorScheme.Light, 1080, 1000, MemoryZone.Healthy)]
    [InlineData("memory-page-dark", ColorScheme.Dark, 1080, 1000, MemoryZone.Critical)]
    [InlineData("memory-page-phone", ColorScheme.Light, 390, 1180, MemoryZone.Critical)]
    public async Task The_page_fits_its_width(string name, ColorScheme colors, int width, int height, MemoryZone zone)
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch(zone), listens: true);
        await using var browser = await Support.Browser.TryStartAsync(output, width, height, colors);
        if (browser is null)
        {
            return;
        }

        var page = await browser.OpenAsync(host.Address);
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");

        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(width, "nothing sticks out at the side");
        if (Folder is not null)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.png") });
            await page.ScreenshotAsync(new() { Path = Path.Combine(Path.GetTempPath(), $"{name}-full.png"), FullPage = true });
        }

        browser.Complaints.Should().BeEmpty();
    }
}
