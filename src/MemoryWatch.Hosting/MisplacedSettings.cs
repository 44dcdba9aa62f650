using MemoryWatch.Tell;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Hosting;

/// <summary>
/// Finds settings that MemoryWatch does not read because they are outside its section: the section's name is misspelled, missing, or followed
/// by one underscore instead of two. An unknown name inside the section stops the start instead.
/// </summary>
internal sealed class MisplacedSettings(IConfiguration? configuration, ILoggerFactory? loggers)
{
    private const int MostTypos = 2;
    private const string Section = MemoryWatchOptions.SectionName;

    // Names that another library is unlikely to have at the top level.
    private static readonly HashSet<string> Distinctive = new(StringComparer.OrdinalIgnoreCase)
    {
        nameof(MemoryWatchOptions.ElevatedThreshold),
        nameof(MemoryWatchOptions.HighThreshold),
        nameof(MemoryWatchOptions.CriticalThreshold),
        nameof(MemoryWatchOptions.ImminentThreshold),
        nameof(MemoryWatchOptions.SpikeThreshold),
        nameof(MemoryWatchOptions.SpikeWindow),
        nameof(MemoryWatchOptions.GcReportInterval),
        nameof(MemoryWatchOptions.EnableCollectionWhenHigh),
        nameof(MemoryWatchOptions.EnableAllocationTracking),
        nameof(MemoryWatchOptions.LongOperationAge),
        nameof(MemoryWatchOptions.PeriodicCollectionInterval),
        nameof(MemoryWatchOptions.LeakCollectionInterval),
        nameof(MemoryWatchOptions.TerminationLogPath),
    };

    public void Log()
    {
        if (configuration is null || loggers?.CreateLogger(MemoryWatcher.LogCategory) is not { } logger)
        {
            return;
        }

        foreach (var entry in configuration.GetChildren())
        {
            if (Expected(entry) is { } expected)
            {
                ConfigurationLog.SettingMisplaced(logger, entry.Key, expected);
            }
        }
    }

    private static string? Expected(IConfigurationSection entry)
    {
        var key = entry.Key;
        if (Distinctive.Contains(key))
        {
            return $"{Section}:{key}";
        }

        if (key.StartsWith($"{Section}_", StringComparison.OrdinalIgnoreCase) && Distinctive.Contains(key[(Section.Length + 1)..]))
        {
            return $"{Section}__{key[(Section.Length + 1)..]}";
        }

        return !key.Equals(Section, StringComparison.OrdinalIgnoreCase) && Typos(key, Section) <= MostTypos && entry.GetChildren().Any()
            ? Section
            : null;
    }

    /// <summary>The Levenshtein distance: how many letters were added, left out or replaced.</summary>
    private static int Typos(string typed, string meant)
    {
        if (Math.Abs(typed.Length - meant.Length) > MostTypos)
        {
            return int.MaxValue;
        }

        var above = Enumerable.Range(0, meant.Length + 1).ToArray();
        foreach (var letter in typed)
        {
            var row = new int[above.Length];
            row[0] = above[0] + 1;
            for (var i = 1; i < row.Length; i++)
            {
                var replaced = char.ToUpperInvariant(letter) == char.ToUpperInvariant(meant[i - 1]) ? 0 : 1;
                row[i] = Math.Min(Math.Min(row[i - 1], above[i]) + 1, above[i - 1] + replaced);
            }

            above = row;
        }

        return above[^1];
    }
}
