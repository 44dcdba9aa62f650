namespace MemoryWatch.Judge;

/// <summary>Decides whether the program may be restarted on purpose. If anything is unknown, it may not.</summary>
internal static class RestartJudge
{
    /// <summary>
    /// Whether memory calls for a restart, once relief has not helped: in the zone that is set, or in the critical zone if the limit may be reached before
    /// what is in flight has ended, because it takes memory until then. If work is admitted by the memory that is left, that pace will not last; in the
    /// critical zone a restart is needed then if refusing work does not help.
    /// </summary>
    /// <param name="snapshot">The snapshot of this tick.</param>
    /// <param name="from">The zone that is set.</param>
    /// <param name="drainTimeout">The maximum time that what is in flight has.</param>
    /// <param name="admission">What admits work.</param>
    public static bool IsNeeded(MemorySnapshot snapshot, MemoryZone from, TimeSpan drainTimeout, Admission admission)
    {
        var zone = snapshot.Judgement.ActingZone;
        return zone >= from || (zone >= MemoryZone.Critical && (admission.IsGoverned ? admission.IsStarved : IsNear(snapshot, drainTimeout)));
    }

    /// <summary>Whether a restart is possible, whatever memory does and however long the run has been running.</summary>
    /// <returns>Why it is not; <see cref="RestartRefusal.None"/> if it is.</returns>
    public static RestartRefusal Arming(in RestartFacts facts) =>
        !facts.IsEnabled ? RestartRefusal.Disabled
        : !facts.CanStop ? RestartRefusal.NothingToStop
        : facts.Ledger.Memory switch
        {
            RestartMemory.NoBox => RestartRefusal.NoBlackBox,
            RestartMemory.NoPreviousRun => RestartRefusal.NoPreviousRun,
            RestartMemory.Unreadable => RestartRefusal.PreviousRunUnreadable,
            _ => facts.Ledger.CountedFrom > facts.Now - RestartLedger.Day ? RestartRefusal.CountUnknown : RestartRefusal.None,
        };

    /// <summary>Whether the program may be restarted now.</summary>
    /// <returns>Why not; <see cref="RestartRefusal.None"/> if it may.</returns>
    public static RestartRefusal Judge(in RestartFacts facts) =>
        Arming(facts) is var arming and not RestartRefusal.None ? arming
        : facts.Uptime < facts.MinimumUptime ? RestartRefusal.TooEarly
        : facts.Ledger.CountAt(facts.Now) >= facts.MostPerDay ? RestartRefusal.TooMany
        : RestartRefusal.None;

    private static bool IsNear(MemorySnapshot snapshot, TimeSpan time) => snapshot.TimeToLimit is { } left && left.Soonest <= time;
}
