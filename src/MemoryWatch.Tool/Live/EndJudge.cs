namespace MemoryWatch.Tool.Live;

/// <summary>
/// Judges how a process ended. The exit status of a process is shown to its parent alone, so what is left are the kernel's log and counts. Pure.
/// </summary>
internal static class EndJudge
{
    public static EndKind Judge(EndFacts facts) => facts switch
    {
        { IsInKernelLog: true } => EndKind.OomKilled,
        { GroupKillsBefore: { } before, GroupKillsAfter: { } after } when after > before =>
            facts.MostOthers == 0 ? EndKind.OomKilled : EndKind.LikelyOomKilled,
        { GroupKillsBefore: { } before, GroupKillsAfter: { } after } when after == before => EndKind.NotOomKilled,
        { MachineKillsBefore: { } before, MachineKillsAfter: { } after } when after == before => EndKind.NotOomKilled,

        // The cgroup is gone with the process, as that of a container is. The kill was somewhere on the machine.
        { MachineKillsBefore: { } before, MachineKillsAfter: { } after, Zone: >= MemoryZone.Critical } when after > before => EndKind.LikelyOomKilled,
        _ => EndKind.Unknown,
    };
}
