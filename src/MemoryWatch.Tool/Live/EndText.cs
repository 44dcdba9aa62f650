namespace MemoryWatch.Tool.Live;

/// <summary>How a process ended, in words.</summary>
internal static class EndText
{
    public static string Describe(EndKind kind, EndFacts facts) => kind switch
    {
        EndKind.OomKilled when facts.IsInKernelLog == true => "Ended: OOM-killed by the kernel, which names this process in its log.",
        EndKind.OomKilled => $"Ended: OOM-killed by the kernel. {Group(facts)}, and this process was alone in it.",
        EndKind.LikelyOomKilled when facts.GroupKillsAfter > facts.GroupKillsBefore =>
            $"Ended: likely OOM-killed by the kernel. {Group(facts)}, but {Others(facts.MostOthers)}.",
        EndKind.LikelyOomKilled => $"Ended: likely OOM-killed by the kernel. Memory was in the zone {facts.Zone}, and {Machine(facts)}. The cgroup is gone.",
        EndKind.NotOomKilled when facts.GroupKillsBefore is not null && facts.GroupKillsAfter == facts.GroupKillsBefore =>
            $"Ended: the kernel did not OOM-kill it; its cgroup's OOM-kill count is still {MemoryText.Count(facts.GroupKillsAfter)}. Its exit status is visible only to its parent.",
        EndKind.NotOomKilled =>
            $"Ended: the kernel OOM-killed nothing on this machine; the count is still {MemoryText.Count(facts.MachineKillsAfter)}. Its exit status is visible only to its parent.",
        _ when facts.MachineKillsAfter > facts.MachineKillsBefore => $"Ended: why is not known. The cgroup is gone or cannot be read, and {Machine(facts)}.",
        _ => "Ended: why is not known, because no OOM-kill count can be read.",
    };

    private static string Group(EndFacts facts) =>
        $"Its cgroup's OOM-kill count rose from {MemoryText.Count(facts.GroupKillsBefore)} to {MemoryText.Count(facts.GroupKillsAfter)}";

    private static string Machine(EndFacts facts) =>
        $"the machine's OOM-kill count rose from {MemoryText.Count(facts.MachineKillsBefore)} to {MemoryText.Count(facts.MachineKillsAfter)}";

    private static string Others(int? others) => others switch
    {
        null => "how many others were in it is not known",
        1 => "another process was in it too",
        _ => $"{MemoryText.Count(others)} other processes were in it too",
    };
}
