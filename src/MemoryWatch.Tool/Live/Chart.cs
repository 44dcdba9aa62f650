using System.Text;

namespace MemoryWatch.Tool.Live;

/// <summary>Draws the course of memory as columns of characters. Pure.</summary>
internal static class Chart
{
    private const int LabelWidth = 10;
    private const int Steps = 8;
    private const string Blocks = " ▁▂▃▄▅▆▇█";
    private const string Now = "now";
    private const string Plain = " ..::||##";

    // The limit is in the picture only if memory comes near it: otherwise memory would be a line at the bottom.
    private const double NearLimit = 0.5;

    /// <param name="points">Resident memory, the oldest first; <see langword="null"/> if it could not be read.</param>
    /// <param name="limit">The limit that this memory is compared with; <see langword="null"/> if it is compared with none.</param>
    /// <param name="width">Number of characters of a line.</param>
    /// <param name="height">Number of lines, without the one below them.</param>
    /// <param name="isUnicode">Whether block characters can be shown.</param>
    public static IReadOnlyList<string> Draw(IReadOnlyList<long?> points, long? limit, int width, int height, bool isUnicode)
    {
        var columns = Columns(points, Room(width));
        var most = columns.Max(static column => column.Value) ?? 0;
        var top = Math.Max(1, limit is { } known && most >= known * NearLimit ? Math.Max(known, most) : most + (most / 10));
        var lines = new List<string>();
        for (var row = height - 1; row >= 0; row--)
        {
            var edge = top * (row + 1.0) / height;
            var label = row == height - 1 || row == (height / 2) - 1 ? MemoryText.Megabytes((long)edge) : string.Empty;
            var line = new StringBuilder(label.PadLeft(LabelWidth)).Append(isUnicode ? " ┤" : " |");
            foreach (var column in columns)
            {
                line.Append(Cell(column, top, row, height, isUnicode));
            }

            lines.Add(line.ToString().TrimEnd());
        }

        return lines;
    }

    /// <summary>The line below the columns: how far back they go.</summary>
    /// <param name="length">Time from the first point to the last.</param>
    /// <param name="points">Number of points.</param>
    /// <param name="width">Number of characters of a line.</param>
    public static string Axis(TimeSpan length, int points, int width)
    {
        var room = Room(width);
        var start = room - Math.Min(points, room);
        var back = $"-{LiveText.Span(length)}";
        return new string(' ', LabelWidth + 2) + (start + back.Length + Now.Length < room
            ? (new string(' ', start) + back).PadRight(room - Now.Length) + Now
            : Now.PadLeft(room));
    }

    private static int Room(int width) => Math.Max(1, width - LabelWidth - 2);

    /// <summary>The highest of the points that share a column; the newest are on the right.</summary>
    private static (long? Value, bool IsPoint)[] Columns(IReadOnlyList<long?> points, int room)
    {
        var columns = new (long? Value, bool IsPoint)[room];
        var used = Math.Min(points.Count, room);
        for (var i = 0; i < points.Count; i++)
        {
            var place = room - used + (int)((long)i * used / points.Count);
            var before = columns[place].Value;
            columns[place] = (points[i] is { } point && !(point <= before) ? point : before, true);
        }

        return columns;
    }

    private static char Cell((long? Value, bool IsPoint) column, long top, int row, int height, bool isUnicode)
    {
        var value = column.Value;
        var filled = value is { } bytes ? (bytes / (double)top * height) - row : 0;
        var step = (int)Math.Round(Math.Clamp(filled, 0, 1) * Steps);

        // What is more than nothing is seen.
        step = step == 0 && row == 0 && value > 0 ? 1 : step;
        return column.IsPoint && value is null && row == 0 ? '?' : (isUnicode ? Blocks : Plain)[step];
    }
}
