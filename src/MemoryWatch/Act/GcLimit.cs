namespace MemoryWatch.Act;

/// <summary>The limits of the GC of a process.</summary>
/// <param name="Store">Sets the heap limit that the runtime reads with the next refresh, in bytes; <see langword="null"/> takes it back.</param>
/// <param name="Refresh">Has the runtime read its limits again.</param>
/// <param name="Read">The limit in force, in bytes.</param>
internal sealed record GcLimit(Action<long?> Store, Action Refresh, Func<long> Read)
{
    /// <summary>The name under which the runtime looks for the heap limit.</summary>
    public const string Name = "GCHeapHardLimit";

    /// <summary>The GC of this process.</summary>
    public static GcLimit OfThis { get; } = new(
        static bytes => AppContext.SetData(Name, bytes is { } known ? (ulong)known : null),
        GC.RefreshMemoryLimit,
        static () => GC.GetGCMemoryInfo(GCKind.Any).TotalAvailableMemoryBytes);

    /// <summary>Sets the heap limit.</summary>
    /// <returns>Why the runtime did not take it; <see langword="null"/> if it did. Then nothing has changed.</returns>
    public string? TrySet(long bytes)
    {
        Store(bytes);
        var problem = TryRefresh() ?? (Read() > bytes ? "the runtime ignores it" : null);
        if (problem is not null)
        {
            // Or the next refresh, by anyone, would set it after all.
            Store(null);
        }

        return problem;
    }

    /// <summary>Has the runtime read its limits again, after those of the container have changed.</summary>
    /// <returns>Why it refused; <see langword="null"/> if it did not.</returns>
    public string? TryRefresh()
    {
        try
        {
            Refresh();
            return null;
        }
        catch (Exception error)
        {
            // The runtime refuses a limit below what the heap has committed, and some runtimes refuse all.
            return SafeText.Error(error);
        }
    }
}
