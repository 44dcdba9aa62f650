using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>
/// Logs one line when a number is missing: which one, what stands in for it, and whether that is an upper or a lower bound. Another line when
/// all numbers are there again. A number that comes and goes is logged once a minute at most. For the watch thread only.
/// </summary>
internal sealed partial class ReadingLog(ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);
    private static readonly ReadingGaps[] Kinds = Enum.GetValues<ReadingGaps>();

    // For each kind, when it was last logged.
    private readonly long?[] _loggedAt = new long?[Kinds.Length];
    private ReadingGaps _logged;

    public void Tell(MemorySnapshot snapshot)
    {
        var gaps = snapshot.Gaps;
        if (gaps == _logged)
        {
            return;
        }

        var added = Rested(gaps & ~_logged);
        var isComplete = gaps == ReadingGaps.None && _logged != ReadingGaps.None;
        _logged = (_logged & gaps) | added;
        if (added != ReadingGaps.None)
        {
            var text = ReadingGapsText.Describe(added, snapshot);
            ReadingIncomplete(logger, added == ReadingGaps.KernelCaches ? LogLevel.Information : LogLevel.Warning, text);
        }
        else if (isComplete)
        {
            ReadingIncomplete(logger, LogLevel.Information, ReadingGapsText.Complete);
        }
    }

    private ReadingGaps Rested(ReadingGaps gaps)
    {
        for (var i = 0; i < Kinds.Length; i++)
        {
            if ((gaps & Kinds[i]) == ReadingGaps.None)
            {
                continue;
            }

            if (_loggedAt[i] is { } last && time.GetElapsedTime(last) < Rest)
            {
                gaps &= ~Kinds[i];
            }
            else
            {
                _loggedAt[i] = time.GetTimestamp();
            }
        }

        return gaps;
    }

    [LoggerMessage(EventId = LogEvents.ReadingIncomplete, Message = "Memory reading: {missing}")]
    private static partial void ReadingIncomplete(ILogger logger, LogLevel level, string missing);
}
