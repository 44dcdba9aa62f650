using System.Globalization;
using System.Text;
using Spectre.Console;

namespace MemoryWatch.Tool.Drawing;

/// <summary>One reading of a chart. The size is null if it is not known.</summary>
internal readonly record struct ChartPoint(DateTimeOffset Time, long? Bytes, MemoryZone Zone);

/// <summary>What a chart shows.</summary>
/// <param name="Title">Which memory it is.</param>
/// <param name="Points">The readings, the oldest first.</param>
/// <param name="LimitBytes">The limit; null if none is known.</param>
/// <param name="TimeZone">The time zone of the time axis.</param>
internal sealed record ChartSeries(string Title, IReadOnlyList<ChartPoint> Points, long? LimitBytes, TimeZoneInfo TimeZone);

/// <summary>
/// Draws memory over time as an area below its limit, with the zone of each moment under it: legible without color and, if it must be, in ASCII.
/// </summary>
internal static class MemoryChart
{
    private const int Height = 9;
    private const int LabelWidth = 10;
    private const int LeastColumns = 20;
    private const int MostColumns = 160;
    private const string Eighths = " ▁▂▃▄▅▆▇█";

    /// <summary>For how many times the usual distance of two readings the last one stands.</summary>
    private const int MostMissed = 3;

    private static readonly TimeSpan LeastGap = TimeSpan.FromSeconds(3);

    public static void Write(Shell shell, ChartSeries series)
    {
        var columns = Columns(series.Points, Math.Clamp(shell.Console.Profile.Width - LabelWidth - 2, LeastColumns, MostColumns));
        var most = Math.Max(series.LimitBytes ?? 0, columns.Max(column => column.Bytes) ?? 0);
        if (most == 0)
        {
            shell.WriteLine($"{series.Title}: no reading has this number");
            return;
        }

        var unicode = shell.Console.Profile.Capabilities.Unicode;
        var limitRow = series.LimitBytes is { } limit ? (int)Math.Clamp(Math.Ceiling((double)limit / most * Height) - 1, 0, Height - 1) : -1;
        var length = series.Points[^1].Time - series.Points[0].Time;
        shell.WriteLine($"{series.Title}, the last {Length(length)}" + (series.LimitBytes is { } known ? $" (limit: {MemoryText.Limit(known)})" : string.Empty));
        for (var row = Height - 1; row >= 0; row--)
        {
            var line = new Line(shell);
            line.Add(Label(row, most, limitRow, series.LimitBytes).PadLeft(LabelWidth) + (unicode ? " │" : " |"));
            foreach (var column in columns)
            {
                var glyph = Glyph(column.Bytes, most, row, unicode);
                line.Add(glyph == ' ' && row == limitRow ? (unicode ? '┄' : '-') : glyph, glyph == ' ' ? Style.Plain : ZoneStyle.Of(column.Zone));
            }

            line.End();
        }

        WriteAxis(shell, series, columns.Length, unicode);
        WriteZones(shell, columns);
    }

    private static string Length(TimeSpan length) => length switch
    {
        { TotalSeconds: < 100 } => string.Create(CultureInfo.InvariantCulture, $"{length.TotalSeconds:0} s"),
        { TotalMinutes: < 100 } => string.Create(CultureInfo.InvariantCulture, $"{length.TotalMinutes:0.#} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{length.TotalHours:0.#} h"),
    };

    private static string Label(int row, long most, int limitRow, long? limit) =>
        row == limitRow ? MemoryText.Limit(limit)
        : row == 0 ? "0 MB"
        : row == Height - 1 || row == Height / 2 ? MemoryText.Limit((long)Math.Round((row + 1.0) / Height * most / (1 << 20)) << 20)
        : string.Empty;

    private static char Glyph(long? bytes, long most, int row, bool unicode)
    {
        if (bytes is not { } known)
        {
            return ' ';
        }

        var filled = (double)known / most * Height - row;
        return !unicode ? (filled >= 0.5 ? '#' : ' ')
            : Eighths[(int)Math.Clamp(Math.Round(filled * 8), row == 0 && known > 0 ? 1 : 0, 8)];
    }

    private static void WriteAxis(Shell shell, ChartSeries series, int columns, bool unicode)
    {
        var margin = new string(' ', LabelWidth + 1);
        shell.WriteLine(margin + (unicode ? "└" + new string('─', columns) : "+" + new string('-', columns)));
        var (first, last) = (Clock(series.Points[0].Time, series), Clock(series.Points[^1].Time, series));
        var middle = Clock(series.Points[0].Time + (series.Points[^1].Time - series.Points[0].Time) / 2, series);
        var axis = new StringBuilder(first);
        if (columns >= 3 * first.Length + 6)
        {
            axis.Append(' ', Math.Max(1, (columns - middle.Length) / 2 - axis.Length)).Append(middle);
        }

        axis.Append(' ', Math.Max(1, columns - last.Length - axis.Length)).Append(last);
        shell.WriteLine($"{margin} {axis}");
    }

    private static string Clock(DateTimeOffset time, ChartSeries series) =>
        TimeZoneInfo.ConvertTime(time, series.TimeZone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static void WriteZones(Shell shell, ChartPoint[] columns)
    {
        var line = new Line(shell);
        line.Add("zone".PadLeft(LabelWidth) + "  ");
        foreach (var column in columns)
        {
            line.Add(column.Bytes is null ? ' ' : ZoneStyle.Letter(column.Zone), ZoneStyle.Of(column.Zone));
        }

        line.End();
        var seen = columns.Where(column => column.Bytes is not null).Select(column => column.Zone).Distinct().Order();
        shell.WriteLine(new string(' ', LabelWidth + 2) + string.Join("   ", seen.Select(zone => $"{ZoneStyle.Letter(zone)} {ZoneStyle.Name(zone)}")));
    }

    /// <summary>The highest reading of each column. Where there is none, the one before stands for a while.</summary>
    private static ChartPoint[] Columns(IReadOnlyList<ChartPoint> points, int count)
    {
        var (first, last) = (points[0].Time, points[^1].Time);
        var step = (last - first) / count;
        var usual = (last - first) / Math.Max(1, points.Count - 1) * MostMissed;
        var patience = usual > LeastGap ? usual : LeastGap;
        var columns = new ChartPoint[count];
        var next = 0;
        ChartPoint? before = null;
        for (var i = 0; i < count; i++)
        {
            var end = i == count - 1 ? last : first + (step * (i + 1));
            ChartPoint? highest = null;
            for (; next < points.Count && (points[next].Time < end || i == count - 1); next++)
            {
                highest = highest is { } known && (known.Bytes ?? -1) > (points[next].Bytes ?? -1) ? known : points[next];
                before = points[next];
            }

            columns[i] = highest ?? (before is { } held && end - held.Time <= patience + step ? held : new(end, null, MemoryZone.Healthy));
        }

        return columns;
    }

    /// <summary>A line of which each part has a style.</summary>
    private sealed class Line(Shell shell)
    {
        private readonly Paragraph _styled = new();
        private readonly StringBuilder _plain = new();

        public void Add(string text)
        {
            _plain.Append(text);
            _styled.Append(text, Style.Plain);
        }

        public void Add(char glyph, Style style)
        {
            _plain.Append(glyph);
            _styled.Append(glyph.ToString(), style);
        }

        public void End()
        {
            if (shell.OutputIsTerminal)
            {
                shell.Console.Write(_styled.Append("\n", Style.Plain));
            }
            else
            {
                shell.WriteLine(_plain.ToString().TrimEnd());
            }
        }
    }
}
