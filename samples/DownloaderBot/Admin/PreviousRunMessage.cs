using MemoryWatch;

namespace DownloaderBot.Admin;

/// <summary>The previous run as a chat message: what was going on, without the long list of what had been before.</summary>
internal static class PreviousRunMessage
{
    /// <summary>Below what chats take in one message, so that something else fits beside it.</summary>
    private const int MostCharacters = 3000;

    public static string Of(PreviousRun run)
    {
        var text = run.Describe();
        var list = text.IndexOf("\n📜", StringComparison.Ordinal);
        text = list < 0 ? text : text[..list];
        return text.Length <= MostCharacters ? text : $"{text[..text.LastIndexOf('\n', MostCharacters)]}\n…";
    }
}
