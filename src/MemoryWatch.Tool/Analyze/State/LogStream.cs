using System.Text;

namespace MemoryWatch.Tool.Analyze;

/// <summary>How a line was understood.</summary>
internal enum LineResult
{
    /// <summary>Not of this library.</summary>
    Foreign,

    /// <summary>A line for itself.</summary>
    Single,

    /// <summary>A line that others may follow.</summary>
    Block,

    /// <summary>Of this library, but its numbers cannot be read.</summary>
    Damaged,
}

/// <summary>
/// The lines of one process, or of several that follow one another: what each means, and to which message it belongs.
/// </summary>
/// <remarks>
/// A message has a title, and below it a cause, a finding and a tree with a snapshot. A title ends the message before it; a snapshot directly below the
/// report of a previous run is that of the previous run, and is no reading of this one.
/// </remarks>
internal sealed class LogStream(string source, LogTotals totals)
{
    private const int MostDetails = 40;

    private readonly SnapshotLines _snapshot = new();
    private TitleKind _block;
    private bool _isInSnapshot;
    private bool _isOfPrevious;
    private bool _isTreeDone;
    private PendingSpike? _spike;
    private UncleanEnd? _previous;
    private Run? _run;
    private Run? _before;
    private UncleanEnd? _unexplained;

    public LogClock Clock { get; } = new();

    /// <summary>The part of a line that the host cut into several.</summary>
    public StringBuilder? Partial { get; set; }

    /// <summary>Whether the next lines may belong to a message that has begun.</summary>
    public bool IsOpen => _block != TitleKind.None || _isInSnapshot;

    /// <summary>Whether an operation ended that an earlier run had started: two processes write, and nothing tells them apart.</summary>
    public bool IsMixed { get; private set; }

    public string Source => source;

    /// <summary>Whether any line was of this library.</summary>
    public bool HasLines { get; set; }

    private Run Current => _run ??= Begin(hasStart: false);

    /// <summary>Takes a line without its prefix. A logger may have put all lines of a message into one.</summary>
    public LineResult Take(ReadOnlySpan<byte> text)
    {
        text = Trimmed(text);
        if (text.IsEmpty)
            return LineResult.Foreign;

        var result = TakeOne(LineSplit.First(text, out var rest));
        while (!rest.IsEmpty)
        {
            var more = TakeOne(Trimmed(LineSplit.First(rest, out rest)));
            result = more == LineResult.Damaged ? more : result;
        }

        return result;
    }

    /// <summary>Ends what is open.</summary>
    public void Finish()
    {
        Close();
        if (_run is { } run)
            totals.Add(run);
        _run = null;
    }

    private static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> text) => text.Trim((byte)' ').TrimEnd("\r\t"u8);

    private LineResult TakeOne(ReadOnlySpan<byte> text)
    {
        if (text.Length > 7 && text[0] == 0xE2 && text[1] == 0x94)
            return Branch(text);

        var plain = Titles.WithoutSymbol(text);
        var kind = Titles.Of(plain, out var rest);
        if (kind != TitleKind.None)
            return Title(kind, rest, plain);
        if (Below(text) is { } below)
            return below;

        return EntryLine.MayBe(text) ? Entry(text) : Relief(plain);
    }

    private LineResult Entry(ReadOnlySpan<byte> text)
    {
        if (!EntryLine.TryRead(text, out var entry))
            return LineResult.Damaged;

        Close();
        var run = Current;
        run.Touch();
        var now = Clock.Elapsed;
        switch (entry.Kind)
        {
            case EntryKind.Mark:
                return LineResult.Single;
            case EntryKind.Started:
                totals.Operations.Of(entry.Name).Started++;
                run.InFlight.Start(entry, now);
                break;
            default:
                if (!run.InFlight.End(entry, out var wasAlone) && _before is { } before && before.InFlight.End(entry, out _))
                    IsMixed = true;
                totals.Operations.Of(entry.Name).End(entry, wasAlone);
                run.Last.Add(entry, now);
                break;
        }

        return LineResult.Single;
    }

    private LineResult Title(TitleKind kind, ReadOnlySpan<byte> rest, ReadOnlySpan<byte> all)
    {
        if (kind == TitleKind.Snapshot)
            return Snapshot();

        Close();
        switch (kind)
        {
            case TitleKind.Started:
                Start(rest);
                return LineResult.Single;
            case TitleKind.Stopped:
                Current.Touch();
                Stop();
                return LineResult.Single;
            case TitleKind.PreviousRun:
                return PreviousRun(all, rest);
            default:
                break;
        }

        var run = Current;
        run.Touch();
        totals.Count(kind);
        return Alert(run, kind, rest, all);
    }

    private LineResult Alert(Run run, TitleKind kind, ReadOnlySpan<byte> rest, ReadOnlySpan<byte> all)
    {
        _block = kind;
        switch (kind)
        {
            case TitleKind.Spike:
                if (!rest.StartsWith(": "u8) || Amount.Megabytes(rest[2..], out var increase) == 0)
                    return LineResult.Damaged;
                _spike = new(increase, Clock.Now, run.InFlight.Count, run.ListInFlight(), run.Last.Before(Clock.Elapsed));
                break;
            case TitleKind.Elevated or TitleKind.BackToElevated:
                return Zone(run, MemoryZone.Elevated, rest);
            case TitleKind.Critical or TitleKind.BackToCritical:
                return Zone(run, MemoryZone.Critical, rest);
            case TitleKind.Imminent:
                return Zone(run, MemoryZone.Imminent, rest);
            case TitleKind.Healthy:
                return Zone(run, MemoryZone.Healthy, rest);
            case TitleKind.HighMemory:
                LearnLimit(run, rest);
                break;
            case TitleKind.OverMaximum:
                return OverMaximum(run, rest);
            case TitleKind.OverBudget:
                if (BudgetLine.Read(rest) is { } budget)
                    run.Budget(budget);
                break;
            case TitleKind.Compact:
                run.CompactRecord = Encoding.UTF8.GetString(all.Length > 4096 ? all[..4096] : all);
                _block = TitleKind.None;
                return LineResult.Single;
            default:
                break;
        }

        return LineResult.Block;
    }

    private LineResult Zone(Run run, MemoryZone zone, ReadOnlySpan<byte> rest)
    {
        LearnLimit(run, rest);
        run.Zones.Enter(zone, Clock.Elapsed);
        return LineResult.Block;
    }

    /// <summary>Learns the limit of a run whose start the log does not show.</summary>
    private static void LearnLimit(Run run, ReadOnlySpan<byte> rest)
    {
        var slash = rest.IndexOf(" / "u8);
        if (run.LimitBytes is null && slash > 0 && Amount.Megabytes(rest[(slash + 3)..], out var limit) is > 0 and var length
            && (rest.Length == slash + 3 + length || rest[slash + 3 + length] == ','))
            run.Limit(limit, LimitSource.None);
    }

    private static LineResult OverMaximum(Run run, ReadOnlySpan<byte> rest)
    {
        var slash = rest.LastIndexOf(" / "u8);
        var space = slash > 0 ? rest[..slash].LastIndexOf((byte)' ') : -1;
        if (!rest.StartsWith(": "u8) || space < 2 || Amount.Whole(rest[(space + 1)..slash], out var value) == 0
            || Amount.Whole(rest[(slash + 3)..], out var maximum) == 0)
            return LineResult.Damaged;

        run.Over(rest[2..space], value, maximum);
        return LineResult.Block;
    }

    private LineResult Snapshot()
    {
        var isOfPrevious = _previous is not null && _isTreeDone && !_isOfPrevious;
        CloseSnapshot();
        if (!isOfPrevious)
        {
            Current.Touch();
            totals.Count(TitleKind.Snapshot);
        }

        if (_block is TitleKind.None)
            _block = TitleKind.Snapshot;
        (_isInSnapshot, _isOfPrevious) = (true, isOfPrevious);
        _snapshot.Clear();
        return LineResult.Block;
    }

    /// <summary>A line of the tree.</summary>
    private LineResult Branch(ReadOnlySpan<byte> text)
    {
        var isLast = text[2] == 0x94;
        var space = text.IndexOf((byte)' ');
        var inner = space < 0 ? [] : text[(space + 1)..].Trim((byte)' ');
        if (!IsOpen)
            return LineResult.Foreign;

        if (_isInSnapshot)
        {
            _snapshot.Take(inner);
            if (isLast)
                CloseSnapshot();
        }
        else
        {
            if (_previous is { } previous && previous.Details.Count < MostDetails)
                previous.Details.Add(ShortText.ShowLine(inner));
            _isTreeDone = isLast;
        }

        return LineResult.Block;
    }

    /// <summary>A line below a title.</summary>
    private LineResult? Below(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("Likely cause: "u8))
        {
            if (_spike is not null)
                _spike.Cause ??= ShortText.ShowLine(text[14..]);
            return LineResult.Block;
        }

        if (!text.StartsWith("Finding: "u8))
            return null;

        var finding = ShortText.ShowLine(text[9..]);
        if (_spike is not null)
            _spike.Finding ??= finding;
        return totals.Findings.Logged(finding, Clock.Now) ? LineResult.Block : LineResult.Damaged;
    }

    /// <summary><c>GC freed 15.3 MB: 432.1 MB -> 416.8 MB in 38 ms</c>; more such changes of other numbers may follow.</summary>
    private LineResult Relief(ReadOnlySpan<byte> text)
    {
        var freed = text.IndexOf(" freed "u8);
        var arrow = text.IndexOf(" -> "u8);
        if (freed <= 0 || arrow < freed)
            return LineResult.Foreign;

        var rest = text[(freed + 7)..];
        if (rest.IndexOf(": "u8) is not (> 0 and var colon) || Amount.Megabytes(rest, out _) == 0 || Amount.Megabytes(rest[(colon + 2)..], out var before) == 0)
            return LineResult.Foreign;

        Close();
        Current.Touch();
        if (Amount.Megabytes(text[(arrow + 4)..], out var after) > 0)
            totals.Relief(before, after);
        return LineResult.Single;
    }

    private void Start(ReadOnlySpan<byte> rest)
    {
        if (_run is { } before)
        {
            if (before.HasStart || before.Lines > 0)
                End(before);
            _before = before;
        }

        _run = Begin(hasStart: true);
        _run.Touch();
        var limit = rest.IndexOf("| Limit: "u8);
        if (limit >= 0 && Amount.Megabytes(rest[(limit + 9)..], out var bytes) > 0)
            _run.Limit(bytes, LimitWords.SourceOf(rest[(limit + 9)..]));
    }

    private void End(Run run)
    {
        if (run.Ended == RunEnd.LogEnds)
        {
            run.Ended = RunEnd.Unclean;
            totals.Unclean(_unexplained = UncleanEnd.Of(run));
        }

        totals.Add(run);
    }

    private void Stop()
    {
        _run!.Ended = RunEnd.Stopped;
        totals.Add(_run);
        (_before, _run, _unexplained) = (_run, null, null);
    }

    private Run Begin(bool hasStart) => new(Clock, source, hasStart);

    private LineResult PreviousRun(ReadOnlySpan<byte> all, ReadOnlySpan<byte> rest)
    {
        var verdict = ShortText.ShowLine(rest.TrimStart(": "u8));
        if (_run is { } run)
            run.Touch();
        (_block, _isTreeDone, _isOfPrevious) = (TitleKind.PreviousRun, false, false);
        if (verdict.StartsWith("exited", StringComparison.Ordinal) || verdict.StartsWith("stopped", StringComparison.Ordinal)
            || verdict.StartsWith("and ", StringComparison.Ordinal))
        {
            _previous = null;
            return LineResult.Single;
        }

        // Those that ended earlier have one line each, with a bar.
        var isOlder = all.IndexOf(" | Last seen: "u8) >= 0;
        _previous = totals.Explain(isOlder ? null : _unexplained, source, verdict);
        _unexplained = isOlder ? _unexplained : null;
        return LineResult.Block;
    }

    private void CloseSnapshot()
    {
        if (!_isInSnapshot)
            return;

        _isInSnapshot = false;
        if (_block == TitleKind.Snapshot)
            _block = TitleKind.None;
        if (!_isOfPrevious && _snapshot.IsReadable)
            Current.Take(_snapshot, totals.Findings);
    }

    private void Close()
    {
        CloseSnapshot();
        if (_spike is { } spike)
            totals.Spike(spike, source);
        (_spike, _previous, _block) = (null, null, TitleKind.None);
    }
}
