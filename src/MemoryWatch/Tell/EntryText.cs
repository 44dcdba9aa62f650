using System.Globalization;
using System.Text;
using MemoryWatch.Track;

namespace MemoryWatch.Tell;

/// <summary>How journal entries look as log lines and in the list of recent operations.</summary>
internal static class EntryText
{
    /// <summary>
    /// One line: <c>Download Completed | User 123 | Memory: 153.1 MB (+0.6 MB, allocated 45.3 MB, 12.4 s)</c>.
    /// </summary>
    public static string Line(in JournalEntry entry)
    {
        var line = new StringBuilder(entry.Title);
        if (entry.Context.Text.Length > 0)
        {
            line.Append(" | ").Append(entry.Context.Text);
        }

        line.Append(" | Memory: ").Append(MemoryText.Megabytes(entry.ResidentBytes));
        if (entry.Duration is { } duration)
        {
            line.Append(" (").Append(MemoryText.Change(entry.ChangeBytes));
            if (entry.Allocation is { } allocation)
            {
                line.Append(", ").Append(allocation);
            }

            line.Append(", ").Append(MemoryText.Duration(duration)).Append(')');
        }

        return entry.Error is null ? line.ToString() : line.Append(" | ").Append(entry.Error).ToString();
    }

    /// <summary>The line and its values, for structured logs.</summary>
    public static LogState State(in JournalEntry entry)
    {
        var headline = entry.Kind switch
        {
            JournalEntryKind.Started => "{operation} Started",
            JournalEntryKind.Ended => "{operation} {outcome}",
            _ => "{operation}",
        };
        var state = LogState.WithDetails(headline, entry.Title.Length, Line(entry))
            .Add("operation", entry.Name)
            .Add("operation_id", entry.OperationId == 0 ? null : entry.OperationId)
            .Add("context", entry.Context.Text.Length == 0 ? null : entry.Context.Text)
            .Add("resident_bytes", entry.ResidentBytes);
        if (entry.Kind == JournalEntryKind.Ended)
        {
            state.Add("outcome", entry.Outcome.ToString())
                .Add("resident_change_bytes", entry.ChangeBytes)
                .Add("allocated_bytes", entry.Allocation?.AllocatedBytes)
                .Add("self_allocated_bytes", entry.Allocation?.SelfAllocatedBytes)
                .Add("charged_bytes", entry.Allocation?.ChargedBytes)
                .Add("duration_seconds", entry.Duration?.TotalSeconds)
                .Add("error", entry.Error);
        }

        return state.Add(entry.Context.Values);
    }

    /// <summary>The last entries, the oldest first; empty if there are none.</summary>
    public static string List(JournalEntry[] entries, TimeZoneInfo zone)
    {
        if (entries.Length == 0)
        {
            return string.Empty;
        }

        var text = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture, $"📜 Recent operations (last {Journal.Shown}):"));
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = entries[i];
            var time = TimeZoneInfo.ConvertTime(entry.Time, zone);
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n  {i + 1}. [{time:HH:mm:ss}] {entry.Title} - {MemoryText.Megabytes(entry.ResidentBytes)}");
            if (entry.Context.Text.Length > 0)
            {
                text.Append(" - ").Append(entry.Context.Text);
            }
        }

        return text.ToString();
    }
}
