namespace MemoryWatch.Tell;

/// <summary>The name of each rule, and what its finding advises; docs/findings.md contains both.</summary>
internal static class FindingAdvice
{
    private const string Subject = "{subject}";

    /// <summary>The name of a rule, such as <c>Too many items</c>.</summary>
    public static string Title(FindingRule rule) => rule switch
    {
        FindingRule.ManagedLeak => "Managed leak",
        FindingRule.NativeLeak => "Native leak",
        FindingRule.NotFreed => "Memory not freed",
        FindingRule.UncollectedObjects => "Objects not collected",
        FindingRule.TooManyItems => "Too many items",
        FindingRule.QueueBuildUp => "Queue builds up",
        FindingRule.OperationSpike => "One operation takes much at once",
        FindingRule.OverBudget => "Over budget",
        FindingRule.OtherProcesses => "Other processes in the container",
        FindingRule.FilesInMemory => "Files in memory",
        FindingRule.ForgottenScopes => "Scopes never disposed",
        FindingRule.StuckOperation => "Operation far older than usual",
        FindingRule.ThreadGrowth => "Thread growth",
        FindingRule.HandleGrowth => "Handle growth",
        FindingRule.NativeGrowth => "Native growth",
        FindingRule.NativeHeapFree => "C library keeps free memory",
        FindingRule.LargeObjects => "Large objects",
        FindingRule.CommittedAboveLive => "GC holds far more than is live",
        FindingRule.BoxTooSmall => "Box too small",
        FindingRule.GcSettings => "GC settings do not fit",
        FindingRule.FutileCollections => "Forced GCs free nothing",
        FindingRule.LongPauses => "Long GC pauses",
        FindingRule.Thrashing => "Page cache thrashing",
        FindingRule.PageCache => "Page cache, no problem",
        _ => rule.ToString(),
    };

    /// <summary>What to do about a finding.</summary>
    public static string Of(MemoryFinding finding) => Of(finding.Rule).Replace(Subject, finding.Subject ?? "it", StringComparison.Ordinal);

    /// <summary>What to do about the findings of a rule; <c>{subject}</c> stands for that of the finding.</summary>
    public static string Of(FindingRule rule) => rule switch
    {
        FindingRule.ManagedLeak => "Look for a list, a cache, a static field or an event handler that only grows",
        FindingRule.NativeLeak => "Look for streams, images, connections and native handles that are not disposed",
        FindingRule.NotFreed => "Look at what {subject} still refers to when it ends: a list, a cache without a size limit, an event handler. Stream files instead of reading them into memory",
        FindingRule.UncollectedObjects => "Look for what still refers to {subject}: an event handler, a timer, a cache, a static list",
        FindingRule.TooManyItems => "Keep fewer {subject} at a time, or let each hold less",
        FindingRule.QueueBuildUp => "Bound {subject}, and let more be done at a time while memory allows it",
        FindingRule.OperationSpike => "Let {subject} take less at a time: stream, or work in parts",
        FindingRule.OverBudget => "Let {subject} take less at a time, or raise its budget",
        FindingRule.OtherProcesses => "Run fewer of {subject} at a time, limit their memory, or move them to another container",
        FindingRule.FilesInMemory => "Move {subject} to a disk, or delete its files sooner: each counts as memory",
        FindingRule.ForgottenScopes => "Dispose the scope of {subject} on every path: use a using declaration",
        FindingRule.StuckOperation => "Look at what {subject} waits for, and give it a timeout",
        FindingRule.ThreadGrowth => "Look for code that blocks on tasks, and for threads or timers that are never stopped",
        FindingRule.HandleGrowth => "Look for files, sockets and processes that are not disposed",
        FindingRule.NativeGrowth => "Look for native memory: images, compression, database drivers, unmanaged buffers",
        FindingRule.NativeHeapFree => "Set MALLOC_ARENA_MAX=2 in the environment of the process",
        FindingRule.LargeObjects => "Rent large buffers from ArrayPool, or stream",
        FindingRule.CommittedAboveLive => "Set DOTNET_GCConserveMemory=5, which makes the GC hold less",
        FindingRule.BoxTooSmall => "Use more memory, or allow less load",
        FindingRule.GcSettings => "Set what the finding says",
        FindingRule.FutileCollections => "The memory is in use, so free what holds it; EnableCollectionWhenHigh=false saves the pauses",
        FindingRule.LongPauses => "Allocate less in each operation, and keep memory away from its limit",
        FindingRule.Thrashing => "Free memory, or give the container more",
        _ => "Nothing: the kernel takes this memory back when it is needed",
    };
}
