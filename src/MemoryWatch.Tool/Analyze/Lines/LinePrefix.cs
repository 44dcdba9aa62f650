using System.Buffers;

namespace MemoryWatch.Tool.Analyze;

/// <summary>
/// What hosts and loggers put before the text of a line: time, level, category, the name of the process. Each is recognized by its form, in any order,
/// because a host adds its own before the logger's.
/// </summary>
internal ref struct LinePrefix
{
    private const int MostParts = 8;
    private const int MostBracket = 96;

    private static readonly SearchValues<byte> Instance = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_./"u8);

    private bool _hasSource;
    private bool _hasLevel;

    /// <summary>The name of the process or container; empty if there is none.</summary>
    public ReadOnlySpan<byte> Source;

    /// <summary>The time, the one with the most of a date if there are several.</summary>
    public LogTime? Time;

    /// <summary>What follows.</summary>
    public ReadOnlySpan<byte> Text;

    /// <summary>Whether the host says that the line goes on in the next one.</summary>
    public bool IsPartial;

    /// <summary>Reads the beginning of a line.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="isComposed">Whether the log puts the name of a service and a bar before each line, as docker compose does.</param>
    public static LinePrefix Read(ReadOnlySpan<byte> line, bool isComposed)
    {
        var prefix = new LinePrefix { Text = line };
        prefix.ReadService(isComposed);
        for (var i = 0; i < MostParts && prefix.ReadPart(); i++)
        {
        }

        prefix.Text = prefix.Text.Trim((byte)' ');
        return prefix;
    }

    /// <summary>The length of the name before a bar, as in <c>bot-1  | text</c>; 0 if there is none.</summary>
    public static int ServiceLength(ReadOnlySpan<byte> line)
    {
        var end = 0;
        while (end < line.Length && IsName(line[end]))
            end++;
        if (end is 0 or > 64)
            return 0;

        var bar = end;
        while (bar < line.Length && line[bar] == ' ')
            bar++;
        return bar > end && bar < line.Length && line[bar] == '|' && (bar + 1 == line.Length || line[bar + 1] == ' ') ? end : 0;
    }

    private void ReadService(bool isComposed)
    {
        var length = ServiceLength(Text);
        if (length == 0 || !(isComposed || IsNumbered(Text[..length])))
            return;

        var rest = Text[(Text.IndexOf((byte)'|') + 1)..];
        if (rest.StartsWith(" Memory: "u8))
            return;

        TakeSource(Text[..length]);
        Text = rest;
    }

    /// <summary>Containers of docker compose have a number: <c>bot-1</c>.</summary>
    private static bool IsNumbered(ReadOnlySpan<byte> name)
    {
        var end = name.Length;
        while (end > 0 && char.IsAsciiDigit((char)name[end - 1]))
            end--;
        return end < name.Length && end > 1 && name[end - 1] is (byte)'-' or (byte)'_';
    }

    private bool ReadPart()
    {
        Text = Text.TrimStart((byte)' ').TrimStart((byte)'\t');
        if (Text.IsEmpty)
            return false;

        return Text[0] switch
        {
            (byte)'<' => ReadPriority(),
            (byte)'[' => ReadBracket(),
            (byte)'|' => ReadBars(),
            >= (byte)'0' and <= (byte)'9' => ReadTime(),

            // After the level there is nothing but the category.
            (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') =>
                _hasLevel ? Text.StartsWith("MemoryWatch"u8) && ReadCategory() : ReadTime() || ReadWord(),
            _ => false,
        };
    }

    private bool ReadTime()
    {
        var length = TimeStamp.Read(Text, out var time);
        if (length == 0)
            return false;

        if (Time is not { } known || time.Date > known.Date)
            Time = time;
        Text = Text[length..];
        return true;
    }

    /// <summary><c>&lt;6&gt;</c> of systemd and syslog; after <c>&lt;14&gt;1 </c> follow time, host, program, process, message id and data.</summary>
    private bool ReadPriority()
    {
        var end = Text.IndexOf((byte)'>');
        if (end is < 2 or > 4)
            return false;

        Text = Text[(end + 1)..];
        if (!Text.StartsWith("1 "u8))
            return true;

        Text = Text[2..];
        if (!ReadTime())
            return true;

        Text = Text.TrimStart((byte)' ');
        var start = Text;
        SkipWord();
        SkipWord();
        SkipWord();
        TakeSource(start[..Math.Max(0, start.Length - Text.Length - 1)]);
        SkipWord();
        if (Text.StartsWith("- "u8))
            Text = Text[2..];
        else if (Text.StartsWith("["u8) && Text.IndexOf("] "u8) is var data and > 0)
            Text = Text[(data + 2)..];
        return true;
    }

    private bool ReadBracket()
    {
        var end = Text.IndexOf((byte)']');
        if (end is < 2 or > MostBracket)
            return false;

        var inner = Text[1..end];
        if (IsLevel(inner))
        {
            Text = Text[(end + 1)..];
            return true;
        }

        var length = TimeStamp.Read(inner, out var time);
        if (length > 0 && (length == inner.Length || IsLevel(inner[length..].Trim((byte)' '))))
        {
            if (Time is not { } known || time.Date > known.Date)
                Time = time;
            Text = Text[(end + 1)..];
            return true;
        }

        // An instance: kubectl names the pod before everything, others after the time. A number alone is a thread.
        var isPod = inner.StartsWith("pod/"u8);
        if (!isPod && (Time is null || inner.IndexOfAnyExcept(Instance) >= 0))
            return false;

        if (inner.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
            TakeSource(inner);
        Text = Text[(end + 1)..];
        return true;
    }

    private bool ReadWord()
    {
        if (Text.StartsWith("stdout "u8) || Text.StartsWith("stderr "u8))
        {
            var tag = Text[7..];
            if (tag.Length < 2 || tag[0] is not ((byte)'F' or (byte)'P') || tag[1] is not ((byte)' ' or (byte)':'))
                return false;
            IsPartial = tag[0] == 'P';
            Text = tag[1] == ' ' ? tag[2..] : tag[(tag.IndexOf((byte)' ') + 1)..];
            return true;
        }

        if (Text.StartsWith("MemoryWatch["u8))
            return ReadCategory();

        var end = Text.IndexOfAny(" :["u8);
        if (end <= 0)
            return false;

        if (Text[end] == ':' || Text[end] == ' ')
        {
            if (IsLevel(Text[..end]))
            {
                Text = Text[(end + 1)..];
                _hasLevel = true;
                return true;
            }

            return Text[end] == ' ' && ReadHost(end);
        }

        return Time is not null && ReadProcess(0, end, mustBeNumber: false);
    }

    /// <summary>The category, with the id of the event or a dash: <c>MemoryWatch[12]</c>, <c>MemoryWatch - </c>.</summary>
    private bool ReadCategory()
    {
        const int Name = 11;
        var rest = Text[Name..];
        var end = rest.IndexOf((byte)']');
        if (rest.StartsWith(" - "u8))
            Text = rest[3..];
        else if (rest.StartsWith("["u8) && end is > 1 and < 7 && rest[1..end].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
            Text = rest[(end + 1)..];
        else
            return false;
        return true;
    }

    /// <summary>The level and the logger between bars, as NLog writes them: <c>|INFO|MemoryWatch|</c>.</summary>
    private bool ReadBars()
    {
        var rest = Text[1..];
        var level = rest.IndexOf((byte)'|');
        if (Time is null || level <= 0 || !IsLevel(rest[..level]))
            return false;

        rest = rest[(level + 1)..];
        var logger = rest.IndexOf((byte)'|');
        if (logger < 0 || rest[..logger].Contains((byte)' '))
            return false;

        Text = rest[(logger + 1)..];
        _hasLevel = true;
        return true;
    }

    /// <summary>A host and a program with its process, as in journald: <c>host bot[123]: </c>.</summary>
    private bool ReadHost(int space)
    {
        if (Time is null || _hasSource)
            return false;

        var program = Text[(space + 1)..];
        var bracket = program.IndexOfAny(" [:"u8);
        return bracket > 0 && program[bracket] == '[' && ReadProcess(space + 1, space + 1 + bracket, mustBeNumber: true);
    }

    /// <summary>A program with its process, as <c>app[web.1]: </c>, <c>bot[123]: </c> or <c>app[148e21] fra [info]</c>.</summary>
    private bool ReadProcess(int start, int bracket, bool mustBeNumber)
    {
        if (_hasSource || Text[start..bracket].IndexOfAny(" |"u8) >= 0)
            return false;

        var end = Text.IndexOf((byte)']');
        if (end < bracket + 2 || end > bracket + 48 || end + 1 >= Text.Length
            || (mustBeNumber && Text[(bracket + 1)..end].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0))
            return false;

        var rest = Text[(end + 1)..];
        if (rest[0] == ':')
        {
            TakeSource(Text[..(end + 1)]);
            Text = rest[1..];
            return true;
        }

        // A region follows, and then the level.
        var level = rest.IndexOf("["u8);
        if (rest[0] != ' ' || level is < 3 or > 8 || rest[level - 1] is not (byte)' ')
            return false;

        TakeSource(Text[..(end + 1)]);
        Text = rest[level..];
        return true;
    }

    private void TakeSource(ReadOnlySpan<byte> source)
    {
        if (!_hasSource)
        {
            Source = source;
            _hasSource = true;
        }
    }

    private void SkipWord()
    {
        var end = Text.IndexOf((byte)' ');
        Text = end < 0 ? [] : Text[(end + 1)..];
    }

    private static bool IsName(byte c) =>
        char.IsAsciiLetterOrDigit((char)c) || c is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'/';

    private static bool IsLevel(ReadOnlySpan<byte> word) => word.Length switch
    {
        3 => word.SequenceEqual("INF"u8) || word.SequenceEqual("WRN"u8) || word.SequenceEqual("FTL"u8) || word.SequenceEqual("ERR"u8)
            || word.SequenceEqual("DBG"u8) || word.SequenceEqual("VRB"u8) || word.SequenceEqual("inf"u8) || word.SequenceEqual("err"u8),
        4 => word.SequenceEqual("info"u8) || word.SequenceEqual("warn"u8) || word.SequenceEqual("crit"u8) || word.SequenceEqual("fail"u8)
            || word.SequenceEqual("dbug"u8) || word.SequenceEqual("trce"u8) || word.SequenceEqual("INFO"u8) || word.SequenceEqual("WARN"u8),
        5 => word.SequenceEqual("error"u8) || word.SequenceEqual("ERROR"u8) || word.SequenceEqual("FATAL"u8) || word.SequenceEqual("debug"u8)
            || word.SequenceEqual("DEBUG"u8),
        _ => false,
    };
}
