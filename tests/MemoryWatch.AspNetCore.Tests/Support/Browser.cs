using Microsoft.Playwright;
using Xunit.Abstractions;

namespace MemoryWatch.AspNetCore.Tests.Support;

/// <summary>Debian's Chromium without a window, with a profile of its own. The driver comes with the package; nothing is downloaded.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly TempFolder _profile;
    private readonly IPlaywright _playwright;
    private readonly IBrowserContext _context;

    private Browser(IPlaywright playwright, IBrowserContext context, TempFolder profile) => (_playwright, _context, _profile) = (playwright, context, profile);

    /// <summary>What the console complained about, and what was asked for elsewhere.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Absent where there is no Chromium: then the test says so and checks nothing.</summary>
    public static async Task<Browser?> TryStartAsync(
        ITestOutputHelper output, int width = 1200, int height = 900, ColorScheme colors = ColorScheme.Light, bool script = true, bool touch = false, float scale = 1)
    {
        if (!File.Exists(Program))
        {
            output.WriteLine($"Not checked: there is no browser at {Program} here.");
            return null;
        }

        var profile = new TempFolder();
        var playwright = await Playwright.CreateAsync();
        var context = await playwright.Chromium.LaunchPersistentContextAsync(profile.Path, new()
        {
            ExecutablePath = Program,
            Args = Arguments,
            Headless = true,
            ColorScheme = colors,
            JavaScriptEnabled = script,
            HasTouch = touch,
            DeviceScaleFactor = scale,
            TimezoneId = "UTC",
            ViewportSize = new() { Width = width, Height = height },
        });
        context.SetDefaultTimeout(20_000);
        return new(playwright, context, profile);
    }

    public async Task<IPage> OpenAsync(Uri address, string path = "memory")
    {
        var page = await _context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                Complaints.Add($"asked for {request.Url}");
            }
        };
        await page.GotoAsync(new Uri(address, path).ToString());
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        _playwright.Dispose();
        _profile.Dispose();
    }
}
