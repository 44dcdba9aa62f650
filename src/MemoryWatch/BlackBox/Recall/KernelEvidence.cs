using System.Globalization;
using MemoryWatch.BlackBox.Format;
using MemoryWatch.Tell;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>What the kernel's counts of kills say of a run's end.</summary>
/// <param name="Answer">Whether the kernel killed it.</param>
/// <param name="Sentence">What that rests on.</param>
internal readonly record struct KernelEvidence(KernelAnswer Answer, string Sentence)
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
            return new(KernelAnswer.Unknown, "the system does not tell whether it was restarted since");
        }

        if (before.BootId != now.BootId)
        {
            return new(KernelAnswer.Unknown, "the machine was restarted since, or this is another: what its disk kept may be older than the end");
        }

        var last = recording.LastSample;
        var group = last?.Group ?? before.Group;
        if (group is not null && group.IsSameAs(now.Group)
            && (last?.Snapshot.Container.OomKills ?? before.GroupKills) is { } seen && now.GroupKills is { } counted)
        {
            return counted > seen
                ? new(KernelAnswer.Killed, Text($"same boot and memory group, whose own count of kills rose from {seen} to {counted}"))
                : new(KernelAnswer.NotKilled, Text($"same boot and memory group, whose own count of kills is still {counted}: the kernel did not kill it for want of memory"));
        }

        return (last?.Snapshot.Machine.OomKills ?? before.MachineKills) is { } machineSeen && now.MachineKills is { } machineCounted
            ? OfMachine(machineSeen, machineCounted, (now.Started - recording.LastTime).Duration())
            : new(KernelAnswer.Unknown, "the system does not count kills, or not where this process can see it");
    }

    private static KernelEvidence OfMachine(long seen, long counted, TimeSpan gap) => counted <= seen
        ? new(KernelAnswer.NotKilled, Text($"the machine's count of kills, all containers', is still {counted}: the kernel killed nothing for want of memory"))
        : new(
            gap <= SoonAfter ? KernelAnswer.Perhaps : KernelAnswer.Unknown,
            Text($"the machine's count of kills, all containers', rose from {seen} to {counted} within {InFlightText.Age(gap)}"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
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
