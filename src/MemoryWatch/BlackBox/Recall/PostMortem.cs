using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>
/// Judges how a run ended: by its own mark if it left one, else by whether the kernel has counted a kill since, else by how near the limit it
/// was last seen.
/// </summary>
internal static class PostMortem
{
    /// <summary>How soon the limit must have been reached at the last pace, to speak of a run that was about to cross it.</summary>
    private const double AboutToSeconds = 2;

    /// <summary>From which part of its limit on a heap is as good as full: the GC gives up before the last byte.</summary>
    private const double FullHeap = 0.95;

    /// <summary>How long before the last record memory may have run out, to hold that for the cause.</summary>
    private static readonly TimeSpan OutOfMemoryWindow = TimeSpan.FromSeconds(10);

    private static readonly RunEvidence OwnMark = new() { Kind = RunEvidenceKind.OwnMark };

    /// <param name="recording">What the run left.</param>
    /// <param name="now">This process, at its start.</param>
    /// <param name="filePath">Where the file is kept.</param>
    /// <param name="zone">Where times are shown.</param>
    public static PreviousRun Of(RunRecording recording, RunIdentity now, string filePath, TimeZoneInfo zone)
    {
        var (verdict, error, evidence) = Judge(recording, now);
        return new()
        {
            Verdict = verdict,
            Evidence = evidence,
            Error = error,
            ExitCode = recording.Mark(RecordKind.Exited) is { } exit ? (int)exit.Number : null,
            RunId = recording.Identity.RunId,
            ProcessId = recording.Identity.ProcessId,
            Started = recording.Identity.Started,
            LastSeen = recording.LastTime,
            Lifetime = recording.LastClock,
            LastSnapshot = recording.LastSample?.Snapshot,
            InFlight = recording.InFlight,
            MoreInFlight = recording.InFlightCount - recording.InFlight.Count,
            Cause = verdict == RunVerdict.Clean ? null : recording.Growth,
            RecentEntries = recording.Entries,
            Alerts = recording.Alerts,
            Reliefs = recording.Reliefs,
            DamagedRecords = recording.DamagedRecords,
            LostRecords = recording.LostRecords,
            MoreMetrics = recording.MoreMetrics,
            FilePath = filePath,
            TimeZone = zone,
        };
    }

    private static (RunVerdict Verdict, string? Error, IReadOnlyList<RunEvidence> Evidence) Judge(RunRecording recording, RunIdentity now)
    {
        if (recording.Mark(RecordKind.Crashed) is { } crash)
        {
            return (RunVerdict.Crashed, crash.Error, [OwnMark]);
        }

        if (recording.Mark(RecordKind.Exited) is not null || recording.Mark(RecordKind.Stopped) is not null)
        {
            return (RunVerdict.Clean, null, [OwnMark]);
        }

        var kernel = KernelEvidence.Of(recording, now);
        var (isNear, near) = Nearness(recording);
        if (kernel.Answer == KernelAnswer.Killed)
        {
            return (RunVerdict.Killed, null, [kernel.Evidence, .. near]);
        }

        var outOfMemory = recording.Mark(RecordKind.OutOfMemory) is { } mark && recording.LastClock - mark.Clock <= OutOfMemoryWindow
            ? mark
            : null;
        var isLikely = kernel.Answer == KernelAnswer.Perhaps || (isNear && kernel.Answer == KernelAnswer.Unknown);
        return isLikely ? (RunVerdict.LikelyKilled, null, [.. near, kernel.Evidence])
            : outOfMemory is not null ? (RunVerdict.Crashed, outOfMemory.Error, [OutOfMemory(outOfMemory), kernel.Evidence])
            : (RunVerdict.EndedWithoutMark, null, [.. near, kernel.Evidence, .. HeapNearness(recording)]);
    }

    private static (bool IsNear, RunEvidence[] Evidence) Nearness(RunRecording recording)
    {
        if (recording.LastSample is not { } last || last.Snapshot.Usage is not { UsedBytes: { } used, LimitBytes: { } limit })
        {
            return (false, []);
        }

        // Entries behind the sample say how resident memory went on; nothing else can have changed as fast.
        var resident = last.Snapshot.Process.ResidentBytes;
        var grown = recording.Entries.Where(entry => entry.Sequence > last.Sequence).Max(entry => entry.ResidentBytes - resident) ?? 0;
        var latest = used + Math.Max(0, grown);
        var pace = Pace(recording, static snapshot => snapshot.Usage.UsedBytes);
        var isTight = last.Snapshot.Zone >= MemoryZone.Critical;
        var isCrossing = !isTight && latest + pace * AboutToSeconds >= limit;
        return (isTight || isCrossing,
        [
            new()
            {
                Kind = RunEvidenceKind.LastUsage,
                UsedBytes = latest,
                LimitBytes = limit,
                Zone = isTight ? last.Snapshot.Zone : null,
                BytesPerSecond = isCrossing ? (long)pace : null,
            },
        ]);
    }

    /// <summary>Where the runtime itself finds no memory for what it needs, it ends the process without a word.</summary>
    private static IEnumerable<RunEvidence> HeapNearness(RunRecording recording)
    {
        if (recording.LastSample?.Snapshot.Managed is { HeapLimitBytes: { } limit } managed && HeapOf(managed) is { } heap
            && heap + Pace(recording, static snapshot => HeapOf(snapshot.Managed)) * AboutToSeconds >= limit * FullHeap)
        {
            yield return new() { Kind = RunEvidenceKind.HeapNearLimit, UsedBytes = heap, LimitBytes = limit };
        }

        static long? HeapOf(ManagedReading managed) =>
            managed.HeapBytes is { } heap ? Math.Max(heap, managed.CommittedBytes ?? 0) : null;
    }

    /// <summary>By how many bytes a second a number grew between the last two samples; 0 where it did not.</summary>
    private static double Pace(RunRecording recording, Func<MemorySnapshot, long?> number) =>
        recording is { LastSample: { } last, SampleBefore: { } before }
            && number(last.Snapshot) - number(before.Snapshot) is { } growth
            && (last.Clock - before.Clock).TotalSeconds is var seconds and > 0
            ? Math.Max(0, growth / seconds)
            : 0;

    private static RunEvidence OutOfMemory(EndMark mark) => new() { Kind = RunEvidenceKind.OutOfMemory, CountNow = mark.Number };
}
