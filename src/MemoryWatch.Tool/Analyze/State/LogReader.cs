using System.Text;

namespace MemoryWatch.Tool.Analyze;

/// <summary>Reads logs, one file after the other, and gives each line to the process that wrote it.</summary>
internal sealed class LogReader : ILineSink
{
    public const int MostSources = 64;
    public const int MostDamaged = 10;

    private const int MostPartial = 64 << 10;
    private const int Sample = 64;

    private readonly LogTotals _totals = new();
    private readonly Dictionary<ulong, LogStream> _streams = [];
    private readonly List<FileReport> _files = [];
    private readonly List<DamagedLineReport> _damaged = [];
    private readonly int _bufferBytes;
    private LogStream? _last;
    private string _file = string.Empty;
    private long _number;
    private int _wanted;
    private long _libraryLines;
    private long _damagedLines;
    private long _overlong;
    private long _tooManySources;
    private long _filesOutOfOrder;
    private long _damagedFiles;
    private int _composed;
    private int _sampled;

    public LogReader(int bufferBytes = LineScanner.DefaultBuffer) => _bufferBytes = bufferBytes;

    public bool WantsNext => _wanted > 0;

    /// <summary>Reads a file to its end.</summary>
    /// <param name="stream">The text.</param>
    /// <param name="name">The name of the file.</param>
    /// <param name="progress">Learns how many bytes have been read.</param>
    /// <param name="cancellation">Ends it.</param>
    public void Read(Stream stream, string name, Action<long>? progress, CancellationToken cancellation)
    {
        (_file, _wanted, _composed, _sampled) = (name, 0, 0, 0);
        var before = _last?.Clock.Backwards;
        var scanner = new LineScanner(this, _bufferBytes);
        try
        {
            scanner.Read(stream, progress, cancellation);
        }
        catch (InvalidDataException) when (scanner.Bytes > 0)
        {
            // A packed file whose end is missing, as a dead host leaves it: what comes before is worth reading.
            _damagedFiles++;
        }

        _files.Add(new(name, scanner.Lines, scanner.Bytes));
        _filesOutOfOrder += _files.Count > 1 && before is { } known && _last!.Clock.Backwards > known ? 1 : 0;
    }

    public void Take(ReadOnlyMemory<byte> line, long number)
    {
        _wanted--;
        _number = number;
        if (line.Span.EndsWith("\r"u8))
            line = line[..^1];
        if (line.Span.Contains((byte)0x1B))
            line = AnsiCodes.Without(line.Span);
        if (line.IsEmpty)
            return;

        TakeLine(line, depth: 0, time: null);
    }

    public void Overlong(long number) => _overlong++;

    /// <summary>What was read.</summary>
    public LogReport Report()
    {
        foreach (var stream in _streams.Values)
            stream.Finish();

        // If several processes write the same lines, a start says nothing of the one before it.
        var mixed = _streams.Values.Where(stream => stream.IsMixed).Select(stream => stream.Source).ToHashSet();
        var ends = _totals.Ends.Where(end => end.Verdict is not null || !mixed.Contains(end.Source)).ToList();
        return new()
        {
            Files = _files,
            Lines = _files.Sum(file => file.Lines),
            LibraryLines = _libraryLines,
            DamagedLines = _damagedLines,
            FirstDamaged = _damaged,
            Runs = _totals.Runs,
            MoreRuns = _totals.RunCount - _totals.Runs.Count,
            SpikeCount = _totals.SpikeCount,
            Spikes = _totals.Spikes,
            UncleanEndCount = _totals.EndCount - (_totals.Ends.Count - ends.Count),
            UncleanEnds = [.. ends.Select(end => end.Report())],
            Findings = _totals.Findings.Report(),
            Silent = _totals.Findings.Silent(),
            Operations = OperationReports.Of(_totals.Operations.All),
            OtherOperations = OperationReports.Of(_totals.Operations.Others),
            Alerts = Alerts(),
            FreedBytes = _totals.Reliefs.Count > 0 ? _totals.Reliefs.FreedBytes : null,
            Notes = Notes(),
        };
    }

    private AlertCount[] Alerts() =>
    [
        .. Enum.GetValues<TitleKind>()
            .Where(kind => kind is not (TitleKind.None or TitleKind.Started or TitleKind.Stopped or TitleKind.PreviousRun) && _totals.CountOf(kind) > 0)
            .Select(kind => new AlertCount(Titles.Words(kind).TrimEnd(';'), _totals.CountOf(kind))),
        .. _totals.Reliefs.Count > 0 ? [new AlertCount("freed", _totals.Reliefs.Count)] : (AlertCount[])[],
    ];

    private List<LogNote> Notes()
    {
        var notes = new List<LogNote>();
        foreach (var stream in _streams.Values.Where(stream => stream.HasLines))
        {
            if (stream.Clock.Now is not { } now)
                notes.Add(new(LogNoteKind.NoTimes, stream.Source, 1));
            else if (now.Date == LogDate.None)
                notes.Add(new(LogNoteKind.NoDates, stream.Source, 1));
            if (stream.Clock.Backwards > 0)
                notes.Add(new(LogNoteKind.ClockWentBack, stream.Source, stream.Clock.Backwards));
            if (stream.IsMixed)
                notes.Add(new(LogNoteKind.ProcessesNotToldApart, stream.Source, 1));
        }

        Note(LogNoteKind.TooManySources, _tooManySources);
        Note(LogNoteKind.FilesOutOfOrder, _filesOutOfOrder);
        Note(LogNoteKind.FilesDamaged, _damagedFiles);
        Note(LogNoteKind.OverlongLines, _overlong);
        Note(LogNoteKind.LostInFlight, _totals.LostInFlight);
        return notes;

        void Note(LogNoteKind kind, long count)
        {
            if (count > 0)
                notes.Add(new(kind, string.Empty, count));
        }
    }

    private void TakeLine(ReadOnlyMemory<byte> line, int depth, LogTime? time)
    {
        var prefix = LinePrefix.Read(line.Span, IsComposed(line.Span));
        var text = prefix.Text;
        if (text.Length > 1 && text[0] == '{' && text[^1] == '}' && depth < 2
            && line.Span.Overlaps(text, out var start) && TakeJson(line.Slice(start, text.Length), prefix, depth))
            return;

        // The time that the host adds has a date, and the program's own may have none.
        var stream = StreamOf(prefix, time);
        if ((prefix.Time is { } own && !(time?.Date >= own.Date) ? own : time) is { } at)
            stream.Clock.Take(at);
        if (prefix.IsPartial || stream.Partial is not null)
        {
            TakePartial(stream, text, prefix.IsPartial, prefix.Time ?? time);
            return;
        }

        // A category stands alone, and its message is in the next lines.
        if (!text.IsEmpty)
            TakeText(stream, text);
    }

    private bool TakeJson(ReadOnlyMemory<byte> text, in LinePrefix prefix, int depth)
    {
        if (!JsonLine.TryRead(text, out var json))
            return false;
        if (json.Message is not { Length: > 0 } message || (json.Category is { } category && category != "MemoryWatch"))
            return true;

        if (json.IsWrapped)
        {
            TakeWrapped(message, prefix, json.Time, depth);
            return true;
        }

        var stream = StreamOf(prefix, json.Time);
        if ((json.Time ?? prefix.Time) is { } time)
            stream.Clock.Take(time);
        foreach (var line in message.EnumerateLines())
            TakeText(stream, Encoding.UTF8.GetBytes(line.ToString()));
        return true;
    }

    /// <summary>Takes a line of Docker's file. A long one is cut into several, of which only the last has an end.</summary>
    private void TakeWrapped(string message, in LinePrefix prefix, LogTime? time, int depth)
    {
        var stream = StreamOf(prefix, time);
        if (!message.EndsWith('\n') || stream.Partial is not null)
            TakePartial(stream, Encoding.UTF8.GetBytes(message.TrimEnd('\n', '\r')), goesOn: !message.EndsWith('\n'), time);
        else
            TakeLine(Encoding.UTF8.GetBytes(message.TrimEnd('\n', '\r')), depth + 1, time);
    }

    private void TakePartial(LogStream stream, ReadOnlySpan<byte> text, bool goesOn, LogTime? time)
    {
        stream.Partial ??= new();
        if (stream.Partial.Length < MostPartial)
            stream.Partial.Append(Encoding.UTF8.GetString(text));
        _wanted = goesOn ? 1 : 0;
        if (goesOn)
            return;

        var whole = Encoding.UTF8.GetBytes(stream.Partial.ToString());
        stream.Partial = null;
        TakeLine(whole, depth: 1, time);
    }

    private void TakeText(LogStream stream, ReadOnlySpan<byte> text)
    {
        var result = stream.Take(text);
        stream.HasLines |= result != LineResult.Foreign;
        switch (result)
        {
            case LineResult.Block or LineResult.Single:
                _libraryLines++;
                _last = stream;
                break;
            case LineResult.Damaged:
                _libraryLines++;
                _damagedLines++;
                if (_damaged.Count < MostDamaged)
                    _damaged.Add(new(_file, _number, ShortText.Show(text.Length > 120 ? text[..120] : text)));
                break;
            default:
                break;
        }
    }

    /// <summary>Most lines of a log of docker compose begin with a name and a bar, whatever the name is.</summary>
    private bool IsComposed(ReadOnlySpan<byte> line)
    {
        if (_sampled < Sample)
        {
            _sampled++;
            _composed += LinePrefix.ServiceLength(line) > 0 ? 1 : 0;
        }

        return _composed * 10 >= _sampled * 9;
    }

    private LogStream StreamOf(in LinePrefix prefix, LogTime? time)
    {
        // A message of several lines may have the prefix on the first line only.
        if (prefix.Source.IsEmpty && prefix.Time is null && time is null && _last is { IsOpen: true })
            return _last;

        var hash = ShortText.Hash(prefix.Source);
        if (_streams.TryGetValue(hash, out var stream))
            return stream;
        if (_streams.Count >= MostSources && !MakeRoom())
        {
            _tooManySources++;
            return _streams.Values.First();
        }

        stream = new(ShortText.Show(prefix.Source), _totals);
        _streams.Add(hash, stream);
        return stream;
    }

    /// <summary>Forgets a process that has written nothing of this library yet.</summary>
    private bool MakeRoom()
    {
        foreach (var (hash, stream) in _streams)
        {
            if (!stream.HasLines)
                return _streams.Remove(hash);
        }

        return false;
    }
}
