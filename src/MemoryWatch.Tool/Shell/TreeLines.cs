namespace MemoryWatch.Tool;

/// <summary>Wraps lines of a report at words, so that what continues a branch stays within its branch.</summary>
internal static class TreeLines
{
    /// <summary>A narrower terminal wraps by itself.</summary>
    private const int LeastWidth = 20;

    /// <param name="line">The line.</param>
    /// <param name="width">The width of the terminal, in columns.</param>
    public static IEnumerable<string> Wrap(string line, int width)
    {
        var indent = line switch
        {
            _ when line.StartsWith("├─ ", StringComparison.Ordinal) => "│  ",
            _ when line.StartsWith("└─ ", StringComparison.Ordinal) => "   ",
            _ => string.Empty,
        };
        while (line.Length > width && width >= LeastWidth)
        {
            var end = line.LastIndexOf(' ', width, width - indent.Length);
            if (end <= indent.Length)
            {
                break;
            }

            yield return line[..end];
            line = indent + line[(end + 1)..].TrimStart();
        }

        yield return line;
    }
}
