namespace MemoryWatch.Judge;

/// <summary>What findings rest on and other parts of the watch know; replaced as a whole. <see langword="null"/> for what is unknown.</summary>
internal sealed record FindingInputs
{
    public static FindingInputs None { get; } = new();

    /// <summary>The leak verdicts.</summary>
    public IReadOnlyList<LeakAssessment>? Leaks { get; init; }

    /// <summary>When memory reaches its limit.</summary>
    public TimeToLimit? TimeToLimit { get; init; }

    /// <summary>What the C library says of the native heap; only while it is not outdated by a later trim.</summary>
    public NativeHeapReading? NativeHeap { get; init; }

    /// <summary>Whether the user limits the number of arenas of the C library.</summary>
    public bool AreArenasLimited { get; init; }

    /// <summary>The largest other processes in the container.</summary>
    public IReadOnlyList<ContainerProcess>? Processes { get; init; }

    /// <summary>Objects that should have been collected; <see langword="null"/> if the application expects none to be.</summary>
    public IReadOnlyList<UncollectedObjects>? Uncollected { get; init; }

    /// <summary>The folders that the application watches, as far as they could be inspected.</summary>
    public IReadOnlyList<WatchedFolder> Folders { get; init; } = [];

    /// <summary>What does not fit in the GC's configuration.</summary>
    public GcFit? GcFit { get; init; }

    /// <summary>Whether the user has set how much the GC compacts to save memory.</summary>
    public bool IsConservingSet { get; init; }
}
