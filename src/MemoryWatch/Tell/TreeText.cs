using System.Text;

namespace MemoryWatch.Tell;

/// <summary>Draws a title and the lines below it, the form of all reports.</summary>
internal static class TreeText
{
    /// <summary>Lines are separated by <c>\n</c>, whatever the system's separator is.</summary>
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
