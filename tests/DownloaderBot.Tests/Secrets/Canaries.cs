using DownloaderBot.Local;
using DownloaderBot.Tests.Support;

namespace DownloaderBot.Tests.Secrets;

/// <summary>Secrets that occur nowhere else, and the places where none of them may turn up.</summary>
internal static class Canaries
{
    /// <summary>Over 65535, so that it is no port by chance.</summary>
    public const string Code = "98713";

    public const string SpacedCode = "9 8 7 1 3";

    /// <summary>Ends in 2: an account with a password.</summary>
    public const string Phone = "+4915798765432";

    public const string Password = "canary-passw0rd";

    public const string SessionKey = "canary-session-key";

    public const string Token = "123456:canary-token";

    private static readonly string[] Traces = [Code, SpacedCode, Phone[1..], Phone[3..], Password, SessionKey, Token, "canary"];

    public static async Task ShouldBeNowhereAsync(RunningBot bot, string console, params VirtualUser[] users)
    {
        var log = await bot.ReadLogAsync();
        log.Should().Contain(" VRB ", "this is about the log at its most talkative");
        console.Should().Contain(" VRB ");
        ShouldHoldNone("the log file", log);
        ShouldHoldNone("the console", console);
        foreach (var entry in bot.Watch.RecentEntries)
        {
            ShouldHoldNone("the journal", $"{entry.Title} {entry.Context} {entry.Error}");
        }

        foreach (var operation in bot.Watch.InFlight)
        {
            ShouldHoldNone("an operation in flight", $"{operation}");
        }

        foreach (var message in users.SelectMany(u => u.Conversation.Messages).Where(m => !m.IsService))
        {
            ShouldHoldNone("a reply", message.Text);
        }

        foreach (var file in Directory.GetFiles(Path.Combine(bot.Folder, "data")))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            ShouldHoldNone("the database", await reader.ReadToEndAsync(TestTime.Limit));
        }
    }

    public static void ShouldHoldNone(string place, string text)
    {
        foreach (var trace in Traces)
        {
            var at = text.IndexOf(trace, StringComparison.OrdinalIgnoreCase);
            (at < 0 ? null : text[Math.Max(0, at - 100)..Math.Min(text.Length, at + 100)]).Should().BeNull("'{0}' should not be in {1}", trace, place);
        }
    }
}
