namespace MemoryWatch.Tool.Analyze;

/// <summary>Columns of text: the first is aligned to the left, the others to the right. Plain, so that a file of it can be searched.</summary>
internal sealed class TextColumns(params string[] titles)
{
    private const string Gap = "  ";
    private const int Widest = 32;

    private readonly List<string[]> _rows = [titles];

    /// <summary>Whether there is a row below the titles.</summary>
    public bool HasRows => _rows.Count > 1;

    public void Add(params string[] cells) => _rows.Add([Cut(cells[0]), .. cells[1..]]);

    public IEnumerable<string> Lines()
    {
        var widths = Enumerable.Range(0, titles.Length).Select(column => _rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in _rows)
        {
            var cells = row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]));
            yield return string.Join(Gap, cells).TrimEnd();
        }
    }

    private static string Cut(string text) => text.Length > Widest ? $"{text[..(Widest - 1)]}…" : text;
}
