namespace MemoryWatch.Tool.Analyze;

/// <summary>What all operations of one name add up to.</summary>
internal sealed class OperationTotal(string name)
{
    public string Name => name;

    public long Started { get; set; }

    public long Completed { get; set; }

    public long Failed { get; set; }

    public long Cancelled { get; set; }

    /// <summary>Sum of what they allocated, and how many lines say so.</summary>
    public long AllocatedBytes { get; set; }

    public long AllocatedCount { get; set; }

    public long MostAllocatedBytes { get; set; }

    public TimeSpan TotalDuration { get; set; }

    public TimeSpan LongestDuration { get; set; }

    public long DurationCount { get; set; }

    /// <summary>Sum of the changes of the process's memory at their ends, and how many lines say so.</summary>
    public long ChangeBytes { get; set; }

    public long ChangeCount { get; set; }

    /// <summary>The same, of those beside which no other operation ran: only these changes are their own.</summary>
    public long AloneChangeBytes { get; set; }

    public long AloneCount { get; set; }

    public void End(in EntryLine entry, bool wasAlone)
    {
        Completed += entry.Kind == EntryKind.Completed ? 1 : 0;
        Failed += entry.Kind == EntryKind.Failed ? 1 : 0;
        Cancelled += entry.Kind == EntryKind.Cancelled ? 1 : 0;
        if (entry.AllocatedBytes is { } allocated)
        {
            AllocatedBytes += allocated;
            AllocatedCount++;
            MostAllocatedBytes = Math.Max(MostAllocatedBytes, allocated);
        }

        if (entry.Duration is { } duration)
        {
            TotalDuration += duration;
            DurationCount++;
            LongestDuration = duration > LongestDuration ? duration : LongestDuration;
        }

        if (entry.ChangeBytes is not { } change)
            return;

        ChangeBytes += change;
        ChangeCount++;
        if (wasAlone)
        {
            AloneChangeBytes += change;
            AloneCount++;
        }
    }
}
