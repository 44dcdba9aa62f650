namespace MemoryWatch;

/// <summary>What is wrong with a setting of the GC, or with the lack of one.</summary>
internal enum GcMismatchKind
{
    /// <summary>The value has no digits that the runtime can read.</summary>
    NotANumber,

    /// <summary>The runtime reads only the beginning of the value.</summary>
    PartlyRead,

    /// <summary>The runtime does not read a setting of this name.</summary>
    NameNotRead,

    /// <summary>The heap limit is above the memory that there is.</summary>
    LimitAboveMemory,

    /// <summary>The heap may use so much that less than 10 % remains for everything else.</summary>
    LimitHigh,

    /// <summary>The heap limit is too small for a program.</summary>
    LimitSmall,

    /// <summary>The runtime does not see the container's limit.</summary>
    LimitUnseen,

    /// <summary>Nothing is set, and the heap runs out of memory while more than half of the container's limit is free.</summary>
    LimitLow,

    /// <summary>The percentage is not 1 to 99, so the runtime ignores it.</summary>
    PercentIgnored,

    /// <summary>A heap limit in bytes overrides the percentage.</summary>
    PercentOverridden,

    /// <summary>Server GC runs in little memory, and nobody asked for it in the environment.</summary>
    ServerWasteful,

    /// <summary>The runtime ignores the request for server GC because there is one core.</summary>
    ServerIgnored,

    /// <summary>The text that should disable server GC is read as a number other than 0.</summary>
    ServerByMistake,

    /// <summary>The file requests server GC in another word than <c>true</c>, which the runtime ignores.</summary>
    ServerNotTrue,

    /// <summary>The number of heaps is for server GC, which is not in use.</summary>
    ServerOnly,

    /// <summary>There are fewer cores than heaps.</summary>
    MoreHeapsThanCores,

    /// <summary>The value is above 9.</summary>
    ConserveOutOfRange,

    /// <summary>More is allocated before a GC than the memory that there is.</summary>
    Gen0SizeAboveMemory,
}

/// <summary>A mismatch between the GC's configuration and the memory that there is.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Setting">The setting that is wrong; <see langword="null"/> if nothing was set.</param>
internal sealed record GcMismatch(GcMismatchKind Kind, GcSetting? Setting)
{
    /// <summary>The value as the runtime reads it: bytes, percent or a count.</summary>
    public long Value { get; init; }

    /// <summary>The memory that there is, in bytes, and what limits it.</summary>
    public (long? Bytes, LimitSource Source) Memory { get; init; }

    /// <summary>The setting to make in its place; <see langword="null"/> if it is best removed.</summary>
    public GcSetting? Instead { get; init; }

    /// <summary>What <see cref="Instead"/> means: bytes, percent or a count.</summary>
    public long InsteadValue { get; init; }

    /// <summary>Whether <see cref="Instead"/> is what the user typed, read as a decimal number.</summary>
    public bool IsAsTyped { get; init; }

    /// <summary>The setting that overrides this one.</summary>
    public GcSetting? By { get; init; }
}

/// <summary>The GC's configuration: its heap limit, what set it, and what does not fit.</summary>
/// <param name="HeapLimitBytes">The GC's own limit, in bytes; <see langword="null"/> if it has none.</param>
/// <param name="HeapLimitSetting">The setting that this limit comes from; <see langword="null"/> if the runtime derived it.</param>
/// <param name="Cores">Number of cores.</param>
/// <param name="Mismatches">What does not fit; often nothing.</param>
internal sealed record GcFit(long? HeapLimitBytes, GcSetting? HeapLimitSetting, int Cores, IReadOnlyList<GcMismatch> Mismatches);
