using MemoryWatch.BlackBox.Format;
using MemoryWatch.BlackBox.Recall;
using MemoryWatch.Files;
using MemoryWatch.Read;

namespace MemoryWatch.Tool.Inspect;

/// <summary>
/// What the kernel's counts were when a run's end was judged. The start that followed it has noted them in the header of its own file. Without that
/// file, the counts of this machine can rule a kill out, but no longer prove one: they may have risen by what ran later.
/// </summary>
/// <param name="Identity">Boot, cgroup and counts.</param>
/// <param name="Basis">Where they are from.</param>
internal readonly record struct KernelView(RunIdentity Identity, VerdictBasis Basis)
{
    /// <param name="recording">The run.</param>
    /// <param name="path">Its file; null if it came from elsewhere.</param>
    /// <param name="machine">This machine, now.</param>
    public static KernelView Of(RunRecording recording, string? path, RunIdentity machine)
    {
        if (path is not null && NextStart(recording, path) is { } next)
        {
            return new(next, VerdictBasis.NextStart);
        }

        if (recording.Identity.BootId == Guid.Empty || recording.Identity.BootId != machine.BootId)
        {
            return new(machine, VerdictBasis.Elsewhere);
        }

        var isSameGroup = (recording.LastSample?.Group ?? recording.Identity.Group) is { } group && group.IsSameAs(machine.Group);
        var groupKills = isSameGroup ? recording.Trend.GroupKills ?? recording.Identity.GroupKills : null;
        var machineKills = recording.Trend.MachineKills ?? recording.Identity.MachineKills;
        var hasRisen = machine.GroupKills > groupKills || machine.MachineKills > machineKills;
        var identity = machine with
        {
            GroupKills = machine.GroupKills > groupKills ? null : machine.GroupKills,
            MachineKills = machine.MachineKills > machineKills ? null : machine.MachineKills,
        };

        // A count of the cgroup that has not risen says more than one of the machine that has.
        return isSameGroup && groupKills is not null && identity.GroupKills >= groupKills ? new(identity, VerdictBasis.ThisMachine)
            : hasRisen ? new(identity, VerdictBasis.CountsRoseSince)
            : machineKills is not null && identity.MachineKills >= machineKills ? new(identity, VerdictBasis.ThisMachine)
            : new(identity, VerdictBasis.NotCounted);
    }

    /// <summary>This machine and the cgroup of this process, as a run that started now would note them.</summary>
    public static RunIdentity ThisMachine(IMemoryReader reader, TimeProvider time)
    {
        var reading = reader.Read();
        var snapshot = new MemorySnapshot { Container = reading.Container, Machine = reading.Machine };
        return RunIdentity.Of(snapshot, reader.Group, DiskFiles.Instance, time);
    }

    /// <summary>The first run that started after the last record of this one, from the files that belong together.</summary>
    private static RunIdentity? NextStart(RunRecording recording, string path) => BlackBox.Record.BoxPaths.OfAny(path).All()
        .Select(BoxHeaders.TryRead)
        .OfType<RunIdentity>()
        .Where(run => run.RunId != recording.Identity.RunId && run.Started >= recording.LastTime)
        .MinBy(run => run.Started);
}
