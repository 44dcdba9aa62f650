using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>The conclusion from the kernel's OOM-kill counts about a run's end.</summary>
/// <param name="Answer">Whether the kernel killed the run's process.</param>
/// <param name="Evidence">The counts that the answer relies on.</param>
internal readonly record struct KernelEvidence(KernelAnswer Answer, RunEvidence Evidence)
{
    /// <summary>
    /// A killed container is restarted within seconds. Within this time, a kill on the machine is most likely the kill of this container.
    /// </summary>
    private static readonly TimeSpan SoonAfter = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Compares the cgroup's count with the last one that the run saw: earlier kills, perhaps of a child process, did not end this run. The
    /// machine's count covers all containers, so a rise is only a hint. If it did not rise, the kernel killed nothing.
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

/// <summary>Whether the kernel OOM-killed a process.</summary>
internal enum KernelAnswer
{
    /// <summary>There is no usable evidence.</summary>
    Unknown,

    /// <summary>The kernel did not kill it.</summary>
    NotKilled,

    /// <summary>The kernel killed a process on the machine at about that time.</summary>
    Perhaps,

    /// <summary>The kernel killed it.</summary>
    Killed,
}
