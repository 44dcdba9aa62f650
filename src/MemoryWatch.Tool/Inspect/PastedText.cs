using System.Text.RegularExpressions;
using MemoryWatch.Tell;

namespace MemoryWatch.Tool.Inspect;

/// <summary>
/// Finds compact lines in a text that was copied out of a console or a log. Where a line was wrapped, each part may have a prefix of any kind: several
/// ways to take it off are tried, and the checksum says which is right.
/// </summary>
internal static partial class PastedText
{
    /// <summary>Far more than a line of 1,500 characters can be wrapped to.</summary>
    private const int MostLines = 80;

    /// <summary>Time, host, unit, level, category: more words before a line are unusual.</summary>
    private const int MostWords = 9;

    /// <summary>Fewer keys may be any text.</summary>
    private const int LeastKeys = 3;

    public static IReadOnlyList<PastedRecord> Read(string text)
    {
        var lines = PastedClean.Lines(text);
        List<PastedRecord> found = [];
        HashSet<string> seen = [];
        var begins = Begins(lines);
        if (Headless([.. lines.Take(begins.Count > 0 ? begins[0].Line + 1 : lines.Length)], begins.Count > 0 ? begins[0].Column : null) is { } headless)
        {
            found.Add(headless);
        }

        for (var i = 0; i < begins.Count; i++)
        {
            var (line, column) = begins[i];
            var end = i + 1 < begins.Count ? begins[i + 1] : (Line: lines.Length, Column: 0);
            var count = Math.Min(MostLines, end.Line - line + (end.Line == line || end.Column > 0 ? 1 : 0));
            string[] part = [.. lines.Skip(line).Take(count)];
            if (end.Line < lines.Length && end.Line - line < part.Length && (end.Line == line || end.Column > 0))
            {
                part[^1] = part[^1][..end.Column];
            }

            var (record, key) = ReadOne(part, column, line + 1);
            if (seen.Add(key))
            {
                found.Add(record);
            }
        }

        return found;
    }

    private static List<(int Line, int Column)> Begins(string[] lines) =>
        [.. lines.SelectMany((line, index) => Beginning().Matches(line).Select(match => (index, match.Index)))];

    private static (PastedRecord Record, string Key) ReadOne(string[] lines, int column, int number)
    {
        PastedRecord? best = null;
        foreach (var candidate in Candidates(lines, column).Distinct())
        {
            var (state, record) = CompactRecordReader.ReadAll(candidate).FirstOrDefault();
            if (record is not null)
            {
                return (new(state, record, CompactRecordReader.Keys, number), Key(candidate));
            }

            var (rest, keys) = CompactRecordReader.ReadRest(candidate);
            if (best is null || keys.Count > best.Keys.Count || (keys.Count == best.Keys.Count && best.State == CompactRecordState.CutOff && state != CompactRecordState.CutOff))
            {
                best = new(state, rest, keys, number);
            }
        }

        return (best!, $"{number}:{column}");
    }

    /// <summary>A line without its beginning, before the first whole one or alone.</summary>
    private static PastedRecord? Headless(string[] lines, int? end)
    {
        if (end is { } column)
        {
            lines[^1] = lines[^1][..column];
        }

        var first = Array.FindIndex(lines, line => KeyStart().IsMatch(line));
        if (first < 0)
        {
            return null;
        }

        string[] part = [.. lines.Skip(first).Take(MostLines)];
        var at = KeyStart().Match(part[0]).Index;
        var (record, keys) = Candidates(part, at).Distinct().Select(CompactRecordReader.ReadRest).MaxBy(read => read.Keys.Count);
        return keys.Count < LeastKeys ? null : new(CompactRecordState.CutOff, record, keys, first + 1, IsBeginningMissing: true);
    }

    private static string Key(string candidate)
    {
        var dense = CompactRecordText.WithoutSpace(candidate);
        return dense[..(dense.IndexOf(CompactRecordText.Checksum, StringComparison.Ordinal) + CompactRecordText.Checksum.Length + CompactRecordText.ChecksumLength)];
    }

    /// <summary>What the line may have been, the likeliest first.</summary>
    private static IEnumerable<string> Candidates(string[] lines, int column)
    {
        var head = lines[0][column..];
        var rest = lines[1..];
        yield return Only(head);
        yield return Join(Only(head), rest, Only);
        yield return Join(FirstRun(head), rest, LongestRun);
        yield return Join(FirstRun(head), rest, LastRun);

        // As wide a prefix as the first part has, or as any of its words ends.
        foreach (var width in Enumerable.Range(1, column).Where(i => i == column || (lines[0][i - 1] == ' ' && lines[0][i] != ' ')).Reverse())
        {
            yield return Join(Only(head), rest, line => Only(line.Length > width ? line[width..] : string.Empty));
        }

        for (var words = 1; words <= MostWords; words++)
        {
            var dropped = words;
            yield return Join(Only(head), rest, line => Only(WithoutWords(line, dropped)));
            yield return Join(FirstRun(head), rest, line => WithoutWords(LongestRun(line), dropped));
            yield return Join(FirstRun(head), rest, line => WithoutWords(LastRun(line), dropped));
        }
    }

    private static string Join(string head, string[] rest, Func<string, string> take) => head + string.Concat(rest.Select(take));

    private static string Only(string line) => string.Concat(line.Where(PastedClean.IsOfRecord));

    private static string[] Runs(string line) => NotOfRecord().Split(line);

    private static string FirstRun(string line) => Runs(line)[0];

    private static string LongestRun(string line) => Runs(line).MaxBy(run => run.Length) ?? string.Empty;

    private static string LastRun(string line) => Runs(line).LastOrDefault(run => run.Trim().Length > 0) ?? string.Empty;

    private static string WithoutWords(string line, int count)
    {
        var rest = line.AsSpan().TrimStart();
        for (; count > 0 && !rest.IsEmpty; count--)
        {
            var end = rest.IndexOf(' ');
            rest = end < 0 ? default : rest[end..].TrimStart();
        }

        return rest.ToString();
    }

    [GeneratedRegex(@"MW1\s*;\s*t\s*=")]
    private static partial Regex Beginning();

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:zone|used|heap|rss|split|rest|in|top|metrics)=(?=[A-Za-z0-9])")]
    private static partial Regex KeyStart();

    [GeneratedRegex(@"[^A-Za-z0-9 ._\-/+%~(),:;=]+")]
    private static partial Regex NotOfRecord();
}
