using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>
/// Judges how a run ended: by its end mark if it left one, else by whether the kernel has counted a kill since, else by how near the limit it
/// was when last seen.
/// </summary>
internal static class PostMortem
{
    /// <summary>A run counts as about to cross its limit if it would have reached the limit within this time at its last pace.</summary>
    private const double AboutToSeconds = 2;

    /// <summary>A heap counts as full at or above this part of its limit, because the GC gives up before the last byte.</summary>
    private const double FullHeap = 0.95;

    /// <summary>An out-of-memory mark counts as the cause if it is at most this much older than the last record.</summary>
    private static readonly TimeSpan OutOfMemoryWindow = TimeSpan.FromSeconds(10);

    private static readonly RunEvidence OwnMark = new() { Kind = RunEvidenceKind.OwnMark };

    /// <param name="recording">The recording of the run.</param>
    /// <param name="now">This process, at its start.</param>
    /// <param name="filePath">Path of the kept file.</param>
    /// <param name="zone">Time zone in which times are shown.</param>
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

        // Entries after the sample show how resident memory changed next; nothing else can have changed as fast.
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

    /// <summary>Evidence of a full heap: if the runtime cannot allocate memory that it needs itself, it ends the process without a mark.</summary>
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

    /// <summary>Growth of a number between the last two samples, in bytes per second; 0 if it did not grow.</summary>
    private static double Pace(RunRecording recording, Func<MemorySnapshot, long?> number) =>
        recording is { LastSample: { } last, SampleBefore: { } before }
            && number(last.Snapshot) - number(before.Snapshot) is { } growth
            && (last.Clock - before.Clock).TotalSeconds is var seconds and > 0
            ? Math.Max(0, growth / seconds)
            : 0;

    private static RunEvidence OutOfMemory(EndMark mark) => new() { Kind = RunEvidenceKind.OutOfMemory, CountNow = mark.Number };
}
