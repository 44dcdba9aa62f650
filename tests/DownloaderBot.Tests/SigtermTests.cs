using System.Net;
using DownloaderBot.Tests.Support;

namespace DownloaderBot.Tests;

/// <summary>The stop that a container host asks for, of the program as a process of its own.</summary>
public sealed class SigtermTests
{
    private const int User = 101;

    [Fact]
    public async Task On_sigterm_downloads_are_cancelled_users_told_sessions_disconnected_and_files_gone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var bot = new BotProcess(BotHost.NoDemo, "--urls", "http://127.0.0.1:0", "--Local:BytesPerSecond=1MB");
        using var page = await LocalPageClient.OpenAsync(bot, User);
        await page.LogInAsync();
        await page.TypeAsync("/dl https://t.me/demo/500");
        await page.ReadToAsync(text => text.Contains('%'));
        bot.AssetFiles.Should().ContainSingle();

        bot.Terminate();

        (await page.ReadToAsync(text => text.Contains("restarted"))).Should().Contain("Please send the link again");
        var (exitCode, _) = await bot.ExitAsync();
        exitCode.Should().Be(0);
        bot.AssetFiles.Should().BeEmpty();
        var rest = await bot.RestOfOutputAsync();
        rest.Should().Contain("Download Cancelled | User 101").And.Contain("Session Disconnected | User 101 - Total sessions: 0")
            .And.Contain("Memory watch stopped");
    }

    /// <summary>A person on the local chat's page, without a browser.</summary>
    private sealed class LocalPageClient : IDisposable
    {
        private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
        private StreamReader? _events;

        public static async Task<LocalPageClient> OpenAsync(BotProcess bot, int user)
        {
            var console = await bot.OutputToAsync("The local chat: open ");
            var client = new LocalPageClient();
            client._http.BaseAddress = new(console[(console.LastIndexOf("open ", StringComparison.Ordinal) + 5)..].Split(' ')[0]);
            client._http.DefaultRequestHeaders.Add("X-Local-Chat", "1");
            client._events = new(await client._http.GetStreamAsync($"/local/events?users={user}", TestTime.Limit));
            return client;
        }

        public async Task TypeAsync(string text)
        {
            using var answer = await _http.PostAsync($"/local/users/{User}/messages", new StringContent(text), TestTime.Limit);
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
        }

        public async Task LogInAsync()
        {
            await TypeAsync("/login +15550101");
            var code = await ReadToAsync(text => text.Contains("login code is "));
            await TypeAsync($"/verify {string.Join(' ', code.Split("login code is ")[1][..5].ToCharArray())}");
            await ReadToAsync(text => text.Contains("You are logged in"));
        }

        /// <summary>The first event whose data this is true of.</summary>
        public async Task<string> ReadToAsync(Func<string, bool> fits)
        {
            var limit = TestTime.Limit;
            while (await _events!.ReadLineAsync(limit) is { } line)
            {
                if (fits(line))
                {
                    return line;
                }
            }

            throw new InvalidOperationException("The stream has ended.");
        }

        public void Dispose()
        {
            _events?.Dispose();
            _http.Dispose();
        }
    }
}
