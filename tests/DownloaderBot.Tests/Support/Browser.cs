using Microsoft.Playwright;
using Xunit.Abstractions;

namespace DownloaderBot.Tests.Support;

/// <summary>Debian's Chromium without a window, with a profile of its own. The driver comes with the package; nothing is downloaded.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private readonly TempFolder _profile = new();
    private readonly IPlaywright _playwright;
    private readonly IBrowserContext _context;

    private Browser(IPlaywright playwright, IBrowserContext context, TempFolder profile) =>
        (_playwright, _context, _profile) = (playwright, context, profile);

    /// <summary>Absent where there is no Chromium: then the test says so and checks nothing.</summary>
    public static async Task<Browser?> TryStartAsync(ITestOutputHelper output, ColorScheme colors = ColorScheme.Light, int width = 1200)
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
            ViewportSize = new() { Width = width, Height = 800 },
        });
        context.SetDefaultTimeout(15_000);
        return new(playwright, context, profile);
    }

    /// <summary>Opens a page; what its console complains about, and what it asks for elsewhere, is collected.</summary>
    public async Task<(IPage Page, List<string> Complaints)> OpenAsync(Uri address)
    {
        var page = await _context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                complaints.Add($"asked for {request.Url}");
            }
        };
        await page.GotoAsync(address.ToString());
        return (page, complaints);
    }

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        _playwright.Dispose();
        _profile.Dispose();
    }
}
