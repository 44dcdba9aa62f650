using System.CommandLine;

namespace MemoryWatch.Tool.Completion;

/// <summary>What the last word of a command line may become. Where a file is expected there is nothing, and shells then offer files.</summary>
internal static class Suggestions
{
    public static IEnumerable<string> For(Command root, string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var last = line.EndsWith(' ') || words.Length < 2 ? string.Empty : words[^1];

        // The first word is the command itself.
        string[] before = [.. words.Skip(1).Take(words.Length - 1 - (last.Length > 0 ? 1 : 0))];
        return root.Parse([.. before, last]).GetCompletions()
            .Select(completion => completion.Label)
            .Where(label => label.StartsWith(last, StringComparison.Ordinal) && label.StartsWith('-') == last.StartsWith('-') && label != "suggest")
            .Distinct();
    }
}
