using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>What the kernel's counts of kills say of a run's end.</summary>
/// <param name="Answer">Whether the kernel killed it.</param>
/// <param name="Evidence">What that rests on.</param>
internal readonly record struct KernelEvidence(KernelAnswer Answer, RunEvidence Evidence)
{
    /// <summary>A container that was killed is started again within seconds; what else is killed on the machine by then is mostly nothing.</summary>
    private static readonly TimeSpan SoonAfter = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The group's own count is compared with the last one that the run saw: kills before that, of a child process perhaps, were not its own. The
    /// machine's count is of all containers, so that it has risen is a hint at most; but if it has not, nothing was killed.
    /// </summary>
    public static KernelEvidence Of(RunRecording recording, RunIdentity now)
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

        var last = recording.LastSample;
        var group = last?.Group ?? before.Group;
        if (group is not null && group.IsSameAs(now.Group)
            && (last?.Snapshot.Container.OomKills ?? before.GroupKills) is { } seen && now.GroupKills is { } counted)
        {
            return new(
                counted > seen ? KernelAnswer.Killed : KernelAnswer.NotKilled,
                new() { Kind = RunEvidenceKind.GroupKills, CountBefore = seen, CountNow = counted });
        }

        return (last?.Snapshot.Machine.OomKills ?? before.MachineKills) is { } machineSeen && now.MachineKills is { } machineCounted
            ? OfMachine(machineSeen, machineCounted, (now.Started - recording.LastTime).Duration())
            : Unknown(RunEvidenceKind.NotCounted);
    }

    private static KernelEvidence OfMachine(long seen, long counted, TimeSpan gap) => new(
        counted <= seen ? KernelAnswer.NotKilled : gap <= SoonAfter ? KernelAnswer.Perhaps : KernelAnswer.Unknown,
        new() { Kind = RunEvidenceKind.MachineKills, CountBefore = seen, CountNow = counted, Gap = gap });

    private static KernelEvidence Unknown(RunEvidenceKind kind) => new(KernelAnswer.Unknown, new() { Kind = kind });
}

/// <summary>Whether the kernel killed a process for want of memory.</summary>
internal enum KernelAnswer
{
    /// <summary>There is nothing to tell by.</summary>
    Unknown,

    /// <summary>It did not.</summary>
    NotKilled,

    /// <summary>It killed something at about that time.</summary>
    Perhaps,

    /// <summary>It did.</summary>
    Killed,
}
