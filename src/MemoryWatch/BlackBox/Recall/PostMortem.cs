using MemoryWatch.BlackBox.Format;
using MemoryWatch.Read;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>
/// Judges how a run ended: by its end mark if it left one, else by whether the kernel has counted a kill since and whom it can have killed, else
/// by how near the limit it was when last seen.
/// </summary>
internal static class PostMortem
{
    /// <summary>
    /// An out-of-memory mark counts as the end if the last record is at most this much newer. A run that records anything later, as it does
    /// each second, has survived the exception.
    /// </summary>
    private static readonly TimeSpan OutOfMemoryWindow = TimeSpan.FromSeconds(1.2);

    private static readonly RunEvidence OwnMark = new() { Kind = RunEvidenceKind.OwnMark };

    /// <param name="recording">The recording of the run.</param>
    /// <param name="now">This process, at its start.</param>
    /// <param name="filePath">Path of the kept file.</param>
    /// <param name="zone">Time zone in which times are shown.</param>
    /// <param name="readLog">Reads the kernel's log, if a count of kills has risen; <see langword="null"/> if it cannot be read.</param>
    public static PreviousRun Of(
        RunRecording recording, RunIdentity now, string filePath, TimeZoneInfo zone, Func<KernelLog?>? readLog = null)
    {
        var (verdict, error, evidence) = Judge(recording, now, readLog ?? (static () => null));
        var unseen = UnseenGrowth.Of(recording, verdict, error);
        return new()
        {
            Verdict = verdict,
            Evidence = evidence,
            Error = error,
            Restart = recording.Restarts.Own,
            ExitCode = recording.Mark(RecordKind.Exited) is { } exit ? (int)exit.Number : null,
            RunId = recording.Identity.RunId,
            ProcessId = recording.Identity.ProcessId,
            Started = recording.Identity.Started,
            LastSeen = recording.LastTime,
            Lifetime = recording.LastClock,
            LastSnapshot = recording.LastSample?.Snapshot,
            InFlight = recording.InFlight,
            MoreInFlight = recording.InFlightCount - recording.InFlight.Count,
            QuietInFlight = recording.LastSample?.Quiet,
            QuietOperations = recording.Quiet,
            Cause = verdict == RunVerdict.Clean || unseen is not null ? null : recording.Growth,
            UnseenGrowthBytes = unseen,
            RecentEntries = recording.Entries,
            Alerts = recording.Alerts,
            Findings = recording.Findings,
            Reliefs = recording.Reliefs,
            DamagedRecords = recording.DamagedRecords,
            LostRecords = recording.LostRecords,
            MoreMetrics = recording.MoreMetrics,
            FilePath = filePath,
            TimeZone = zone,
        };
    }

    private static (RunVerdict Verdict, string? Error, IReadOnlyList<RunEvidence> Evidence) Judge(
        RunRecording recording, RunIdentity now, Func<KernelLog?> readLog)
    {
        if (recording.Mark(RecordKind.Crashed) is { } crash)
        {
            return (RunVerdict.Crashed, crash.Error, [OwnMark]);
        }

        if (recording.Mark(RecordKind.Exited) is not null || recording.Mark(RecordKind.Stopped) is not null)
        {
            // A run that was stopped by somebody else while it waited was not restarted by MemoryWatch.
            return (recording.Restarts.Own is { Waited: not null } ? RunVerdict.Restarted : RunVerdict.Clean, null, [OwnMark]);
        }

        var kernel = KernelEvidence.Of(recording, now, readLog);
        var near = Nearness.Of(recording);
        var others = Others(recording, now, near.IsNear);
        RunEvidence?[] evidence = kernel.Answer == KernelAnswer.Unknown || (kernel.Answer == KernelAnswer.OnMachine && near.IsNear)
            ? [near.Usage, .. kernel.Evidence]
            : [.. kernel.Evidence, kernel.Answer == KernelAnswer.InGroup ? others : null, near.Usage];
        var outOfMemory = recording.Mark(RecordKind.OutOfMemory);
        var survived = outOfMemory is not null && recording.LastClock - outOfMemory.Clock > OutOfMemoryWindow ? Survived(outOfMemory, recording) : null;
        var verdict = kernel.Answer switch
        {
            KernelAnswer.Killed => RunVerdict.Killed,
            KernelAnswer.InGroup when near.IsNear || others is not { CountNow: > 0 } => RunVerdict.Killed,
            KernelAnswer.InGroup => RunVerdict.LikelyKilled,
            KernelAnswer.OnMachine when near.IsNear || near.IsReachable => RunVerdict.LikelyKilled,
            KernelAnswer.Unknown when near.IsNear => RunVerdict.LikelyKilled,
            _ => RunVerdict.EndedWithoutMark,
        };
        return verdict != RunVerdict.EndedWithoutMark ? (verdict, null, Known([.. evidence, survived]))
            : outOfMemory is not null && survived is null ? (RunVerdict.Crashed, outOfMemory.Error, Known([OutOfMemory(outOfMemory), .. kernel.Evidence]))
            : (verdict, null, Known([.. evidence, survived, Nearness.OfHeap(recording)]));
    }

    private static IReadOnlyList<RunEvidence> Known(IEnumerable<RunEvidence?> evidence) => [.. evidence.OfType<RunEvidence>()];

    /// <summary>
    /// Whether the process that the kernel killed in the cgroup may have been another one. Near its limit the run was the larger one, as far as
    /// is known, so this says nothing then.
    /// </summary>
    private static RunEvidence? Others(RunRecording recording, RunIdentity now, bool isNear) =>
        recording.Trend.MostOtherProcesses is { } most && !isNear
            ? new() { Kind = RunEvidenceKind.OtherProcesses, CountNow = most, Gap = RunClock.SinceSample(recording, now) }
            : null;

    private static RunEvidence OutOfMemory(EndMark mark) => new() { Kind = RunEvidenceKind.OutOfMemory, CountNow = mark.Number };

    private static RunEvidence Survived(EndMark mark, RunRecording recording) => new()
    {
        Kind = RunEvidenceKind.SurvivedOutOfMemory,
        CountNow = mark.Number,
        Gap = recording.LastClock - mark.Clock,
    };
}
