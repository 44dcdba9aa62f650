using MemoryWatch;

namespace DownloaderBot.Watching;

/// <summary>The previous run as a chat message: what was in flight, without the long list of recent operations.</summary>
internal static class PreviousRunMessage
{
    /// <summary>Less than chats accept in one message, so that other text fits too.</summary>
    private const int MostCharacters = 3000;

    public static string Of(PreviousRun run)
    {
        var text = run.Describe();
        var list = text.IndexOf("\n📜", StringComparison.Ordinal);
        text = list < 0 ? text : text[..list];
        return text.Length <= MostCharacters ? text : $"{text[..text.LastIndexOf('\n', MostCharacters)]}\n…";
    }
}
