using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>Collects what a file knows of restarts on purpose. Records may come in any order.</summary>
internal sealed class RestartTrail
{
    private readonly SortedSet<DateTimeOffset> _times = [];
    private DateTimeOffset? _countedFrom;
    private (RestartPhase Phase, DrainedRestart? Restart) _own;

    public void Add(ReadOnlySpan<byte> record)
    {
        _times.UnionWith(RestartRecord.Times(record));
        if (RestartRecord.CountedFrom(record) is { } from && !(from <= _countedFrom))
        {
            _countedFrom = from;
        }

        if (RestartRecord.Phase(record) is var phase && phase > _own.Phase)
        {
            _own = (phase, RestartRecord.Own(record));
        }
    }

    /// <param name="isSound">Whether none of the records was damaged.</param>
    public RunRestarts Read(bool isSound) => new([.. _times], _countedFrom, _own.Restart, isSound);
}

/// <summary>The restarts on purpose that a file knows.</summary>
/// <param name="Times">When they began, the earliest first; that of this run is included.</param>
/// <param name="CountedFrom">Since when they are known; <see langword="null"/> if all are.</param>
/// <param name="Own">The one that the run had begun itself.</param>
/// <param name="IsSound">Whether none of the records was damaged.</param>
internal sealed record RunRestarts(IReadOnlyList<DateTimeOffset> Times, DateTimeOffset? CountedFrom, DrainedRestart? Own, bool IsSound)
{
    public static RunRestarts None { get; } = new([], null, null, true);

    /// <summary>Adds up what the files of ended runs know. What cannot be read may have been a restart, so it is not counted as none.</summary>
    /// <param name="ended">The files of the runs that have ended since the last start.</param>
    /// <param name="kept">The last file that was kept before that; <see langword="null"/> if there is none.</param>
    /// <param name="now">This start.</param>
    public static RestartLedger Ledger(IReadOnlyList<LeftBox> ended, LeftBox? kept, DateTimeOffset now)
    {
        LeftBox[] all = ended.Count == 0 && kept is not null ? [kept] : [.. ended];
        var read = Array.ConvertAll(Array.FindAll(all, box => box.Recording is not null), box => box.Recording!.Restarts);
        var isComplete = read.Length == all.Length && Array.TrueForAll(read, restarts => restarts.IsSound);
        var countedFrom = read.Max(restarts => restarts.CountedFrom);
        return new(
            ended.Count == 0 ? RestartMemory.NoPreviousRun : ended[0].Recording is null ? RestartMemory.Unreadable : RestartMemory.Read,
            [.. read.SelectMany(restarts => restarts.Times).Distinct().Order().TakeLast(RestartLedger.Most)],
            isComplete && !(countedFrom > now) ? countedFrom : now);
    }
}
