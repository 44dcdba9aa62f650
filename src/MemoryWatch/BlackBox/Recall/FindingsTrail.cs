using MemoryWatch.BlackBox.Format;
using static MemoryWatch.BlackBox.Format.RecordFields;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>Keeps the findings of the last diagnosis. Records may come in any order.</summary>
internal sealed class FindingsTrail
{
    private readonly SortedDictionary<int, PreviousFinding> _last = [];
    private long _clock = long.MinValue;

    /// <summary>The findings of the last diagnosis, the most important first.</summary>
    public IReadOnlyList<PreviousFinding> Last => [.. _last.Values];

    public void Add(ReadOnlySpan<byte> record)
    {
        var clock = Int64(record, ClockOffset);
        if (clock < _clock)
        {
            return;
        }

        if (clock > _clock)
        {
            _clock = clock;
            _last.Clear();
        }

        if (FindingRecord.Read(record) is { } read)
        {
            _last[read.Index] = read.Finding;
        }
    }
}
