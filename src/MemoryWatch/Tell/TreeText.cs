using System.Text;

namespace MemoryWatch.Tell;

/// <summary>A title and lines below it, as all reports of the watch are drawn.</summary>
internal static class TreeText
{
    /// <summary>Lines are separated by <c>\n</c>, whatever the system's own separator is.</summary>
    public static string Draw(string title, IReadOnlyList<string> lines)
    {
        var text = new StringBuilder(title);
        for (var i = 0; i < lines.Count; i++)
        {
            text.Append('\n').Append(i == lines.Count - 1 ? "└─ " : "├─ ").Append(lines[i]);
        }

        return text.ToString();
    }
}
