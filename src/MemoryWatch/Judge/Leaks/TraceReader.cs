using System.Globalization;
using System.Text;

namespace MemoryWatch.Judge;

/// <summary>Reads a recorded series row by row. A row that cannot be used is skipped and counted; a time that makes no sense is an error.</summary>
internal sealed class TraceReader
{
    public const string Time = "t_seconds";

    private const int LongestLine = 1 << 16;
    private const int MostSkippedLines = 20;

    // About 3,000 years, on either side of zero: what no clock shows.
    private const double MostSeconds = 1e11;

    private readonly TextReader _reader;
    private readonly StringBuilder _text = new();
    private readonly List<long> _skipped = [];
    private readonly int _timeColumn;
    private readonly bool[] _isMemory;
    private readonly double[] _cells;
    private long _line;

    /// <exception cref="FormatException">The header is missing or lacks a column.</exception>
    public TraceReader(TextReader reader)
    {
        _reader = reader;
        var header = ReadLine();
        string[] names = header is null ? [] : [.. header.TrimStart('\uFEFF').Split(',').Select(static name => name.Trim())];
        _timeColumn = Array.IndexOf(names, Time);
        if (_timeColumn < 0 || !names.Any(TraceJudge.IsMemory) || names.Distinct().Count() < names.Length || names.Contains(string.Empty))
        {
            throw new FormatException(
                $"Line 1: the header is '{SafeText.Context(header ?? string.Empty)}'; it must have different names, {Time}, and one of {TraceJudge.MemoryColumns}.");
        }

        Columns = names;
        _isMemory = Array.ConvertAll(names, TraceJudge.IsMemory);
        _cells = new double[names.Length];
    }

    /// <summary>The names of all columns.</summary>
    public string[] Columns { get; }

    /// <summary>The time of the last row, in seconds.</summary>
    public double Seconds { get; private set; } = double.NegativeInfinity;

    /// <summary>The cells of the last row; not a number if a cell is empty.</summary>
    public ReadOnlySpan<double> Cells => _cells;

    public long RowCount { get; private set; }

    public long SkippedRowCount { get; private set; }

    public IReadOnlyList<long> SkippedLines => _skipped;

    /// <summary>Reads the next row that can be used.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="FormatException">Its time is missing, or before that of the previous row.</exception>
    public bool Read()
    {
        while (ReadLine() is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            RowCount++;
            var cells = line.Split(',');
            ReadTime(cells.Length > _timeColumn ? cells[_timeColumn] : string.Empty);
            if (ReadCells(cells))
            {
                return true;
            }

            SkippedRowCount++;
            if (_skipped.Count < MostSkippedLines)
            {
                _skipped.Add(_line);
            }
        }

        return false;
    }

    private static bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private void ReadTime(string text)
    {
        if (!TryParse(text, out var seconds) || seconds < Seconds || Math.Abs(seconds) > MostSeconds)
        {
            throw new FormatException(
                string.Create(CultureInfo.InvariantCulture, $"Line {_line}: {Time} is '{SafeText.Context(text)}'; it must be a number of seconds, at most {MostSeconds:0}, that is not less than in the row before."));
        }

        Seconds = seconds;
    }

    private bool ReadCells(string[] cells)
    {
        var isGood = cells.Length == Columns.Length;
        for (var i = 0; i < Columns.Length && isGood; i++)
        {
            var isNumber = TryParse(cells[i], out var value);
            _cells[i] = isNumber ? value : double.NaN;
            isGood = !_isMemory[i] || (isNumber ? value >= 0 : string.IsNullOrWhiteSpace(cells[i]));
        }

        return isGood;
    }

    /// <summary>Reads a line of bounded length, because the file may be anything.</summary>
    private string? ReadLine()
    {
        _text.Clear();
        _line++;
        for (var next = _reader.Read(); next >= 0; next = _reader.Read())
        {
            if (next == '\n')
            {
                return _text.ToString().TrimEnd('\r');
            }

            if (_text.Length >= LongestLine)
            {
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Line {_line}: the line is longer than {LongestLine} characters; it must be a row of numbers."));
            }

            _text.Append((char)next);
        }

        return _text.Length == 0 ? null : _text.ToString();
    }
}
