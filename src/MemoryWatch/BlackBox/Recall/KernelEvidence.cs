using MemoryWatch.BlackBox.Format;
using MemoryWatch.Read;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>The conclusion from the kernel's OOM-kill counts, and from its log if it may be read, about a run's end.</summary>
/// <param name="Answer">Whether the kernel killed the run's process.</param>
/// <param name="Evidence">What the answer relies on.</param>
internal readonly record struct KernelEvidence(KernelAnswer Answer, IReadOnlyList<RunEvidence> Evidence)
{
    /// <summary>
    /// A killed container is restarted within seconds. Within this time, a kill on the machine may be the kill of this container.
    /// </summary>
    private static readonly TimeSpan SoonAfter = TimeSpan.FromMinutes(1);

    /// <summary>The log's clock differs from the run's by at most this, and this part of the time since the boot.</summary>
    private static readonly TimeSpan ClockMargin = TimeSpan.FromSeconds(2);
    private const double ClockDrift = 0.001;

    /// <summary>
    /// Compares the cgroup's count with the last one that the run saw: earlier kills, perhaps of a child process, did not end this run. The
    /// machine's count covers all containers, so a rise is only a hint. If it did not rise, the kernel killed nothing. A count that fell
    /// is not the same count. If one rose, the log may name who was killed.
    /// </summary>
    /// <param name="recording">The recording of the run.</param>
    /// <param name="now">This process, at its start.</param>
    /// <param name="readLog">Reads the kernel's log; called only if a count rose.</param>
    public static KernelEvidence Of(RunRecording recording, RunIdentity now, Func<KernelLog?> readLog)
    {
        var before = recording.Identity;
        if (before.BootId == Guid.Empty || now.BootId == Guid.Empty)
        {
            return Unknown(RunEvidenceKind.BootUnknown);
        }

        if (before.BootId != now.BootId)
        {
            return Unknown(RunEvidenceKind.OtherBoot);
        }

        var counts = Count(recording, now);
        return counts.Evidence[0] is { CountBefore: { } seen, CountNow: { } counted } && counted > seen
            && OfLog(recording, counted - seen, readLog) is { } named
            ? new(named.Answer, [.. named.Evidence, .. counts.Evidence])
            : counts;
    }

    private static KernelEvidence Count(RunRecording recording, RunIdentity now)
    {
        var before = recording.Identity;
        var group = recording.LastSample?.Group ?? before.Group;

        // The count at the start is that of the cgroup in which the run started.
        var groupSeen = recording.Trend.GroupKills ?? (group is not null && group.IsSameAs(before.Group) ? before.GroupKills : null);
        if (group is not null && group.IsSameAs(now.Group) && now.GroupKills is { } counted && counted >= groupSeen)
        {
            return new(
                counted > groupSeen ? KernelAnswer.InGroup : KernelAnswer.NotKilled,
                [new() { Kind = RunEvidenceKind.GroupKills, CountBefore = groupSeen, CountNow = counted }]);
        }

        return (recording.Trend.MachineKills ?? before.MachineKills) is { } machineSeen && now.MachineKills >= machineSeen
            ? OfMachine(machineSeen, now.MachineKills.Value, RunClock.UntilStart(recording, now))
            : Unknown(RunEvidenceKind.NotCounted);
    }

    private static KernelEvidence OfMachine(long seen, long counted, TimeSpan gap) => new(
        counted == seen ? KernelAnswer.NotKilled : gap <= SoonAfter ? KernelAnswer.OnMachine : KernelAnswer.Unknown,
        [new() { Kind = RunEvidenceKind.MachineKills, CountBefore = seen, CountNow = counted, Gap = gap }]);

    /// <summary>
    /// Who was killed, according to the log. The run's process id names it. If it names only others, the kernel did not kill the run, but only
    /// if the log goes back far enough and has as many kills as were counted.
    /// </summary>
    private static KernelEvidence? OfLog(RunRecording recording, long rise, Func<KernelLog?> readLog)
    {
        if (recording.Identity is not { IsLoggedProcessId: true, BootClock: { } started } run || readLog() is not { } log)
        {
            return null;
        }

        var lastSeen = started + recording.LastClock;
        var margin = ClockMargin + lastSeen.Duration() * ClockDrift;

        // Its process id was the run's from its start on, so a difference between the clocks does not matter here.
        if (log.Kills.LastOrDefault(kill => kill.ProcessId == run.ProcessId && kill.Time >= started - margin) is { } own)
        {
            return new(KernelAnswer.Killed, [Describe(own, null)]);
        }

        KernelLog.Kill[] others = [.. log.Kills.Where(kill => kill.Time >= lastSeen - margin)];
        var goesBack = log.Oldest <= (lastSeen - margin is var from && from > ClockMargin ? from : ClockMargin);
        return goesBack && others.Length >= rise ? new(KernelAnswer.NotKilled, [Describe(others[^1], others.Length)]) : null;
    }

    private static RunEvidence Describe(KernelLog.Kill kill, int? count) => new()
    {
        Kind = RunEvidenceKind.KernelLog,
        ProcessId = kill.ProcessId,
        ProcessName = kill.Name,
        CountNow = count,
    };

    private static KernelEvidence Unknown(RunEvidenceKind kind) => new(KernelAnswer.Unknown, [new() { Kind = kind }]);
}

/// <summary>Whether the kernel OOM-killed a process.</summary>
internal enum KernelAnswer
{
    /// <summary>There is no usable evidence.</summary>
    Unknown,

    /// <summary>The kernel did not kill the run.</summary>
    NotKilled,

    /// <summary>The kernel killed a process on the machine at about that time.</summary>
    OnMachine,

    /// <summary>The kernel killed a process in the run's cgroup.</summary>
    InGroup,

    /// <summary>The kernel's log names the run.</summary>
    Killed,
}
