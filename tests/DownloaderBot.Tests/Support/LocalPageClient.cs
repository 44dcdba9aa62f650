using System.Net;

namespace DownloaderBot.Tests.Support;

/// <summary>A person on the local chat's page, without a browser.</summary>
internal sealed class LocalPageClient(int user) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private StreamReader? _events;

    public static async Task<LocalPageClient> OpenAsync(BotProcess bot, int user)
    {
        var console = await bot.OutputToAsync("The local chat: open ");
        var client = new LocalPageClient(user);
        client._http.BaseAddress = new(console[(console.LastIndexOf("open ", StringComparison.Ordinal) + 5)..].Split(' ')[0]);
        client._http.DefaultRequestHeaders.Add("X-Local-Chat", "1");
        client._events = new(await client._http.GetStreamAsync($"/local/events?users={user}", TestTime.Limit));
        return client;
    }

    /// <summary>Another person on the same page.</summary>
    public static async Task<LocalPageClient> JoinAsync(LocalPageClient other, int user)
    {
        var client = new LocalPageClient(user);
        client._http.BaseAddress = other._http.BaseAddress;
        client._http.DefaultRequestHeaders.Add("X-Local-Chat", "1");
        client._events = new(await client._http.GetStreamAsync($"/local/events?users={user}", TestTime.Limit));
        return client;
    }

    public async Task TypeAsync(string text)
    {
        using var answer = await _http.PostAsync($"/local/users/{user}/messages", new StringContent(text), TestTime.Limit);
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
